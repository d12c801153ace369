/** Inflates what comes in the Redirect binding (RFC 1951), and stops at a limit: some bytes can stand for many. */
import { SsoError } from '#error';

/** Written at a time. Deflate makes at most 1,032 bytes of one, so this bounds what is inflated in a step. */
const STEP_BYTES = 256;

/**
 * @throws SsoError `saml_structure` over `maxBytes`, `saml_encoding` when it is not deflated, is cut off, or something follows
 */
export async function inflate(deflated: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const written = writeSteps(writer, deflated).catch((error: unknown) => error);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (let length = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > maxBytes) throw new SsoError('saml_structure', { detail: `more than ${maxBytes} bytes inflated` });
      parts.push(value);
    }
    const failure = await written;
    if (failure !== undefined) throw failure;
  } catch (error) {
    await Promise.allSettled([reader.cancel(), writer.abort()]);
    throw error instanceof SsoError ? error : new SsoError('saml_encoding', { detail: 'not deflated', cause: error });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function writeSteps(
  writer: WritableStreamDefaultWriter<BufferSource>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<undefined> {
  for (let start = 0; start < bytes.length; start += STEP_BYTES) {
    await writer.write(bytes.subarray(start, start + STEP_BYTES));
  }
  await writer.close();
}

/** @returns RFC 1951, without a header */
export async function deflate(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Request bodies: read here and nowhere else, within limits, in the content types that a route documents.
 * Elysia's own parsers take any size and guess the type.
 */
import { SsoError } from '#error';

/** Bytes. */
export const BODY_LIMIT = 64 * 1024;
/** SAML messages in base64, every third character of it escaped: 96 KiB of XML, and room to refuse more by its reason. */
export const LARGE_BODY_LIMIT = 256 * 1024;
/** A provider's metadata as a member of a JSON object, escaped. */
export const CONFIGURATION_LIMIT = 512 * 1024;
const DEPTH_LIMIT = 32;

export type BodyType = 'application/json' | 'application/merge-patch+json' | 'application/x-www-form-urlencoded';
/** What a PATCH takes: either way it is merged (RFC 7396). */
export const PATCH_TYPES = ['application/json', 'application/merge-patch+json'] as const;
export type BodyParser = (context: { request: Request }) => Promise<unknown>;

/**
 * A route's `parse`. An absent or empty body reads as `{}`: the schema says what is missing.
 * @throws SsoError `body_too_large`, `content_type_unsupported`, `input_invalid`
 */
export function bodyParser(...types: readonly BodyType[]): BodyParser {
  return parserUpTo(BODY_LIMIT, types);
}

/** As {@link bodyParser}, for routes that take SAML messages. */
export function largeBodyParser(...types: readonly BodyType[]): BodyParser {
  return parserUpTo(LARGE_BODY_LIMIT, types);
}

/** As {@link bodyParser}, for what callers that are known already say of a whole connection. */
export function configurationParser(types: readonly BodyType[] = ['application/json']): BodyParser {
  return parserUpTo(CONFIGURATION_LIMIT, types);
}

function parserUpTo(limit: number, types: readonly BodyType[]): BodyParser {
  return async ({ request }) => {
    const text = await readText(request, limit);
    const [type, ...options] =
      request.headers
        .get('content-type')
        ?.toLowerCase()
        .split(';')
        .map((part) => part.trim()) ?? [];
    const charset = options.find((option) => option.startsWith('charset='));
    if (text === '' && !type) return {};
    const known = types.find((each) => each === type);
    const isPlain = (request.headers.get('content-encoding') ?? 'identity') === 'identity';
    if (!known || !isPlain || (charset && !/^charset="?utf-8"?$/.test(charset))) {
      throw new SsoError('content_type_unsupported');
    }
    return known === 'application/x-www-form-urlencoded' ? parseForm(new URLSearchParams(text)) : parseJson(text);
  };
}

/**
 * Names and values of a form or query; a name that comes twice is refused, since two readers could take
 * two different values.
 * @throws SsoError `input_invalid`
 */
export function parseForm(parameters: URLSearchParams): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of parameters) {
    if (name in fields) throw new SsoError('input_invalid', { detail: 'a parameter came twice' });
    fields[name] = value;
  }
  return { ...fields };
}

/** The whole body is what is wrong (RFC 6901: the empty pointer). */
function wrongBody(detail: string): SsoError {
  return new SsoError('input_invalid', { detail, members: [{ pointer: '', detail }] });
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  if (depthOf(text) > DEPTH_LIMIT) throw wrongBody('The body is nested deeper than any documented one');
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongBody('The body has to be one JSON object');
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrongBody('The body is not well-formed JSON');
  }
}

/** The deepest nesting of a JSON text, counted without building anything. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

async function readText(request: Request, limit: number): Promise<string> {
  const length = request.headers.get('content-length');
  if (length !== null && Number(length) > limit) throw new SsoError('body_too_large');
  const bytes = request.body ? await readBytes(request.body, limit) : new Uint8Array();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SsoError('input_invalid', { detail: 'not UTF-8' });
  }
}

/** A length header may lie or be absent: what counts is what arrives. */
async function readBytes(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new SsoError('body_too_large');
    chunks.push(chunk);
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** An answer that is sent while it is read: no more of it is in memory than what the caller takes next. */

/**
 * What fails before the first text is an answer like any other; later it breaks the connection off.
 * @throws whatever reading the first text throws
 */
export async function streamOf(texts: AsyncGenerator<string, void>, contentType: string): Promise<Response> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | undefined = await texts.next();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        next ??= await texts.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
        next = undefined;
      },
      async cancel() {
        await texts.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'content-type': contentType } });
}

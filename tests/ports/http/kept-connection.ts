/** What becomes of requests on a kept connection that dies. Runs on either runtime; alone it prints what it saw. */
import { createServer } from 'node:net';
import { SsoError } from '#error';
import { createOutbound } from '#ports/http/client.ts';

export interface Observation {
  /** Code of the refusal: of a POST that is hung up on, and of a POST that is never answered. */
  readonly refusals: string[];
  /** How often each POST arrived. */
  readonly arrivals: Record<string, number>;
  /** Connections still open in the end. */
  readonly open: number;
}

export async function observeKeptConnection(): Promise<Observation> {
  const arrivals: Record<string, number> = {};
  let open = 0;
  const server = createServer((socket) => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const [, method = '', path = ''] = /^(\S+) (\S+)/.exec(bytes.toString()) ?? [];
      if (method === 'GET') socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      else arrivals[path] = (arrivals[path] ?? 0) + 1;
      if (path === '/dead') socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const client = createOutbound({ allow: [host] });
  const limits = { deadlineMs: 200, maxBytes: 1_024, circuit: 'connection' };

  const refusals: string[] = [];
  for (const path of ['/dead', '/silent']) {
    await client({ ...limits, url: `http://${host}/` });
    const post = client({ ...limits, url: `http://${host}${path}`, method: 'POST', body: 'code=once' });
    refusals.push(
      await post.then(() => 'answered').catch((error) => (error instanceof SsoError ? error.code : 'other')),
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  const observation = { refusals, arrivals, open };
  client.close();
  server.close();
  return observation;
}

if (import.meta.main) console.log(JSON.stringify(await observeKeptConnection()));

/** The server as its users run it: a process of its own, under Bun or Deno. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Declaration } from '#routes/admin/declaration.ts';

const ROOT = new URL('..', import.meta.url).pathname;

export interface ServerProcess {
  readonly url: string;
  readonly output: () => string;
  /** Asks the process to end, and answers its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number>;
}

/** A file as an operator writes it, whose secrets may be references. */
export interface WrittenDeclaration {
  readonly organizations: readonly object[];
}

export interface ServerOptions {
  readonly runtime: 'bun' | 'deno';
  readonly databaseUrl: string;
  readonly declaration: Declaration | WrittenDeclaration;
  readonly environment?: Record<string, string>;
}

/** Starts `src/main.ts` on a free port; resolves when it listens. @throws Error with its output when it does not */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'vestibule-server-'));
  const seed = join(directory, 'declaration.json');
  await writeFile(seed, JSON.stringify(options.declaration));
  const child = Bun.spawn([...commandOf(options.runtime), 'src/main.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      NO_COLOR: '1',
      PORT: '0',
      SECRETS_KEY: crypto.getRandomValues(new Uint8Array(32)).toBase64(),
      DATABASE_URL: options.databaseUrl,
      VESTIBULE_SEED: seed,
      ...options.environment,
    },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let text = '';
  const listening = Promise.withResolvers<number>();
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      const port = /"port":(\d+)[^\n]*"listening"/.exec(text)?.[1];
      if (port) listening.resolve(Number(port));
    }
  };
  for (const stream of [child.stdout, child.stderr]) void collect(stream);
  void child.exited.then((code) => listening.reject(new Error(`the server ended with ${code}:\n${text}`)));
  const port = await listening.promise;
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => text,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await child.exited;
      await rm(directory, { recursive: true, force: true });
      return code;
    },
  };
}

/** Deno comes from npm as a binary per platform; its wrapper would not hand signals on. */
function commandOf(runtime: 'bun' | 'deno'): string[] {
  if (runtime === 'bun') return [process.execPath];
  const scope = join(ROOT, 'node_modules', '@deno');
  const platform = readdirSync(scope)[0] ?? '';
  return [join(scope, platform, 'deno'), 'run', '-A'];
}

/** The demo as a person starts it: a process of its own, over real HTTP, with its own Postgres. */
import { afterAll, describe, expect, test } from 'bun:test';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Elysia } from 'elysia';
import { startDemo } from '#dev/demo/services.ts';
import { paletteOf } from '#dev/demo/terminal.ts';
import { DemoFailure, Wire } from '#dev/demo/wire.ts';
import { listLogins } from '#ports/db/traces.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** Making the Postgres cluster takes seconds on a slow machine. */
const PATIENCE_MS = 60_000;

const directory = await mkdtemp(join(tmpdir(), 'vestibule-demo-'));
// the server may run as another user, who has to get through
await chmod(directory, 0o755);
afterAll(() => rm(directory, { recursive: true, force: true }));

function run(args: readonly string[], environment: Record<string, string> = {}) {
  return Bun.spawn([process.execPath, 'src/dev/demo.ts', '--data', directory, ...args], {
    cwd: PROJECT,
    env: { ...process.env, PORT: '0', ...environment },
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

async function finish(demo: ReturnType<typeof run>) {
  const texts = [demo.stdout, demo.stderr].map((stream) => new Response(stream).text());
  const [output = '', errors = ''] = await Promise.all(texts);
  const code = await demo.exited;
  return { output, errors, code };
}

/** What it has printed up to and with that text. */
async function readUntil(demo: ReturnType<typeof run>, text: string): Promise<string> {
  const decoder = new TextDecoder();
  const reader = demo.stdout.getReader();
  let output = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    output += decoder.decode(part.value, { stream: true });
    if (output.includes(text)) return output;
  }
  throw new Error(`The demo ended without printing "${text}":\n${output}`);
}

describe('bun run demo', () => {
  test(
    'signs people in over each dialect by each protocol, and leaves',
    async () => {
      const { output, errors, code } = await finish(run(['--once']));
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      const parts = output.split(/^ {2}(?=(?:Applivery|Indee|Pria)(?: over SAML)? ─)/m).slice(1);
      const titles = parts.map((part) => part.split(' ─', 1)[0]);
      const names = ['Applivery', 'Indee', 'Pria'];
      expect(titles).toEqual([...names, ...names.map((name) => `${name} over SAML`)]);
      for (const part of parts) expect(part).toMatch(/Callback +→ POST [\s\S]+← 200[\s\S]+✓ \d+ checks passed/);
      for (const part of parts.slice(0, 3)) {
        expect(part).toMatch(/Renew +→ POST [\s\S]+← 200/);
        expect(part).toMatch(/Afterwards +→ [\s\S]+← 401/);
      }
      for (const part of parts.slice(0, 2)) expect(part).toMatch(/Log out +→ POST [\s\S]+← 200/);
      expect(parts[0]).toMatch(
        /There, too +→ GET \S+\/oidc\/[0-9a-f]{24}\/logout\n[\s\S]+a page that posts the request to \S+\/session\/end\n +← 303 Location: \S+\/demo\/signed-out\n +Afterwards/,
      );
      expect(parts[2]).toMatch(/Sign out +→ GET \S+\/session\/end\n[\s\S]+logout token[\s\S]+Afterwards/);
      expectSaml(parts.slice(3));
      expect(output).toContain('✓ Six logins');
      // a pipe gets neither colours nor long lines
      expect(output).not.toContain('\u001b');
      expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    },
    PATIENCE_MS,
  );

  test(
    'says so and fails when a login does not succeed',
    async () => {
      const { output, code } = await finish(run(['--once', '--as', 'eve@acme.test']));
      expect(code).toBe(1);
      expect(output).toContain('✗ The identity provider does not know eve@acme.test');
      expect(output).not.toContain('✓ Six logins');
    },
    PATIENCE_MS,
  );

  test(
    'keeps serving, on another port when its own is taken, until it is interrupted',
    async () => {
      const occupant = createServer();
      await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
      const address = occupant.address();
      const taken = typeof address === 'object' && address ? address.port : 0;
      const demo = run([], { PORT: String(taken) });
      const output = await readUntil(demo, 'Ctrl-C');
      occupant.close();
      expect(output).toContain(`Port ${taken} is taken`);
      const url = /Sign in yourself +(http:\S+)/.exec(output)?.[1] ?? '';
      expect(url).not.toContain(`:${taken}/`);

      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const { paths } = (await (await fetch(new URL('/openapi.json', url))).json()) as { paths: object };
      expect(Object.keys(paths)).toContain('/sso/{organizationSlug}');
      expect(Object.keys(paths).filter((path) => path === '/' || path.startsWith('/demo'))).toEqual([]);

      demo.kill('SIGINT');
      expect(await demo.exited).toBe(0);
      await expect(fetch(url)).rejects.toThrow();
    },
    PATIENCE_MS,
  );
});

/** The browser's way, and at the end of it the way out. */
function expectSaml(parts: readonly string[]): void {
  for (const part of parts) {
    expect(part).toMatch(/Sign in +→ GET [\s\S]+AuthnRequest, [\s\S]+Response +→ POST \S+\/saml\/[0-9a-f]{24}\/acs\n/);
    expect(part).toMatch(
      /SAMLResponse=\S+ · RelayState=\S+\n +← 303 Location: \S+\/demo\/callback\n +code=\S+ · state=/,
    );
  }
  const [applivery, ...posted] = parts;
  expect(applivery).toMatch(/GET \S+\/sso\n +SAMLRequest=[\s\S]+AuthnRequest, not signed/);
  expect(applivery).toContain('The user is the one of the first login');
  for (const part of posted)
    expect(part).toMatch(/← 200, a page that posts the request to \S+\/sso\n +AuthnRequest, signed/);
  expect(parts.at(-1)).toMatch(
    /"logoutUrl"[\s\S]+There, too +→ GET \S+\/slo\n[\s\S]+→ GET \S+\/saml\/[0-9a-f]{24}\/slo\n[\s\S]+← 302 Location: \S+\/demo\/signed-out\n +Afterwards[\s\S]+← 401/,
  );
}

describe('its API client', () => {
  test(
    'shows a refused login with its reason, and does not go on',
    async () => {
      const demo = await startDemo({ directory, port: 0, logLevel: 'silent', mount: () => new Elysia() });
      const lines: string[] = [];
      const terminal = { palette: paletteOf(false), width: 100, print: (line = '') => void lines.push(line) };
      const readTrace = async (requestId: string) => (await listLogins(demo.ports.db, { requestId, limit: 1 }))[0];
      const wire = new Wire({ url: demo.url, terminal, readTrace });
      const body = { code: 'a code', state: 'not one of ours' };
      const callback = { method: 'POST', path: '/api/auth/sso_callback', body, traced: true } as const;
      try {
        await expect(wire.call('Callback', { ...callback, status: 200 })).rejects.toThrow(DemoFailure);
        expect(lines.join('\n')).toMatch(/← 400 [\s\S]+✗ state_invalid[\s\S]+state\.known/);
        // the same answer where it is the one that is due
        const { body: answer } = await wire.call('Callback', { ...callback, status: 400 });
        expect(answer).toMatchObject({ success: false });
      } finally {
        await demo.stop();
      }
    },
    PATIENCE_MS,
  );
});

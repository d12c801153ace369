/** A private certificate authority: told by its own reason, and trusted by what the reason's text says, on both runtimes. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { REASONS } from '#core/reasons/reasons.ts';
import { listen } from './remote.ts';

const SCRIPT = fileURLToPath(new URL('private-authority.ts', import.meta.url));
const DENO = fileURLToPath(new URL('../../../node_modules/deno/bin.cjs', import.meta.url));
const RUNTIMES: [string, string[]][] = [
  ['Bun', [process.execPath, 'run', SCRIPT]],
  ['Deno', [process.execPath, DENO, 'run', '-A', '--quiet', SCRIPT]],
];

let server: Server;
let directory: string;
let host: string;
const authority = () => join(directory, 'authority.pem');
beforeAll(async () => {
  const root = await generate([{ name: 'commonName', value: 'Root of Acme' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    ca: { key: root.private, cert: root.cert },
  });
  directory = await mkdtemp(join(tmpdir(), 'vestibule-authority-'));
  await writeFile(authority(), root.cert);
  server = createServer({ key: leaf.private, cert: leaf.cert }, (_, response) => response.end('ok'));
  server.on('tlsClientError', () => {});
  host = `localhost:${await listen(server)}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(directory, { recursive: true });
});

async function call(command: readonly string[], extra: Record<string, string>): Promise<string> {
  const { NODE_EXTRA_CA_CERTS: _none, ...environment } = process.env;
  const child = Bun.spawn([...command, host], { stdout: 'pipe', stderr: 'inherit', env: { ...environment, ...extra } });
  return (await new Response(child.stdout).text()).trim();
}

describe.each(RUNTIMES)('%s', (_name, command) => {
  test('tells an unknown authority, and trusts it by NODE_EXTRA_CA_CERTS', async () => {
    expect(await call(command, {})).toBe('idp_certificate_untrusted');
    expect(REASONS.idp_certificate_untrusted.integrator).toContain('NODE_EXTRA_CA_CERTS set to a file of its root');
    expect(await call(command, { NODE_EXTRA_CA_CERTS: authority() })).toBe('200');
  }, 60_000);
});

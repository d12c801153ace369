/** What `GET /openapi.json` answers, made by the application itself. No socket is opened, no database reached. */
import { createApp } from '#app';
import { readConfig } from '#config';
import { createLog } from '#ports/log.ts';
import { openPorts } from '#ports/open.ts';
import metadata from '../../package.json' with { type: 'json' };

export async function openapiDocument(): Promise<string> {
  // the ports connect at first use, and describing routes uses none of them
  const config = readConfig({ PUBLIC_URL: 'https://vestibule.test', NODE_ENV: 'test' });
  const opened = await openPorts(
    {
      ...config,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      SECRETS_KEY: crypto.getRandomValues(new Uint8Array(32)).toBase64(),
    },
    createLog('warn'),
  );
  const app = createApp(opened.ports, {
    readiness: { check: () => Promise.resolve() },
    version: metadata.version,
  });
  const response = await app.fetch(new Request(new URL('/openapi.json', config.PUBLIC_URL)));
  if (!response.ok) throw new Error(`GET /openapi.json answered ${response.status}`);
  await opened.close();
  return response.text();
}

/** Serves the identity provider's metadata, or whatever the switch has in its place. */
import type { ServerResponse } from 'node:http';
import type { SamlFaults } from './faults.ts';

const TYPE = { 'content-type': 'application/samlmetadata+xml' };
const PORTAL =
  '<!doctype html><html><head><title>Portal</title></head><body><p>Sign in to see this page.<br></body></html>';

export function serveMetadata(faults: SamlFaults, document: string, response: ServerResponse): void {
  switch (faults.metadata) {
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL);
      return;
    case 'error':
      response.writeHead(500, { 'content-type': 'text/plain' }).end('Out of order');
      return;
    case 'redirect':
      response.writeHead(302, { location: 'https://elsewhere.example/metadata' }).end();
      return;
    case 'slow':
      return;
    case 'huge':
      stream(response.writeHead(200, TYPE));
      return;
    default:
      response.writeHead(200, { ...TYPE, 'cache-control': 'max-age=60' }).end(document);
  }
}

/** Spaces until the other side has had enough. */
function stream(response: ServerResponse): void {
  const chunk = ' '.repeat(64 * 1024);
  const timer = setInterval(() => response.write(chunk), 1);
  response.on('close', () => clearInterval(timer));
}

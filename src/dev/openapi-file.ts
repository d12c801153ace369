/** Writes the OpenAPI document to the file named on the command line, for `bun run check` to lint. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openapiDocument } from './openapi-document.ts';

const [path] = process.argv.slice(2);
if (!path) throw new Error('usage: bun src/dev/openapi-file.ts FILE');
await mkdir(dirname(path), { recursive: true });
await writeFile(path, await openapiDocument());

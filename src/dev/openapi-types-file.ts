/** `bun run types`: writes `src/client/openapi.d.ts`. */
import { writeFile } from 'node:fs/promises';
import { openapiTypes } from './openapi-types.ts';

await writeFile(new URL('../client/openapi.d.ts', import.meta.url), await openapiTypes());

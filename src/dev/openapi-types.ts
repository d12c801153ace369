/** TypeScript types of the OpenAPI document, as `src/client/openapi.d.ts` has them. */
import { plugin } from 'bun';
import { openapiDocument } from './openapi-document.ts';

const HEAD = '/** Made from the OpenAPI document by `bun run types`, with openapi-typescript. Not to be edited. */\n\n';

/** The generator is written for TypeScript 5, whose interface the compiler of this project has no more. */
plugin({
  name: 'typescript-5',
  setup(build) {
    build.module('typescript', async () => ({ exports: { ...(await import('typescript-5')) }, loader: 'object' }));
  },
});

export async function openapiTypes(): Promise<string> {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  return HEAD + astToString(await openapiTS(await openapiDocument()));
}

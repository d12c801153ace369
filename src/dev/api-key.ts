/** Prints a new API key for a declarative file. */
import { createApiKey } from '#ports/keys/api-key.ts';

console.log(createApiKey());

/** Where the migrations are generated from and to. Generating needs no database. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/ports/db/schema.ts',
    './src/ports/db/domain-schema.ts',
    './src/ports/db/session-schema.ts',
    './src/ports/db/saml-schema.ts',
    './src/ports/db/connection-schema.ts',
    './src/ports/db/audit-schema.ts',
    './src/ports/db/admin-schema.ts',
    './src/ports/db/housekeeping-schema.ts',
  ],
  out: './drizzle',
});

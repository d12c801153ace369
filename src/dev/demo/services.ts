/** What the demo runs: an embedded Postgres, the development identity provider, and the server on a database of its own. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { AnyElysia } from 'elysia';
import postgres from 'postgres';
import { readConfig } from '#config';
import { applyDeclaration } from '#core/declaration.ts';
import { startIdentityProvider } from '#dev/identity-provider.ts';
import { createDatabase, startPostgres } from '#dev/postgres.ts';
import { migrateDatabase } from '#ports/db/migrate.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { randomToken } from '#ports/keys/random.ts';
import { createLog } from '#ports/log.ts';
import type { Ports } from '#ports/ports.ts';
import { MIGRATIONS, type Server, serve } from '../../serve.ts';
import { CLIENT_ID, demoDeclaration } from './organization.ts';

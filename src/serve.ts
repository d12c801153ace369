/** A running server out of a settled configuration: ports, application, listener, housekeeping. `main.ts` and the demo start it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnyElysia } from 'elysia';
import { createApp } from '#app';
import { applyDeclaration } from '#core/declaration.ts';
import { createSamlUpkeep } from '#core/saml-metadata.ts';
import { continueOrder } from '#ports/db/audit-chain.ts';
import { listConnections } from '#ports/db/connections.ts';
import { startHousekeeping } from '#ports/db/housekeeping.ts';
import { newestMigration } from '#ports/db/migrate.ts';
import { preparePartitions } from '#ports/db/partitions.ts';
import { assertMigrated } from '#ports/db/readiness.ts';
import { listen } from '#ports/http/listener.ts';
import { backchannelLogoutUri } from '#ports/idp/oidc-logout.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import type { Log } from '#ports/log.ts';
import { openPorts, type SettledConfig } from '#ports/open.ts';
import type { Ports } from '#ports/ports.ts';
import { assertUsable } from '#ports/start-check.ts';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { notePeer } from '#routes/http/context.ts';
import metadata from '../package.json' with { type: 'json' };

/** Connections that a start names in the log. */
const MOST_LISTED = 50;

/** Where `drizzle-kit generate` writes: beside the sources, or beside the executable that they were built into. */
export const MIGRATIONS =
  [fileURLToPath(new URL('../drizzle', import.meta.url)), join(dirname(process.execPath), 'drizzle')].find((folder) =>
    existsSync(folder),
  ) ?? 'drizzle';

/** After this, requests that wait for an identity provider are answered with what they have. */
const PATIENCE_MS = 5_000;

export interface ServeOptions {
  readonly log: Log;
  /** Where the declaration's secrets may stand. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** More routes beside the product's own, such as the demo's page; they see every hook of the application. */
  readonly mount?: ((ports: Ports) => AnyElysia) | undefined;
}

export interface Server {
  readonly ports: Ports;
  readonly port: number;
  /** Answers what is under way, then closes everything that was opened here. */
  stop(): Promise<void>;
}

/**
 * Expects a migrated database. Applies the declaration that `VESTIBULE_SEED` names before it listens.
 * @throws EnvironmentError when the database's keys do not open under `SECRETS_KEY`, or its clock is another than ours
 * @throws Error when the declaration is not usable, the database does not answer, or the address can't be had
 */
export async function serve(config: SettledConfig, { log, environment, mount }: ServeOptions): Promise<Server> {
  const { ports, abandon, close } = await openPorts(config, log);
  try {
    // before the declaration, whose secrets would be sealed under a wrong key
    await assertUsable(ports);
    if (await continueOrder(ports.db)) log.warn({}, 'the database has moved: the order of the audit goes on');
    // this month's too, which a row in the default partition would forestall
    await preparePartitions(ports);
    if (config.VESTIBULE_SEED) {
      const file = await readFile(config.VESTIBULE_SEED, 'utf8');
      const summary = await applyDeclaration(ports, parseDeclaration(file, environment));
      log.info(summary, 'declaration applied');
      await logConnections(ports);
    }
    const newest = newestMigration(MIGRATIONS);
    let stopping = false;
    const readiness = {
      async check() {
        if (stopping) throw new Error('stopping');
        await assertMigrated(ports.db, newest);
      },
    };
    const app = createApp(ports, { readiness, version: metadata.version });
    if (mount) app.use(mount(ports));
    const listener = listen(
      (received, address) => {
        const request = withLongHost(received, config.PUBLIC_URL);
        notePeer(request, address);
        return app.fetch(request);
      },
      { host: config.HOST, port: config.PORT },
    );
    const stopHousekeeping = startHousekeeping(ports, createSamlUpkeep(ports));
    log.info(
      { host: config.HOST, port: listener.port, publicUrl: config.PUBLIC_URL, version: metadata.version },
      'listening',
    );
    return {
      ports,
      port: listener.port,
      async stop() {
        stopping = true;
        stopHousekeeping();
        const giveUp = setTimeout(abandon, PATIENCE_MS);
        await listener.close();
        clearTimeout(giveUp);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the administrators of the providers ask for first. */
async function logConnections({ db, config, log, identityProvider }: Ports): Promise<void> {
  for (const { organization, connection } of await listConnections(db, MOST_LISTED)) {
    const { id: connectionId, slug } = connection;
    const named = { organization, connection: slug, connectionId };
    if (connection.type === 'saml') {
      const { entityId } = serviceProvider(config.PUBLIC_URL, connectionId);
      log.info({ ...named, entityId }, 'SAML connection');
    } else if (identityProvider.oidcLogoutOf(connection)) {
      log.info(
        { ...named, backchannelLogoutUri: backchannelLogoutUri(config.PUBLIC_URL, connectionId) },
        'OpenID connection',
      );
    }
  }
}

/** Where Elysia begins to look for the path: `http://x` is too short for it, and every route would be a 404. */
const SHORTEST_ORIGIN = 11;

/** The same request under our own origin when its `Host` is a name such as `sso`. No route reads the host. */
function withLongHost(request: Request, publicUrl: string): Request {
  const path = request.url.indexOf('/', 'https://'.length);
  if (path >= SHORTEST_ORIGIN) return request;
  return new Request(`${publicUrl}${request.url.slice(path)}`, request);
}

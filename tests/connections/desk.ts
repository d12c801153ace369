/** An operator's desk for tests of connections: a stage, the callers of its admin API, and what is often done there. */
import { ADMIN_API_KEY, type Call, type Callers, callersOf } from '#tests/admin/callers.ts';
import { visitProvider } from '#tests/hostile/clients.ts';
import { CLIENT_SECRET, openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';

export interface Desk {
  readonly stage: Stage;
  readonly callers: Callers;
  readonly operator: Call;
  /** Ids of the organizations. */
  readonly acme: string;
  readonly globex: string;
  /** A body that makes a connection of another name each time, at the issuer `acme`. */
  oidc(more?: object): Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: answers of the wire are read as a client without types reads them
  make(body?: object, organization?: string): Promise<any>;
  activate(id: string, body?: object): Promise<Response>;
  /** What the audit has of a connection, oldest first. */
  actions(id: string): Promise<{ action: string; details: Record<string, unknown> }[]>;
  /** A whole login at `acme` over Applivery. */
  loginOver(slug: string): Promise<Response>;
}

/** The problem that an answer has to be. */
export async function problem(answer: Response, status: number) {
  const { code, errors } = await read(answer, status);
  return { code, errors };
}

export async function openDesk(): Promise<Desk> {
  const stage = await openStage({ environment: { ADMIN_API_KEY }, allowLocalhost: true });
  const callers = callersOf(stage.world);
  const { operator } = callers;
  const idOf = async (slug: string) =>
    String((await stage.world.sql`select id from organizations where slug = ${slug}`)[0]?.['id']);
  const [acme, globex] = [await idOf('acme'), await idOf('globex')];
  let named = 0;
  const oidc = (more: object = {}) => ({
    slug: `made-${++named}`,
    type: 'oidc',
    issuer: stage.issuer('acme'),
    clientId: 'vestibule',
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
    ...more,
  });
  return {
    stage,
    callers,
    operator,
    acme,
    globex,
    oidc,
    make: async (body = oidc(), organization = acme) =>
      read(await operator(`/organizations/${organization}/connections`, json(body)), 201),
    activate: (id, body = { force: true }) => operator(`/connections/${id}/activate`, json(body)),
    async actions(id) {
      const rows = await stage.world
        .sql`select action, details from audit_events where target_id = ${id} order by created_at, id`;
      return rows.map((row) => ({ action: String(row['action']), details: row['details'] }));
    },
    async loginOver(slug) {
      const start = await read(await stage.world.fetch(`/v1/auth/sso/acme/${slug}`));
      const returned = await visitProvider(stage, { url: new URL(start.data.redirectUrl) });
      return stage.world.fetch(`/v1/auth/sso/acme/${slug}/callback`, json(returned));
    },
  };
}

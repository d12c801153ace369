/** The operator's keys: what the tests of them do again and again. */
import { bearer } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

export const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';
const operator = bearer(ADMIN_API_KEY);
const INITIATE = '/v1/admin/auth/sso/initiate';

export interface Made {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface Operator {
  readonly stage: Stage;
  /** Id of the organization, and where its keys are. */
  readonly acme: string;
  readonly keys: string;
  call(path: string, init?: RequestInit): Promise<Response>;
  patch(id: string, body: object): Promise<Response>;
  remove(id: string): Promise<Response>;
  make(more?: object): Promise<Made>;
  revoke(id: string): Promise<void>;
  /** Statuses of a use on each replica. */
  uses(key: string): Promise<number[]>;
  rowOf(id: string): Promise<Record<string, unknown>>;
}

let named = 0;
/** What makes a key, under a name of its own. */
export const wanted = (more: object = {}) => ({ name: `key ${++named}`, dialects: ['indee'], ...more });
export const keysOf = (organizationId: string) => `/organizations/${organizationId}/api-keys`;

export async function openOperator(environment: Record<string, string> = {}): Promise<Operator> {
  const stage = await openStage({ environment: { ADMIN_API_KEY, ...environment } });
  const [row] = await stage.world.sql`select id from organizations where slug = 'acme'`;
  const acme = String(row?.['id']);
  const keys = keysOf(acme);
  const call = (path: string, init: RequestInit = {}) =>
    stage.replica.fetch(`/admin/v1${path}`, { ...init, headers: { ...operator, ...init.headers } });
  const remove = (id: string) => call(`/api-keys/${id}`, { method: 'DELETE' });
  return {
    stage,
    acme,
    keys,
    call,
    remove,
    patch: (id, body) => call(`/api-keys/${id}`, { ...json(body), method: 'PATCH' }),
    async make(more) {
      const made = await read(await call(keys, json(wanted(more))), 201);
      stage.secrets.add(made.key);
      return made;
    },
    async revoke(id) {
      await read(await remove(id), 204);
    },
    uses(key) {
      const init = () => json({ username: 'ada@acme.test' }, bearer(key));
      return Promise.all([stage.world, stage.replica].map(async ({ fetch }) => (await fetch(INITIATE, init())).status));
    },
    rowOf: async (id) => (await stage.world.sql`select * from api_keys where id = ${id}`)[0] ?? {},
  };
}

/** API keys: looked up by digest, inside the statement that needs them. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type ApiKey, apiKeys, type Dialect, type Organization, organizations } from './schema.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

/** The row of the key whose digest is the parameter `name`, if it may be used now. */
export function usableApiKey(name: string): SQL {
  return sql`select * from api_keys where key_digest = ${parameter(name)} and revoked_at is null
    and (expires_at is null or expires_at > ${now})`;
}

/**
 * Notes that the row of the common table expression `key` was used, at most once a minute. Where somebody holds the row, who
 * changes the key or notes another use, this one is not noted: whoever calls must not wait for that.
 */
export const noteApiKeyUse = sql`update api_keys set last_used_at = ${now} from (
    select a.id from key join api_keys a on a.id = key.id
    where a.revoked_at is null and (a.last_used_at is null or a.last_used_at < ${now} - interval '1 minute')
    for no key update of a skip locked) free
  where api_keys.id = free.id`;

const READ = statement<{ keyDigest: string }, { apiKey: ApiKey | undefined; organization: Organization | undefined }>(
  sql`with key as (${usableApiKey('keyDigest')}),
  used as (${noteApiKeyUse})
  select ${rowObject('k')} as api_key, ${rowObject('o')} as organization
  from key k join organizations o on o.id = k.organization_id`,
  (row) => ({
    apiKey: reviveRow(apiKeys, row['api_key']),
    organization: reviveRow(organizations, row['organization']),
  }),
);

/** The usable key and its organization; notes the use, at most once a minute. */
export async function readApiKey(
  db: Database,
  keyDigest: string,
): Promise<{ apiKey: ApiKey; organization: Organization } | undefined> {
  const [row] = await db.run(READ, { keyDigest });
  return row?.apiKey && row.organization ? { apiKey: row.apiKey, organization: row.organization } : undefined;
}

const EXISTS = statement<{ organizationId: string; dialect: Dialect }, boolean>(
  sql`select exists (select 1 from api_keys where organization_id = ${parameter('organizationId')}
    and ${parameter('dialect')} = any(dialects) and revoked_at is null and (expires_at is null or expires_at > ${now})) as found`,
  (row) => row['found'] === true,
);

/** Whether the organization has a usable key for the dialect. */
export async function hasApiKeyFor(db: Database, organizationId: string, dialect: Dialect): Promise<boolean> {
  const [found] = await db.run(EXISTS, { organizationId, dialect });
  return found === true;
}

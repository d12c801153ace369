/** Sessions that began by SAML, at the end of the provider's session (SAML core §3.7.3). */
import { type SQL, sql } from 'drizzle-orm';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';
import type { Database } from './client.ts';
import { type EndedSessions, endSessions, endSessionsStatement, type ProviderLogout } from './provider-logouts.ts';
import { now, parameter } from './statement.ts';

export interface SamlLogout extends ProviderLogout, NonNullable<ProviderLogout['meant']> {
  /** SHA-256 of the name's value. */
  readonly nameDigest: string;
}

/** The format that says nothing (SAML core §8.3.1), as good as none. */
const UNSPECIFIED = sql.raw(`'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'`);

/** Two identifiers with the same value differ only in what both of them name. */
function agrees(member: keyof SamlNameId, named: SQL): SQL {
  const [theirs, ours] = [named, sql`s.name_id`].map(
    (nameId) => sql`nullif(${nameId}->>${sql.raw(`'${member}'`)}, ${UNSPECIFIED})`,
  );
  return sql`coalesce(${ours} = ${theirs}, true)`;
}

/** Whether a logout request that names these means the session `s`; both are JSON. */
export function isNamed(nameId: SQL, sessionIndexes: SQL): SQL {
  return sql`s.name_id is not null and s.name_id->>'value' = ${nameId}->>'value'
      and ${agrees('format', nameId)} and ${agrees('nameQualifier', nameId)} and ${agrees('spNameQualifier', nameId)}
      and (${sessionIndexes} = '[]'::jsonb or s.provider_session_id in (select jsonb_array_elements_text(${sessionIndexes})))`;
}

const MEANT = isNamed(parameter('nameId', 'jsonb'), parameter('sessionIndexes', 'jsonb'));

const UNREDEEMED = sql`unredeemed as (
      update authentication_requests set sealed_claims = null
      where connection_id = ${parameter('connectionId')} and name_digest = ${parameter('nameDigest')}
        and sealed_claims is not null and code_expires_at > ${now} and exists (select 1 from used)
    ),`;

const END_SAML = endSessionsStatement<SamlLogout & Record<string, unknown>>(MEANT, UNREDEEMED);

/**
 * Takes a logout request, once, and ends every live session that it means; each use of them fails from then on,
 * on every replica. Claims of that subject whose code was not redeemed yet go too: a login under way is part of the
 * session that ends (SAML core §3.7.3.2). A replayed request changes nothing.
 */
export function endSamlSessions(db: Database, logout: SamlLogout): Promise<EndedSessions> {
  return endSessions(db, END_SAML, { ...logout });
}

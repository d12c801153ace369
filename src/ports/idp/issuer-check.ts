/**
 * Whose token, and whose answer: `iss` of the ID or logout token (OpenID Connect Core §3.1.3.7 (2)) and of the authorization
 * response (RFC 9207 §2.4). Compared as text, against what the connection stores and never against what a token says.
 */
import type { Checks } from '#core/checks.ts';
import type { Connection } from '#ports/db/schema.ts';
import { shown } from './evidence.ts';
import type { VerifiedJws } from './id-token-signature.ts';
import { member } from './json-answer.ts';
import type { ProviderMetadata } from './provider.ts';
import type { TokenKind } from './token-kind.ts';

interface ExpectedIssuer {
  readonly metadata: Pick<ProviderMetadata, 'issuer' | 'issuerOfTenant'>;
  readonly tenants: readonly string[];
}

/** @throws SsoError the kind's reason for `iss` or `tenant` */
export function requireTokenIssuer(
  kind: TokenKind,
  jws: VerifiedJws,
  expected: ExpectedIssuer,
  checks: Checks,
): string {
  const iss = member(jws.claims, 'iss');
  const { issuer, issuerOfTenant } = expected.metadata;
  if (issuerOfTenant) return requireTenantIssuer(kind, jws, issuerOfTenant, expected.tenants, checks);
  checks.require(`${kind.name}.iss`, iss === issuer, kind.reason('iss'), { expected: issuer, actual: shown(iss) });
  // an issuer of its own may serve several tenants as well, and the connection limits them
  if (kind.namesTenant && expected.tenants.length > 0)
    requireTenant(kind, member(jws.claims, 'tid'), expected.tenants, checks);
  return issuer;
}

/**
 * A provider of many tenants signs for all of them with the same keys, and anyone can open a tenant and name
 * its users as they like. So the tenant has to be one that the connection lists, `iss` has to be that tenant's,
 * and a key that says which issuer it serves has to serve this one.
 */
function requireTenantIssuer(
  kind: TokenKind,
  { claims, key }: VerifiedJws,
  issuerOfTenant: (tenant: string) => string,
  tenants: readonly string[],
  checks: Checks,
): string {
  const iss = member(claims, 'iss');
  const named = member(claims, 'tid');
  const tid = named === undefined && !kind.namesTenant ? tenantOf(iss, issuerOfTenant, tenants) : named;
  const tenant = requireTenant(kind, tid, tenants, checks);
  const issuer = issuerOfTenant(tenant);
  checks.require(`${kind.name}.iss`, iss === issuer, kind.reason('tenant'), { expected: issuer, actual: shown(iss) });
  const keyIssuer = key.issuer?.replace('{tenantid}', tenant);
  checks.require(`${kind.name}.keyIssuer`, keyIssuer === undefined || keyIssuer === issuer, kind.reason('tenant'), {
    expected: issuer,
    actual: shown(keyIssuer),
  });
  return issuer;
}

function requireTenant(kind: TokenKind, tid: unknown, tenants: readonly string[], checks: Checks): string {
  const evidence = { expected: tenants.join(' '), actual: shown(tid) };
  if (typeof tid !== 'string' || !tenants.some((tenant) => tenant.toLowerCase() === tid.toLowerCase()))
    return checks.fail(`${kind.name}.tenant`, kind.reason('tenant'), evidence);
  checks.pass(`${kind.name}.tenant`, evidence);
  return tid;
}

/** The listed tenant whose issuer this is. */
function tenantOf(
  iss: unknown,
  issuerOfTenant: (tenant: string) => string,
  tenants: readonly string[],
): string | undefined {
  return tenants.map((tenant) => tenant.toLowerCase()).find((tenant) => issuerOfTenant(tenant) === iss);
}

/**
 * To be called before the code goes anywhere: a response of another issuer means that the code belongs to another
 * provider, and sending it on would hand it to the wrong one (mix-up, RFC 9700 §4.4).
 *
 * @throws SsoError `iss_mismatch`, `iss_missing`
 */
export function checkResponseIssuer(
  iss: string | undefined,
  metadata: Pick<ProviderMetadata, 'issuer' | 'issuerOfTenant' | 'announcesIss'>,
  connection: Pick<Connection, 'requireIss' | 'tenants'>,
  checks: Checks,
): void {
  const { issuer, issuerOfTenant, announcesIss } = metadata;
  if (iss !== undefined) {
    const accepted = issuerOfTenant ? connection.tenants.map(issuerOfTenant) : [issuer];
    checks.require('response.iss', accepted.includes(iss), 'iss_mismatch', {
      expected: accepted.join(' '),
      actual: shown(iss),
    });
  } else if (announcesIss && connection.requireIss) {
    checks.fail('response.iss', 'iss_missing', { expected: issuer, actual: undefined });
  } else {
    // two of the three wire contracts give the client no field to hand it on, so its absence alone says nothing
    checks.skip('response.iss', announcesIss ? 'the client did not hand it on' : 'the provider announces none');
  }
}

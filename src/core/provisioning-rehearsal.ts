/** Who would be meant by verified claims, if a login came with them: decided as a login decides it, for no request and no session. */
import { readCandidates } from '#ports/db/profiles.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';
import type { Checks } from './checks.ts';
import { requireEmail } from './claimed-email.ts';
import { type ProvisioningPlan, planProvisioning } from './provisioning.ts';

/**
 * Reads alone. Standing of the connection and logouts of the provider are those of a login under way, and not asked.
 * @throws SsoError with the reason of the first check that failed
 */
export async function rehearseProvisioning(
  { db }: Ports,
  connection: Connection,
  claims: Claims,
  checks: Checks,
): Promise<ProvisioningPlan> {
  const email = requireEmail(claims, connection, undefined, checks);
  const candidates = await readCandidates(db, {
    connectionId: connection.id,
    subject: claims.subject,
    organizationId: connection.organizationId,
    email: email.address,
    domain: email.domain,
    apiKeyId: null,
    requestId: '',
    logoutKeys: [],
  });
  return planProvisioning(connection, claims, email, candidates, checks);
}

/** The checks of a SAML connection: the provider's metadata as they stand at their source, and the dates of its certificates. */
import { asSsoError, type SsoError } from '#error';
import { readConnectionMetadata, readSamlMetadata } from '#ports/db/saml-metadata.ts';
import type { IdpMetadata, SamlCertificate } from '#ports/db/saml-schema.ts';
import type { Connection } from '#ports/db/schema.ts';
import { type Trusted, trustBeyond } from '#ports/idp/saml/metadata-change.ts';
import { hasSameSource } from '#ports/idp/saml/metadata-decision.ts';
import { isOver } from '#ports/idp/saml/metadata-policy.ts';
import type { Ports } from '#ports/ports.ts';
import { type ConnectionProblem, type ConnectionProblemCode, problemOf } from './connection-problems.ts';
import { callProblem } from './provider-check.ts';

const WARNING_SECONDS = 30 * 86_400;

/** By what the reader of metadata says is wrong; anything else is `saml_metadata_unusable`. */
const FAULTS: readonly (readonly [RegExp, ConnectionProblemCode, string])[] = [
  [/SingleSignOnService: none/, 'saml_binding_missing', ''],
  [/KeyDescriptor: none has a certificate/, 'saml_certificate_missing', ''],
  [/@validUntil: is past/, 'saml_metadata_expired', ''],
  [/will not do: its (RSA|EC) key|its key is of the type/, 'saml_key_unusable', ''],
];

export async function checkSamlProvider(ports: Ports, connection: Connection): Promise<ConnectionProblem[]> {
  const { saml } = connection;
  const source = saml?.metadataUrl ? '/saml/metadataUrl' : '/saml/metadataXml';
  try {
    const document = saml?.metadataUrl
      ? await ports.samlMetadata.examine(connection)
      : await keptDocument(ports, connection);
    if (!document)
      return [
        problemOf('saml_metadata_missing', '/saml/metadataUrl', 'The connection has no metadata of its provider.'),
      ];
    const found = judge(connection, document, source, ports.clock.now());
    return saml?.metadataUrl ? [...found, ...(await compare(ports, connection, document))] : found;
  } catch (thrown) {
    return [metadataProblem(asSsoError(thrown), source, saml?.metadataUrl ?? null)];
  }
}

async function keptDocument({ db }: Ports, connection: Connection): Promise<IdpMetadata | null> {
  if (connection.versionMetadata !== undefined) return connection.versionMetadata;
  return (await readSamlMetadata(db, connection.id))?.document ?? null;
}

/** What is wrong with metadata that could not be read, or can’t be used. @param url where they were read */
export function metadataProblem(error: SsoError, source: string, url: string | null = null): ConnectionProblem {
  if (!error.code.startsWith('saml_') || error.retryAfterSeconds !== undefined) return callProblem(error, source, url);
  const found = [error.message, error.detail ?? []].flat().join(' ');
  if (error.code === 'saml_signature') return problemOf('saml_metadata_signature', '/saml/metadataCertificate', found);
  if (error.code === 'saml_entity_id_mismatch') {
    const { expected, actual } = error.evidence ?? {};
    return problemOf(error.code, '/saml/entityId', `The connection wants ${expected}; the metadata name ${actual}.`);
  }
  const [, code = 'saml_metadata_unusable', pointer = ''] =
    FAULTS.find(([pattern]) => pattern.test(error.detail ?? '')) ?? [];
  return problemOf(code as ConnectionProblemCode, pointer || source, found);
}

/** What stands at the source beside the copy that logins run on, which a change of keys leaves behind. */
async function compare({ db }: Ports, connection: Connection, found: IdpMetadata): Promise<ConnectionProblem[]> {
  const inUse = await readConnectionMetadata(db, connection.id);
  const document = inUse?.metadata.document;
  // after another source was named its first copy is taken, whatever it says
  const isConfirmed = Boolean(inUse?.metadata.checkedAt) && inUse && hasSameSource(inUse.connection, connection);
  if (!document || !isConfirmed) return [];
  const [added, gone] = [trustBeyond(document, found), trustBeyond(found, document)];
  const wantsLess = document.wantAuthnRequestsSigned && !found.wantAuthnRequestsSigned;
  const parts = [
    ...spell('new', added),
    ...spell('gone', gone),
    ...(wantsLess ? ['requests need not be signed any more'] : []),
  ];
  if (parts.length === 0) return [];
  const isSpent =
    gone.certificates.length === document.certificates.length ||
    !found.singleSignOn.some(({ location }) => document.singleSignOn.some((used) => used.location === location));
  const code = isSpent ? 'saml_metadata_outdated' : 'saml_metadata_changed';
  return [problemOf(code, '/saml/metadataUrl', `Beside the copy in use: ${parts.join('; ')}.`)];
}

function spell(how: string, { certificates, endpoints }: Trusted): string[] {
  const keys = certificates.map((fingerprint) => `signing certificate ${fingerprint.slice(0, 16)}…`);
  return [...keys, ...endpoints].map((what) => `${how}: ${what}`);
}

function judge({ saml, issuer }: Connection, document: IdpMetadata, source: string, now: Date): ConnectionProblem[] {
  const problems: ConnectionProblem[] = [];
  const { entityId, validUntil, singleSignOn, certificates, wantAuthnRequestsSigned } = document;
  if (isOver(validUntil, now))
    problems.push(problemOf('saml_metadata_expired', source, `validUntil is ${validUntil}.`));
  if (issuer !== null && entityId !== issuer)
    problems.push(problemOf('saml_entity_id_mismatch', '/saml/entityId', `The metadata name ${entityId}.`));
  const wanted = saml?.requestBinding;
  if (wanted && !singleSignOn.some(({ binding }) => binding === wanted))
    problems.push(
      problemOf(
        'saml_binding_unsupported',
        '/saml/requestBinding',
        `The metadata name ${singleSignOn.map(({ binding }) => binding).join(', ')}.`,
      ),
    );
  if (saml?.signRequests === false && wantAuthnRequestsSigned)
    problems.push(
      problemOf('saml_requests_unsigned', '/saml/signRequests', 'The metadata say WantAuthnRequestsSigned="true".'),
    );
  return [...problems, ...certificates.flatMap((certificate) => judgeDates(certificate, source, now))];
}

function judgeDates(
  { fingerprint, notBefore, notAfter }: SamlCertificate,
  source: string,
  now: Date,
): ConnectionProblem[] {
  const secondsLeft = (Date.parse(notAfter) - now.getTime()) / 1000;
  const which = `The signing certificate ${fingerprint.slice(0, 16)}…`;
  if (secondsLeft <= 0) return [problemOf('saml_certificate_expired', source, `${which} expired at ${notAfter}.`)];
  if (Date.parse(notBefore) > now.getTime())
    return [problemOf('saml_certificate_not_yet_valid', source, `${which} begins at ${notBefore}.`)];
  if (secondsLeft <= WARNING_SECONDS)
    return [problemOf('saml_certificate_expiring', source, `${which} expires at ${notAfter}.`)];
  return [];
}

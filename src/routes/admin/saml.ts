/** The admin API of SAML connections: how the provider's metadata stand, and the operator's word on new ones. */

import { Elysia } from 'elysia';
import { reachConnection, requireReach } from '#core/admin-caller.ts';
import { rotateSamlKeys } from '#core/saml-keys.ts';
import { approveSamlMetadata } from '#core/saml-metadata.ts';
import { refreshMetadataNow } from '#core/saml-metadata-refresh.ts';
import { SsoError } from '#error';
import { readConnectionMetadata } from '#ports/db/saml-metadata.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { bodyParser } from '#routes/http/body.ts';
import { tagged } from '#routes/http/etag.ts';
import { taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { approval, approvedConnection, rotatedKeys, rotation, samlConnection } from './saml-examples.ts';
import { presentSamlConnection, samlAdminModels } from './saml-resources.ts';

const REFUSALS = ['not_found', ...ADMIN_REFUSALS] as const;
/** What reading the provider's metadata may end with. */
const SOURCE_REFUSALS = [
  'saml_metadata',
  'saml_entity_id_mismatch',
  'saml_busy',
  'saml_timeout',
  'idp_unreachable',
  'idp_timeout',
  'idp_busy',
  'idp_redirect',
  'idp_bad_response',
  'url_not_allowed',
] as const;
const described = { tag: 'Connections', security: ['adminKey'] } as const;

const connectionDocs = {
  params: 'Admin.SamlParams',
  ...describe({
    ...described,
    operationId: 'readSamlConnection',
    summary: 'SAML side of a connection',
    description:
      'What to give the provider’s administrator, what the provider says of itself, and what waits for approval.',
    answers: {
      200: taggedOf('Admin.SamlConnection', 'The connection.', samlConnection),
      ...problems(...REFUSALS),
    },
  }),
} as const;

const approvalDocs = {
  params: 'Admin.SamlParams',
  parse: bodyParser('application/json'),
  ...describe({
    ...described,
    operationId: 'approveSamlMetadata',
    summary: 'Approve new metadata',
    description:
      'The pending copy is in use from now on. Compare its fingerprints with the provider’s administrator first: whoever holds a key named there can sign in as anybody of the organization.',
    body: { model: 'Admin.SamlApproval', examples: { default: { value: approval } } },
    answers: {
      200: taggedOf('Admin.SamlConnection', 'Approved.', approvedConnection),
      ...problems('conflict', 'saml_metadata', ...REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

const refreshDocs = {
  params: 'Admin.SamlParams',
  ...describe({
    ...described,
    operationId: 'refreshSamlMetadata',
    summary: 'Read the provider’s metadata now',
    description:
      'Reads `metadataUrl` at once, as after a change of the provider’s keys. New keys and addresses wait as `pending` for approval, unless `metadataCertificate` signed them; then they are in use. A version that waits with metadata of another address gets what stands there. By itself the address is read again every 6 hours at the latest, and soon after a response that was signed by an unknown key, though no sooner than 5 minutes after the last time.',
    answers: {
      200: taggedOf('Admin.SamlConnection', 'Read.', samlConnection),
      ...problems('conflict', ...SOURCE_REFUSALS, ...REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

const rotationDocs = {
  params: 'Admin.SamlParams',
  parse: bodyParser('application/json'),
  ...describe({
    ...described,
    operationId: 'rotateSamlKeys',
    summary: 'Rotate our key pair',
    description:
      'The next key signs from now on, another one is published after it, and what is encrypted to the one before still opens for 30 days. Refused while the next certificate has not been in our metadata for a day, since the provider may not have read it.',
    body: { model: 'Admin.SamlRotation', required: false, examples: { default: { value: rotation } } },
    answers: {
      200: answerOf('Admin.SamlKeys', 'Rotated.', rotatedKeys),
      ...problems('conflict', ...REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

/** Mounted behind the operator's key. */
export const samlAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin saml' })
    .model({ ...problemModels, ...samlAdminModels })
    .get(
      '/connections/:id/saml',
      async ({ params, request, set }) => {
        const found = await readConnectionMetadata(ports.db, params.id);
        if (!found) throw new SsoError('not_found');
        requireReach(callerOf(request), found.connection.organizationId);
        return tagged(set, await presentSamlConnection(found, ports.config.PUBLIC_URL));
      },
      connectionDocs,
    )
    .post(
      '/connections/:id/saml/metadata/approve',
      async ({ params, body, request, set }) => {
        await reachConnection(ports, callerOf(request), params.id);
        const approved = { connectionId: params.id, copy: body.copy };
        const found = await approveSamlMetadata(ports, approved, adminOriginOf(request));
        return tagged(set, await presentSamlConnection(found, ports.config.PUBLIC_URL));
      },
      approvalDocs,
    )
    .post(
      '/connections/:id/saml/metadata/refresh',
      async ({ params: { id }, request, set }) => {
        await reachConnection(ports, callerOf(request), id);
        const found = await refreshMetadataNow(ports, id, adminOriginOf(request));
        return tagged(set, await presentSamlConnection(found, ports.config.PUBLIC_URL));
      },
      refreshDocs,
    )
    .post(
      '/connections/:id/saml/keys/rotate',
      async ({ params, body, request }) => {
        await reachConnection(ports, callerOf(request), params.id);
        return rotateSamlKeys(ports, { connectionId: params.id, force: body.force ?? false }, adminOriginOf(request));
      },
      rotationDocs,
    );

/** Reasons about a SAML message: how it is built and signed, what it says, and when. */
import type { SsoErrorCode } from '#error';
import { NOTHING, type ReasonTexts, START_AGAIN, TELL_ADMIN, TRY_LATER } from './texts.ts';

export const SAML_REASONS = {
  saml_profile: {
    cause: 'A SAML response was posted to a connection that is none of SAML.',
    person: TELL_ADMIN,
    integrator: 'Post it to the path of the organization’s SAML connection; its `slug` is in the admin API.',
    admin: 'Enter the consumer service address of the SAML connection.',
  },
  saml_encoding: {
    cause: 'The `SAMLResponse` is missing, is not base64, or what it holds does not begin as XML does, in UTF-8.',
    person: START_AGAIN,
    integrator:
      'A front end hands on the value exactly as it was posted: decoded from the form once, and nothing more.',
    admin: 'Send the response by HTTP-POST, uncompressed and in UTF-8.',
  },
  saml_dtd: {
    cause: 'The message holds a document type declaration or an entity, which are never read.',
    person: TELL_ADMIN,
    integrator: 'Nothing to set here: see `detail` of the trace, and hand it to the provider’s administrator.',
    admin: 'No provider sends one by itself: look for what changes the message on its way.',
  },
  saml_structure: {
    cause:
      'The message is built otherwise than the profile allows: comments, an ID twice, no assertion, no AuthnStatement, another version than 2.0, more than 96 KiB or too many elements; `detail` names it.',
    person: TELL_ADMIN,
    integrator:
      'See `detail`. If it says “more than 600 elements”, raise `maxElements` of the connection’s `saml` (up to 2,000).',
    admin:
      'Send one plain assertion with an AuthnStatement; release fewer groups; switch off whatever adds comments or signs other parts.',
  },
  saml_multiple_assertions: {
    cause: 'The response holds more than one assertion; nobody could say which one is meant.',
    person: TELL_ADMIN,
    integrator: 'Nothing to set here: see `detail` of the trace, and hand it to the provider’s administrator.',
    admin: 'Put authentication and attributes into one assertion.',
  },
  saml_algorithm: {
    cause:
      'The message is signed or encrypted by an algorithm that is not allowed, such as SHA-1, RSA 1.5, or AES-CBC without `allowCbc`.',
    person: TELL_ADMIN,
    integrator:
      'If it is AES-CBC and the provider can’t do GCM: set `allowCbc` of the connection’s `saml`, and have the response signed. Nothing else can be allowed.',
    admin: 'Sign by RSA or ECDSA with SHA-256, and encrypt by AES-GCM with RSA-OAEP.',
  },
  saml_signature: {
    cause:
      'No certificate of the connection’s metadata made the signature, the message was changed, or what must be signed is not.',
    person: TELL_ADMIN,
    integrator:
      'See `saml.signature` in the trace. An unknown key: `POST /admin/v1/connections/{id}/saml/metadata/refresh` reads `metadataUrl` at once (by itself it is read within minutes). If the answer has `pending`, compare its fingerprints with the provider’s administrator, then `POST …/saml/metadata/approve` with `{"copy":"<pending.copy>"}`; if not, the provider has yet to publish the key there. A `metadataXml` is given anew. An assertion that is not signed: see `wantAssertionsSigned`.',
    admin:
      'Sign the response or the assertion with the certificate that your metadata publish; after a change, send the new metadata first.',
  },
  saml_decryption: {
    cause: 'No key of ours opens the encrypted assertion.',
    person: TELL_ADMIN,
    integrator:
      'Give the provider our current metadata: `<PUBLIC_URL>/saml/<connection id>/metadata`. Keys that were rotated out open for 30 days more.',
    admin: 'Import our metadata again, and encrypt to the certificate in it that is marked for encryption.',
  },
  saml_encryption_required: {
    cause: 'The connection’s `wantEncrypted` is set, and the assertion is not encrypted.',
    person: TELL_ADMIN,
    integrator: 'Have the provider encrypt, or set `wantEncrypted` to false.',
    admin: 'Switch on encryption of assertions for this application, to the certificate in our metadata.',
  },
  saml_status: {
    cause: 'The provider answered with another status than success; the trace shows which.',
    person:
      'Your organization’s sign-in page refused, or you cancelled. Start again; if it stays so, ask your organization’s administrator for access.',
    integrator:
      'See `saml.status`: `NoAuthnContext` comes of `authnContexts`, `InvalidNameIDPolicy` of `nameIdFormat`, `NoPassive` of nothing that we ask for.',
    admin: 'Assign the person to this application, and see your own log for why it refused.',
  },
  saml_issuer: {
    cause:
      'The `Issuer` of the response or assertion is not the entity id of the connection’s metadata, or is missing.',
    person: TELL_ADMIN,
    integrator:
      'Compare expected and actual in the trace: give the connection the metadata of the provider that really answers.',
    admin: 'Say under which entity id this application is answered, and send the metadata of that one.',
  },
  saml_destination: {
    cause:
      'The `Destination` of the response is not our consumer service, or is missing although the response is signed.',
    person: TELL_ADMIN,
    integrator:
      'If a front end receives the response, name its address as `consumerServiceUrl`, and let it hand `SAMLResponse` and `RelayState` on to Applivery’s callback, not to our consumer service. Check that PUBLIC_URL is the address that people use.',
    admin: 'Enter the consumer service (ACS) address exactly as our metadata have it, and send it as `Destination`.',
  },
  saml_recipient: {
    cause: 'The `Recipient` of the assertion’s confirmation is not our consumer service.',
    person: TELL_ADMIN,
    integrator: 'As for `saml_destination`: `consumerServiceUrl` for a front end, and PUBLIC_URL.',
    admin: 'Set “Recipient” (or the ACS address) to the consumer service of our metadata.',
  },
  saml_audience: {
    cause: 'The assertion’s audience is not our entity id, or it names none.',
    person: TELL_ADMIN,
    integrator:
      'Give the provider our entity id: `<PUBLIC_URL>/saml/<connection id>/metadata`, the same as our metadata’s address.',
    admin: 'Set “Audience”, “Identifier” or “SP entity ID” to our entity id, exactly.',
  },
  saml_conditions: {
    cause: 'The assertion has no `Conditions`, or has ones that are not known here.',
    person: TELL_ADMIN,
    integrator: 'See which condition the trace names.',
    admin: 'Send `Conditions` with `AudienceRestriction` and times, and no others than SAML 2.0 defines.',
  },
  saml_expired: {
    cause:
      'The response was over when it arrived: its times, give or take `clockSkewSeconds`, or an issue more than 10 minutes ago.',
    person: 'The sign-in took too long. Start it again from the application.',
    integrator:
      'See `clockSkews` of the trace. If the clocks differ by more than `clockSkewSeconds` (180), set this machine’s by NTP; up to 300 may be allowed until the provider’s is right.',
    admin: 'Set the provider’s clock by NTP, and let assertions live for some minutes.',
  },
  saml_not_yet: {
    cause:
      'The response is not valid yet: the provider’s clock is ahead of ours by more than `clockSkewSeconds`, or a bearer confirmation has a NotBefore.',
    person: TRY_LATER,
    integrator:
      'See `clockSkews` of the trace: positive means that the provider is ahead. Set this machine’s clock by NTP; up to 300 may be allowed by `clockSkewSeconds` until the provider’s is right.',
    admin: 'Set the provider’s clock by NTP; leave `NotBefore` out of the subject confirmation.',
  },
  saml_confirmation: {
    cause: 'The assertion has no bearer confirmation, or one without its end (`NotOnOrAfter`).',
    person: TELL_ADMIN,
    integrator: 'Nothing to set here: see `detail` of the trace, and hand it to the provider’s administrator.',
    admin: 'Use the bearer method in `SubjectConfirmation`, with `Recipient` and `NotOnOrAfter`.',
  },
  saml_subject: {
    cause:
      'The assertion names no subject that stays: no NameID, a transient one, one of another format than `nameIdFormat`, or not exactly one value of `subjectAttribute`.',
    person: TELL_ADMIN,
    integrator:
      'Ask for a lasting NameID with `nameIdFormat`, or name an attribute that never changes as `subjectAttribute`, before people sign in.',
    admin:
      'Send a NameID of the format `persistent` (or `emailAddress`), or release the attribute that was agreed on, with one value.',
  },
  saml_in_response_to: {
    cause: 'The response answers another request than the one its RelayState belongs to.',
    person: START_AGAIN,
    integrator: 'Hand `SAMLResponse` and `RelayState` of one and the same post on together.',
    admin: 'Return the RelayState of the request that is answered, and its ID as `InResponseTo`.',
  },
  saml_unsolicited: {
    cause: 'The response answers no request, and the connection does not allow logins that the provider begins.',
    person: 'Start the sign-in at the application, not at your organization’s page.',
    integrator: 'Set `allowIdpInitiated` of the connection’s `saml`, if people are to start at their portal.',
    admin: 'Let the tile in the portal open the application’s own start address.',
  },
  saml_replay: {
    cause: 'The same assertion was used before.',
    person: START_AGAIN,
    integrator: 'Hand each response on once.',
    admin: 'Give every assertion an `ID` of its own.',
  },
  saml_authn_context: {
    cause: 'The person signed in by another method than the connection’s `authnContexts` name.',
    person:
      'Your organization signed you in by a method that is not enough here. Start again and use the stronger one.',
    integrator: 'Add the class in the trace to `authnContexts` if it is strong enough, or clear them.',
    admin: 'Let this application’s sign-in demand the method, and name it in `AuthnContextClassRef`.',
  },
  saml_metadata: {
    cause:
      'The provider’s metadata are missing, unreadable, past their `validUntil`, or offer no single sign-on that can be used.',
    person: TELL_ADMIN,
    integrator:
      'See `detail`; set `metadataUrl` or `metadataXml` of the connection’s `saml`. A copy that was read once stays in use until its `validUntil`.',
    admin:
      'Publish valid metadata of an identity provider: signing certificate, single sign-on by HTTP-Redirect or HTTP-POST, `validUntil` in the future.',
  },
  saml_entity_id_mismatch: {
    cause:
      'The provider’s metadata are of another entity id than `entityId` of the connection’s `saml`, or than the copy in use.',
    person: TELL_ADMIN,
    integrator:
      'Compare expected and actual in the trace. Set `entityId` to what the metadata name, or to null to take it from there; or name the metadata of the provider that is meant. A copy that was read once stays in use.',
    admin: 'Say which entity id answers for this application, and where its metadata are.',
  },
  saml_binding_unsupported: {
    cause: '`requestBinding` of the connection’s `saml` is one that the provider’s metadata do not offer.',
    person: TELL_ADMIN,
    integrator: 'Set `requestBinding` to null to take what there is, or to the binding that the trace shows as actual.',
    admin: 'Name a SingleSignOnService with the binding that was agreed on in your metadata.',
  },
  saml_busy: {
    cause: 'More SAML messages wait to be verified than this server holds.',
    person: TRY_LATER,
    integrator: 'Send it again after `Retry-After`; if it stays so, add replicas.',
    admin: NOTHING,
  },
  saml_timeout: {
    cause: 'Verifying the message took longer than its deadline.',
    person: START_AGAIN,
    integrator: 'Start a new login; if it stays so, the message is very large or the machine too slow.',
    admin: 'Release fewer attributes and groups to this application.',
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;

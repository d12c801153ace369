/** The answer to a login: a samlp:Response as the switches want it, signed, encrypted, ready to be posted (SAML profiles §4.1.4). */
import type { Person } from '#dev/people.ts';
import { attributesOf } from './attributes.ts';
import type { ReceivedAuthnRequest } from './authn-request.ts';
import { type AssertionParts, buildAssertion, buildResponse, newId, type ResponseOptions } from './document.ts';
import { encryptAssertion } from './encryption.ts';
import type { SamlFaults } from './faults.ts';
import { nameIdOf } from './name-id.ts';
import { PASSWORD_CONTEXT, STATUS } from './names.ts';
import { type ProviderState, signerOf } from './provider-state.ts';
import type { ServiceProvider } from './service-provider.ts';
import { signElement } from './signature.ts';
import { elementsOf, replaceRange } from './source.ts';

export interface LoginAnswer {
  readonly action: string;
  /** Base64. */
  readonly SAMLResponse: string;
  readonly RelayState: string | undefined;
}

export interface Login {
  readonly serviceProvider: ServiceProvider;
  /** Absent when the identity provider starts. */
  readonly request?: ReceivedAuthnRequest | undefined;
  readonly relayState: string | undefined;
  /** Undefined: nobody signed in, and `status` says why. */
  readonly person: Person | undefined;
  readonly status?: readonly string[] | undefined;
  readonly authnAt: Date;
  readonly browser: string;
}

const ELSEWHERE = 'https://elsewhere.example';
const HOUR_MS = 3_600_000;
/** What it says it can do. */
const CONTEXTS = [
  PASSWORD_CONTEXT,
  'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
  'https://refeds.org/profile/mfa',
  'http://schemas.microsoft.com/claims/multipleauthn',
];

export async function answerLogin(state: ProviderState, login: Login): Promise<LoginAnswer> {
  const { serviceProvider, request, person } = login;
  const nameId = person && nameIdFor(state, login, person);
  const context = contextFor(state.faults, request?.authnContexts ?? []);
  const status = login.status ?? state.faults.status ?? refusal(nameId === undefined, context === undefined);
  const action = request?.acsUrl ?? serviceProvider.acsUrl;
  const options: ResponseOptions = {
    idp: state,
    sp: { entityId: serviceProvider.entityId, acsUrl: action },
    person: person ?? { subject: '', email: '', givenName: '', familyName: '' },
    request,
    now: state.now(),
    style: state.faults.style,
    response: { id: newId(), ...envelopeFaults(state.faults), ...(status && { statusCodes: status }) },
    assertion: null,
  };
  if (status || !person || !nameId) return posted(action, login, await write(state, login, options));
  const index = newId();
  const assertion = { nameId, authnStatements: [statement(state, login, index, context)] };
  const { authnAt, browser } = login;
  state.sessions.push({ index, serviceProvider: serviceProvider.entityId, person, nameId, authnAt, browser });
  const attributes = attributesOf(person, state.faults.attributeNames, state.faults.extraGroups);
  const honest: AssertionParts = { id: newId(), ...assertion, attributes };
  return posted(
    action,
    login,
    await write(state, login, { ...options, assertion: { ...honest, ...assertionFaults(state) } }),
  );
}

function nameIdFor(state: ProviderState, { request, serviceProvider }: Login, person: Person) {
  const format = state.faults.nameIdFormat ?? request?.nameIdFormat;
  return nameIdOf(person, format, state.entityId, serviceProvider.entityId);
}

/** The first class that was asked for and is offered; undefined when none is. */
function contextFor({ authnContext }: SamlFaults, asked: readonly string[]): string | null | undefined {
  if (authnContext !== undefined) return authnContext;
  return asked.length === 0 ? PASSWORD_CONTEXT : asked.find((each) => CONTEXTS.includes(each));
}

function refusal(lacksNameId: boolean, lacksContext: boolean): readonly string[] | undefined {
  if (lacksNameId) return [STATUS.requester, STATUS.invalidNameIdPolicy];
  return lacksContext ? [STATUS.responder, STATUS.noAuthnContext] : undefined;
}

function statement(state: ProviderState, login: Login, sessionIndex: string, context: string | null | undefined) {
  const { sessionSeconds } = state.faults;
  return {
    sessionIndex,
    authnInstant: login.authnAt,
    authnContextClassRef: context,
    ...(sessionSeconds !== undefined && {
      sessionNotOnOrAfter: new Date(state.now().getTime() + sessionSeconds * 1000),
    }),
  };
}

function envelopeFaults(faults: SamlFaults): NonNullable<ResponseOptions['response']> {
  return {
    ...(faults.wrongDestination && { destination: `${ELSEWHERE}/acs` }),
    ...(faults.wrongIssuer && { issuer: `${ELSEWHERE}/metadata` }),
    ...inResponseTo(faults),
  };
}

function inResponseTo(faults: SamlFaults): { inResponseTo?: string | null } {
  if (faults.omitInResponseTo) return { inResponseTo: null };
  return faults.wrongInResponseTo ? { inResponseTo: newId() } : {};
}

function assertionFaults(state: ProviderState): AssertionParts {
  const { faults } = state;
  const hoursAgo = (hours: number) => new Date(state.now().getTime() - hours * HOUR_MS);
  const over = faults.expired ? { notBefore: hoursAgo(2), notOnOrAfter: hoursAgo(1) } : {};
  return {
    ...(faults.wrongIssuer && { issuer: `${ELSEWHERE}/metadata` }),
    conditions: { ...over, ...(faults.wrongAudience && { audienceRestrictions: [[`${ELSEWHERE}/metadata`]] }) },
    subjectConfirmations: [
      {
        ...(faults.expired && { notOnOrAfter: hoursAgo(1) }),
        ...(faults.wrongRecipient && { recipient: `${ELSEWHERE}/acs` }),
        ...inResponseTo(faults),
      },
    ],
  };
}

/** Writes, signs the assertion, encrypts, signs the response: in the order that vendors do it. */
async function write(state: ProviderState, { serviceProvider }: Login, honest: ResponseOptions): Promise<string> {
  const { faults } = state;
  const signer = signerOf(state);
  const options = faults.edit ? faults.edit(honest) : honest;
  let xml = buildResponse(options);
  const [responseId, assertionId] = ['Response', 'Assertion'].map((name) => idOf(xml, name));
  const signsAssertion = assertionId !== undefined && (faults.sign === 'assertion' || faults.sign === 'both');
  // a response without an assertion, which says why there is none, is signed itself
  const signsResponse = faults.sign !== 'none' && (faults.sign !== 'assertion' || assertionId === undefined);
  if (signsAssertion) xml = await signElement(xml, { ...signer, id: assertionId });
  const isEncrypted = faults.encrypt !== false && assertionId !== undefined;
  if (isEncrypted && signsAssertion && faults.tamperAfterSigning) xml = tampered(xml, options.person);
  if (isEncrypted) xml = await encrypted(xml, faults, serviceProvider);
  if (faults.duplicateAssertion) xml = withSecondAssertion(xml, options);
  if (signsResponse && responseId !== undefined) xml = await signElement(xml, { ...signer, id: responseId });
  if (!faults.tamperAfterSigning || (isEncrypted && signsAssertion)) return xml;
  return isEncrypted ? xml.replace(/ IssueInstant="\d+/, ' IssueInstant="2001') : tampered(xml, options.person);
}

function idOf(xml: string, name: string): string | undefined {
  return elementsOf(xml).find(({ localName }) => localName === name)?.attributes['ID'];
}

function encrypted(xml: string, { encrypt }: SamlFaults, serviceProvider: ServiceProvider): Promise<string> {
  const certificate = serviceProvider.encryptionCertificate;
  if (!certificate) throw new Error('The service provider has no certificate to encrypt to');
  return encryptAssertion(xml, { ...encrypt, certificate });
}

/** @throws Error when there is nothing to tamper with: the test would prove nothing */
function tampered(xml: string, { email }: Person): string {
  const changed = xml.replaceAll(email, email.replace(/^[^@]*/, 'mallory'));
  if (changed === xml) throw new Error('The message holds no email address to tamper with');
  return changed;
}

function withSecondAssertion(xml: string, options: ResponseOptions): string {
  const mallory = { subject: 'mallory', email: 'mallory@acme.test', givenName: 'Mallory', familyName: 'Evil' };
  const [root] = elementsOf(xml);
  if (!root) return xml;
  return replaceRange(xml, root.contentEnd, root.contentEnd, buildAssertion({ ...options, person: mallory }));
}

function posted(action: string, { relayState }: Login, xml: string): LoginAnswer {
  return { action, SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState };
}

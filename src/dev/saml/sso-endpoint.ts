/** The single sign-on endpoint (SAML profiles §4.1): takes requests, asks who signs in, and answers. */
import { signInPage } from '#dev/sign-in-page.ts';
import { type ReceivedAuthnRequest, readAuthnRequest } from './authn-request.ts';
import { newId } from './document.ts';
import { answerLogin, type Login } from './login-answer.ts';
import { type ReceivedMessage, signatureState } from './message.ts';
import { PATHS } from './metadata-document.ts';
import { BINDINGS, STATUS } from './names.ts';
import { htmlReply, type Reply, stepReply } from './pages.ts';
import { type ProviderState, serviceProviderOf } from './provider-state.ts';
import { RefusedRequest } from './refused-request.ts';
import { type ServiceProvider, signingCertificatesOf } from './service-provider.ts';

type Pending = Pick<Login, 'serviceProvider' | 'request' | 'relayState'>;

export const BROWSER_COOKIE = 'saml_idp_session';

export class SsoEndpoint {
  /** Logins that wait for somebody's choice. */
  readonly #pending = new Map<string, Pending>();
  readonly #state: ProviderState;

  constructor(state: ProviderState) {
    this.#state = state;
  }

  /** @param browser value of the cookie. @throws RefusedRequest when the request can't be answered to anybody */
  async receive(message: ReceivedMessage, browser: string | undefined): Promise<Reply> {
    const state = this.#state;
    const { issuer } = readAuthnRequest(message, 'none');
    const serviceProvider = serviceProviderOf(state, issuer);
    const certificates = signingCertificatesOf(serviceProvider);
    // without a certificate a signature says nothing
    const signature = certificates.length > 0 ? await signatureState(message, certificates) : 'none';
    const request = readAuthnRequest(message, signature);
    state.requests.push(request);
    requireAnswerable(state, serviceProvider, request);
    const login = { serviceProvider, request, relayState: message.relayState };
    if (!request.isPassive) return this.#ask(login);
    const session = request.forceAuthn ? undefined : state.sessions.findLast((each) => each.browser === browser);
    const status = session ? undefined : [STATUS.responder, STATUS.noPassive];
    const authnAt = session?.authnAt ?? state.now();
    return this.#answer({ ...login, person: session?.person, status, authnAt, browser: browser ?? newId() });
  }

  /** A login that no service provider asked for (SAML profiles §4.1.5). */
  initiate(entityId: string, relayState: string | undefined): Reply {
    return this.#ask({ serviceProvider: serviceProviderOf(this.#state, entityId), relayState });
  }

  /** @param form `email` of somebody, or `cancel` */
  choose(uid: string, form: URLSearchParams, browser: string | undefined): Promise<Reply> {
    const pending = this.#pending.get(uid);
    if (!pending) throw new RefusedRequest('This sign-in is over. Start again.');
    this.#pending.delete(uid);
    const person = this.#state.people.find(({ email }) => email === form.get('email'));
    const status = person ? undefined : [STATUS.responder, STATUS.authnFailed];
    const authnAt = this.#state.now();
    return this.#answer({ ...pending, person, status, authnAt, browser: browser ?? newId() });
  }

  #ask(pending: Pending): Reply {
    const uid = newId();
    this.#pending.set(uid, pending);
    const { entityId, name } = pending.serviceProvider;
    const page = signInPage({
      action: PATHS.signIn + uid,
      clientId: entityId,
      clientName: name ?? entityId,
      people: this.#state.people,
    });
    return htmlReply(200, page);
  }

  async #answer(login: Login): Promise<Reply> {
    const { action, SAMLResponse, RelayState } = await answerLogin(this.#state, login);
    const form = new URLSearchParams({ SAMLResponse, ...(RelayState !== undefined && { RelayState }) });
    const cookie = `${BROWSER_COOKIE}=${login.browser}; HttpOnly; SameSite=Lax; Path=/`;
    return stepReply({ binding: 'post', action, form }, { 'set-cookie': cookie });
  }
}

function requireAnswerable(state: ProviderState, sp: ServiceProvider, request: ReceivedAuthnRequest): void {
  const { signature, acsUrl, destination, protocolBinding } = request;
  const wantsSigned = sp.authnRequestsSigned || state.faults.wantAuthnRequestsSigned;
  if (signature === 'bad' || (wantsSigned && signature !== 'good')) {
    throw new RefusedRequest(`The request is not signed well: ${signature}`);
  }
  if (acsUrl !== undefined && acsUrl !== sp.acsUrl && !sp.otherAcsUrls?.includes(acsUrl)) {
    throw new RefusedRequest('The request names a consumer service that is not registered');
  }
  if (destination !== undefined && destination !== state.origin + PATHS.sso) {
    throw new RefusedRequest('The request was sent to somebody else');
  }
  if (protocolBinding !== undefined && protocolBinding !== BINDINGS.post) {
    throw new RefusedRequest('Answers are posted, and by no other binding');
  }
}

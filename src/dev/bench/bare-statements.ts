/**
 * The physical limit: the product's own prepared statements, with values as they are in a real login, from
 * this process through a pool of the same size; no HTTP, no JWT, no sealing, no identity provider.
 */

import type { Sql } from 'postgres';
import { claimAuthenticationRequest, insertAuthenticationRequest } from '#ports/db/authentication-requests.ts';
import type { Database } from '#ports/db/client.ts';
import { readOrganizationConnections } from '#ports/db/connections.ts';
import { type LoginWrite, writeLogin } from '#ports/db/logins.ts';
import { type Candidate, readCandidates, readSessionRecord } from '#ports/db/profiles.ts';
import type { Connection } from '#ports/db/schema.ts';
import { rotateRefreshToken } from '#ports/db/sessions.ts';
import { createId } from '#ports/keys/identifier.ts';
import { randomToken } from '#ports/keys/random.ts';
import { emailOf, subjectOf } from './population.ts';
import { CONNECTION, EMAIL_DOMAIN, ORGANIZATION } from './server.ts';

/** What the statements of a login that the server finished were given. */
type Sample = Pick<
  LoginWrite,
  'checks' | 'sealedAnswer' | 'findings' | 'sealedClaims' | 'emailDigest' | 'subjectDigest' | 'isTest'
> & {
  readonly sealed: string;
};

export interface BareStatements {
  /** The two statements of a start and the three of a finish, in their order. @returns the session's id */
  login(person: number): Promise<string>;
  /** The one of a rotation; each worker has a chain of its own, which `login` begins. */
  refresh(worker: number): Promise<void>;
  /** The one of an authenticated read. */
  read(sessionId: string): Promise<void>;
}

interface Link {
  readonly tokenDigest: string;
  readonly accessTokenId: string;
}

const ORIGIN = { address: '127.0.0.1', userAgent: `Bun/${Bun.version}` };
const DAY_SECONDS = 86_400;

/** @param sql to take the sample with; the server has to have finished a login before */
export async function createBareStatements(db: Database, sql: Sql): Promise<BareStatements> {
  const sample = await takeSample(sql);
  const chains = new Map<number, Link>();

  /** @param link what the login's refresh token is to be */
  async function login(person: number, link: Link): Promise<string> {
    const connection = await readConnection(db);
    const { id, organizationId } = connection;
    const requestId = createId(new Date());
    const stateDigest = digest();
    await insertAuthenticationRequest(db, newRequest(requestId, stateDigest, connection, sample.sealed));
    const digests = { stateDigest, callbackDigest: digest(), apiKeyDigest: null, repeatSeconds: 60 };
    const { claimed } = await claimAuthenticationRequest(db, digests);
    const subject = subjectOf(person);
    const identity = { connectionId: id, subject, organizationId, email: emailOf(person), domain: EMAIL_DOMAIN };
    const { known } = await readCandidates(db, {
      ...identity,
      apiKeyId: null,
      requestId,
      logoutKeys: [`sub:${subject}`],
    });
    if (!claimed || !known) throw new Error('the bare statements need a person who is known');
    const write = loginWrite(known, connection, requestId, sample, link);
    if (!(await writeLogin(db, write))) throw new Error('a bare login was not written');
    return write.sessionId;
  }

  async function beginChain(worker: number): Promise<Link> {
    const link = newLink();
    await login(worker, link);
    return link;
  }

  return {
    login: (person) => login(person, newLink()),
    async refresh(worker) {
      const last = chains.get(worker) ?? (await beginChain(worker));
      const next = newLink();
      const { verdict } = await rotateRefreshToken(db, {
        ...ORIGIN,
        requestId: createId(new Date()),
        tokenDigest: last.tokenDigest,
        lastAccessTokenId: last.accessTokenId,
        graceSeconds: 10,
        idleSeconds: 7 * DAY_SECONDS,
        newTokenId: createId(new Date()),
        newTokenDigest: next.tokenDigest,
        newAccessTokenId: next.accessTokenId,
        sealedSuccessor: sample.sealedAnswer,
        auditId: createId(new Date()),
      });
      if (verdict !== 'rotated') throw new Error(`a bare rotation answered ${verdict}`);
      chains.set(worker, next);
    },
    async read(sessionId) {
      if (!(await readSessionRecord(db, sessionId))) throw new Error('a bare read found no session');
    },
  };
}

async function takeSample(sql: Sql): Promise<Sample> {
  const [row] = await sql<Sample[]>`
    select l.checks, l.findings, l.sealed_claims as "sealedClaims", l.email_digest as "emailDigest", l.subject_digest as "subjectDigest", l.is_test as "isTest", r.sealed_answer as "sealedAnswer", r.sealed_code_verifier as sealed
    from logins l join authentication_requests r on r.id = l.authentication_request_id
    where l.outcome = 'succeeded' and l.dialect = 'applivery' limit 1`;
  if (!row) throw new Error('no finished login to take a sample from');
  return row;
}

async function readConnection(db: Database): Promise<Connection> {
  const found = await readOrganizationConnections(db, ORGANIZATION);
  const connection = found?.connections.find(({ slug }) => slug === CONNECTION);
  if (!connection) throw new Error('the seed was not applied');
  return connection;
}

function newRequest(id: string, stateDigest: string, connection: Connection, sealed: string) {
  return {
    id,
    stateDigest,
    sealedNonce: sealed,
    sealedCodeVerifier: sealed,
    connectionId: connection.id,
    connectionVersion: connection.version,
    organizationId: connection.organizationId,
    dialect: 'applivery',
    apiKeyId: null,
    redirectUri: connection.redirectUris[0] ?? '',
    loginHint: null,
    browserDigest: null,
    lifeSeconds: 600,
  } as const;
}

function loginWrite(
  { user, membership, identity }: Candidate,
  connection: Connection,
  authenticationRequestId: string,
  sample: Sample,
  link: Link,
): LoginWrite {
  const now = new Date();
  return {
    ...ORIGIN,
    ...sample,
    requestId: createId(now),
    authenticationRequestId,
    organizationId: connection.organizationId,
    connectionId: connection.id,
    connectionVersion: connection.version,
    dialect: 'applivery',
    target: connection.target,
    apiKeyId: null,
    userId: user.id,
    email: user.email,
    emailVerified: user.emailVerified,
    firstName: user.firstName,
    lastName: user.lastName,
    fullName: user.fullName,
    picture: user.picture,
    language: user.language,
    lastLogin: { [connection.target]: now.toISOString() },
    membershipId: membership?.id ?? createId(now),
    membershipEmail: user.email,
    role: membership?.role ?? connection.defaultRole,
    roleByRule: false,
    groups: [],
    identityId: identity?.id ?? createId(now),
    subject: identity?.subject ?? '',
    claimedEmail: user.email,
    sessionId: createId(now),
    providerSessionId: null,
    nameId: null,
    sealedIdToken: null,
    logoutKeys: [`sub:${identity?.subject}`],
    idleSeconds: null,
    otherSessions: 49,
    sessionSeconds: 30 * DAY_SECONDS,
    sessionNotAfter: null,
    refreshTokenId: createId(now),
    refreshTokenDigest: link.tokenDigest,
    refreshTokenSeconds: 7 * DAY_SECONDS,
    accessTokenId: link.accessTokenId,
    loginId: createId(now),
    durationMs: 20,
    auditId: createId(now),
    provisioning: 'known',
  };
}

function newLink(): Link {
  return { tokenDigest: digest(), accessTokenId: randomToken(16) };
}

/** As long as a digest, and as random. */
function digest(): string {
  return randomToken(32);
}

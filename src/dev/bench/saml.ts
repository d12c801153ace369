/**
 * What the verification of a SAML response costs, beside `@node-saml/node-saml` on the same documents in the same run,
 * and how long hostile documents hold up the main thread. Alone: `bun src/dev/bench/saml.ts [--quick]`.
 *
 * Ours is measured as the server uses it: through the worker pool, from the base64 of the form to plain data. Theirs
 * verifies on the main thread, as it is meant to be used, and checks dates and audience along with it.
 */
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { Checks } from '#core/checks.ts';
import { pemOf } from '#dev/saml/signing-key.ts';
import { SsoError } from '#error';
import { createPooledVerifier } from '#ports/idp/saml/pooled-verifier.ts';
import type { SamlVerifier } from '#ports/idp/saml/verifier.ts';
import { applyLoad, median, type Operation, percentile, timed } from './load.ts';
import {
  createDocuments,
  IDENTITY_PROVIDER,
  type SamlDocument,
  type SamlDocuments,
  SERVICE,
} from './saml-documents.ts';
import { formatSaml } from './saml-report.ts';
import { watchStalls } from './stall.ts';

const CONCURRENCY = 16;
const ROUNDS = 3;
/** So many times each; the longest time counts. */
const HOSTILE_RUNS = 40;

/** Milliseconds but for the rate. */
export interface Verification {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of this process each, its workers included. */
  readonly processor: number;
  /** The longest of the main thread's event loop. */
  readonly stall: number;
}

export interface HonestFigures {
  readonly name: string;
  readonly bytes: number;
  readonly ours: Verification;
  readonly theirs: Verification;
}

export interface HostileFigures {
  readonly name: string;
  readonly bytes: number;
  /** The reason of the refusal. */
  readonly outcome: string;
  /** Milliseconds of the main thread in one piece, and until the answer. */
  readonly mainThread: number;
  readonly answer: number;
  readonly stall: number;
}

export interface SamlFigures {
  readonly honest: readonly HonestFigures[];
  readonly hostile: readonly HostileFigures[];
}

/** @param roundMs length of each of the three rounds a row */
export async function measureSaml(roundMs: number): Promise<SamlFigures> {
  const documents = await createDocuments();
  const verifier = createPooledVerifier();
  try {
    const honest: HonestFigures[] = [];
    for (const document of documents.honest) honest.push(await compare(document, documents, verifier, roundMs));
    const hostile: HostileFigures[] = [];
    for (const document of documents.hostile) hostile.push(await endure(document, documents, verifier));
    return { honest, hostile };
  } finally {
    await verifier.close();
  }
}

async function compare(
  { name, bytes }: SamlDocument,
  { key, policy }: SamlDocuments,
  verifier: SamlVerifier,
  roundMs: number,
): Promise<HonestFigures> {
  const form = bytes.toBase64();
  const peer = createPeer(pemOf('CERTIFICATE', key.certificate));
  const operations: Record<'ours' | 'theirs', Operation> = {
    ours: timed(async (worker) => {
      const message = Uint8Array.fromBase64(form);
      const { assertion } = await verifier.verifyResponse(message, policy, `organization ${worker}`, new Checks());
      if (assertion.issuer !== IDENTITY_PROVIDER) throw new Error('another assertion');
    }),
    theirs: timed(async () => {
      const { profile } = await peer.validatePostResponseAsync({ SAMLResponse: form });
      if (profile?.issuer !== IDENTITY_PROVIDER) throw new Error('another profile');
    }),
  };
  const rounds: Record<'ours' | 'theirs', Verification[]> = { ours: [], theirs: [] };
  for (const operation of Object.values(operations)) await round(operation, roundMs / 2);
  for (let count = 0; count < ROUNDS; count++) {
    rounds.ours.push(await round(operations.ours, roundMs));
    rounds.theirs.push(await round(operations.theirs, roundMs));
  }
  return { name, bytes: bytes.length, ours: combine(rounds.ours), theirs: combine(rounds.theirs) };
}

function createPeer(certificate: string): SAML {
  return new SAML({
    idpCert: certificate,
    issuer: SERVICE.entityId,
    callbackUrl: SERVICE.acsUrl,
    audience: SERVICE.entityId,
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: true,
    validateInResponseTo: ValidateInResponseTo.never,
    acceptedClockSkewMs: 180_000,
  });
}

async function round(operation: Operation, milliseconds: number): Promise<Verification> {
  const watch = watchStalls();
  const before = process.cpuUsage();
  const run = await applyLoad(operation, { concurrency: CONCURRENCY, milliseconds, operations: 1_000_000 });
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: (run.operations * 1000) / run.milliseconds,
    p50: percentile(run.latencies, 0.5),
    p99: percentile(run.latencies, 0.99),
    processor: (user + system) / 1000 / run.operations,
    stall: watch.stop(),
  };
}

/** Medians, but of stalls the longest. */
function combine(rounds: readonly Verification[]): Verification {
  const middle = (figure: keyof Verification) => median(rounds.map((each) => each[figure]));
  return {
    perSecond: middle('perSecond'),
    p50: middle('p50'),
    p99: middle('p99'),
    processor: middle('processor'),
    stall: Math.max(...rounds.map(({ stall }) => stall)),
  };
}

async function endure(
  { name, bytes }: SamlDocument,
  { policy }: SamlDocuments,
  verifier: SamlVerifier,
): Promise<HostileFigures> {
  const pieces: number[] = [];
  const answers: number[] = [];
  let outcome = '';
  const watch = watchStalls();
  for (let count = 0; count < HOSTILE_RUNS; count++) {
    const startedAt = performance.now();
    const verification = verifier.verifyResponse(bytes, policy, 'hostile', new Checks());
    pieces.push(performance.now() - startedAt);
    outcome = await verification.then(() => 'ACCEPTED', reasonOf);
    answers.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const stall = watch.stop();
  const [mainThread, answer] = [Math.max(...pieces), Math.max(...answers)];
  return { name, bytes: bytes.length, outcome, mainThread, answer, stall };
}

function reasonOf(error: unknown): string {
  if (error instanceof SsoError) return error.code;
  throw error;
}

if (import.meta.main) {
  const figures = await measureSaml(process.argv.includes('--quick') ? 700 : 3_000);
  console.log(formatSaml(figures).join('\n'));
}

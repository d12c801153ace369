/** `vestibule audit …`: whether the audit is what was written. */
import { type ChainFault, type Verification, verifyAudit } from '#core/audit-verification.ts';
import { type Command, type Given, MisuseError, type Outcome, optionOf } from './command.ts';
import { instantOf } from './input.ts';

const HASH = /^[0-9a-f]{64}$/i;

const verify: Command = {
  name: 'audit verify',
  summary: 'Walk the chain of the audit, and name the first event that was changed, removed, inserted or moved.',
  options: {
    since: {
      value: 'TIME',
      description: 'begin with the first event of this time, such as 2026-11-01 or 2026-11-01T12:00:00Z',
    },
    anchor: {
      value: 'HASH',
      description:
        'the hash of a head that was kept elsewhere, which has to stand in the chain: without one, a chain that was written anew as a whole is not found',
    },
  },
  examples: [
    'audit verify',
    'audit verify --since 2026-11-01 --json',
    'audit verify --anchor 5f2c1d9b0a7e4c3f8d6b2a19e0c4f7d85b3a6e1f9c2d4b7a0e8f3c6d1a5b9e27',
  ],
  exitCodes: { 1: 'the audit is not what was written, or could not be read' },
  async run(ports, given) {
    const since = optionOf(given, 'since');
    const verification = await verifyAudit(ports, {
      since: since === undefined ? undefined : instantOf(since, 'since'),
      anchor: anchorOf(given),
    });
    return outcomeOf(verification);
  },
};

function anchorOf(given: Given): string | undefined {
  const anchor = optionOf(given, 'anchor');
  if (anchor !== undefined && !HASH.test(anchor))
    throw new MisuseError([{ at: '--anchor', detail: 'Expected 64 hex digits, as the head has them' }]);
  return anchor;
}

function outcomeOf(verification: Verification): Outcome {
  const { fault, verified, head, droppedMonths, tail } = verification;
  const dropped = droppedMonths.map(({ month }) => month).join(', ');
  const oldest = tail.oldest ? `, the oldest of ${tail.oldest.toISOString()}` : '';
  return {
    value: { ok: fault === undefined, ...verification },
    lines: [
      fault ? sentenceOf(fault) : 'The audit is what was written.',
      `${verified} events are good, up to position ${head.position} (${head.hash}).`,
      ...(tail.count > 0 ? [`${tail.count} events are not chained yet${oldest}: nothing can be said of them.`] : []),
      ...(dropped ? [`Dropped when their time was over: ${dropped}.`] : []),
    ],
    exitCode: fault ? 1 : 0,
  };
}

const SENTENCES: Readonly<Record<ChainFault['kind'], string>> = {
  changed: 'was changed',
  removed: 'was removed',
  inserted: 'was inserted',
  reordered: 'does not follow the one before it: moved, or its record was changed',
  anchor_missing: '',
};

function sentenceOf({ kind, position, eventId, createdAt }: ChainFault): string {
  if (kind === 'anchor_missing') {
    return 'The anchor does not stand in the chain: it was cut off or written anew, or the anchor is older than what was walked.';
  }
  const where = position === undefined ? 'behind the last record' : `at position ${position}`;
  const event = eventId ? `event ${eventId}${createdAt ? ` of ${createdAt.toISOString()}` : ''}` : 'an event';
  return `NOT what was written: ${where}, ${event} ${SENTENCES[kind]}.`;
}

export const auditCommands: readonly Command[] = [verify];

/** The SAML part of the report, for people. */
import type { SamlFigures, Verification } from './saml.ts';
import { align, fixed } from './table.ts';

const RATES = [
  'SAML response verified',
  'bytes',
  'per second',
  'p50 ms',
  'p99 ms',
  'processor ms',
  'stall ms',
  'ratio',
];
const HOSTILE = ['Hostile SAML response', 'bytes', 'main thread ms', 'answer ms', 'stall ms', 'reason'];

export function formatSaml({ honest, hostile }: SamlFigures): string[] {
  const rates = honest.flatMap(({ name, bytes, ours, theirs }) => [
    [name, String(bytes), ...cells(ours), `${fixed(ours.perSecond / theirs.perSecond, 1)} times`],
    [`${name}, @node-saml/node-saml`, String(bytes), ...cells(theirs), ''],
  ]);
  const worst = hostile.map(({ name, bytes, outcome, mainThread, answer, stall }) => [
    name,
    String(bytes),
    fixed(mainThread, 2),
    fixed(answer, 1),
    fixed(stall, 1),
    outcome,
  ]);
  return [
    ...align([RATES, ...rates]),
    '',
    '16 under way; ours through the worker pool. processor ms: of all threads, each. stall ms: the longest of the main thread’s event loop.',
    '',
    ...align([HOSTILE, ...worst]),
    '',
    'main thread ms: the longest that one message kept it busy in one piece.',
  ];
}

function cells({ perSecond, p50, p99, processor, stall }: Verification): string[] {
  return [fixed(perSecond, 0), fixed(p50, 1), fixed(p99, 1), fixed(processor, 2), fixed(stall, 1)];
}

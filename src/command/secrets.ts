/** `vestibule secrets …`: what is sealed under which key, and the last step of a change of `SECRETS_KEY`. */
import { readSecretsState, rotateSecrets, type SecretsState } from '#core/secrets.ts';
import { type Command, columns, YES } from './command.ts';

const status: Command = {
  name: 'secrets status',
  summary: 'Show how many secrets are sealed under which key.',
  options: {},
  examples: ['secrets status'],
  exitCodes: { 1: 'something is sealed under another key, or it failed' },
  async run(ports) {
    const state = await readSecretsState(ports);
    return { value: state, lines: linesOf(state), exitCode: exitCodeOf(state) };
  },
};

const rotate: Command = {
  name: 'secrets rotate',
  summary: 'Seal every secret under SECRETS_KEY that a key of SECRETS_KEY_PREVIOUS sealed.',
  options: { 'dry-run': { description: 'change nothing: the same as secrets status' }, ...YES },
  examples: ['secrets rotate', 'secrets rotate --dry-run', 'secrets rotate --yes --json'],
  exitCodes: { 1: 'something is still sealed under another key, or it failed' },
  async warn(ports, given) {
    return given.flags['dry-run'] ? [] : warningOf(await readSecretsState(ports));
  },
  async run(ports, given, means) {
    if (given.flags['dry-run']) return status.run(ports, given, means);
    const rotation = await rotateSecrets(ports);
    const rows = rotation.tables.map((table) => [
      table.table,
      String(table.resealed),
      String(table.changedMeanwhile),
      String(table.unopened),
    ]);
    const table = columns(['table', 'sealed anew', 'changed meanwhile', 'not opened'], rows);
    return { value: rotation, lines: [...table, '', ...linesOf(rotation)], exitCode: exitCodeOf(rotation) };
  },
};

/**
 * A key that has sealed nothing yet may be the servers' next one, or a typing error: under that, everything would be
 * sealed with a key that no server has.
 */
function warningOf({ sealing, sealed, remaining }: SecretsState): string[] {
  if (remaining === 0 || sealed.some(({ keyId }) => keyId === sealing)) return [];
  return [
    `Nothing in this database is sealed under SECRETS_KEY (${sealing}) yet: no server has used it.`,
    `${remaining} values would be sealed under it, and open with nothing else.`,
  ];
}

/** 1 while the previous keys are still needed, or something opens with none. */
const exitCodeOf = ({ remaining }: SecretsState) => (remaining > 0 ? 1 : 0);

function linesOf({ sealing, opening, sealed, remaining }: SecretsState): string[] {
  const roleOf = (keyId: string) => {
    if (keyId === sealing) return 'SECRETS_KEY';
    return opening.includes(keyId) ? 'SECRETS_KEY_PREVIOUS' : 'not given';
  };
  const rows = sealed.map(({ table, column, keyId, count }) => [table, column, keyId, roleOf(keyId), String(count)]);
  const verdict = remaining > 0 ? `${remaining} are not under SECRETS_KEY.` : 'All are under SECRETS_KEY.';
  return [...columns(['table', 'column', 'key', '', 'values'], rows), '', verdict];
}

export const secretsCommands: readonly Command[] = [status, rotate];

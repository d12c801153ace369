/** `vestibule keys …`: our signing keys and their rotation, as `/admin/v1/signing-keys` shows them. */
import { listSigningKeys, type RotationMode, rotateSigningKeys } from '#core/signing-keys.ts';
import { LEAD_SECONDS } from '#ports/keys/rotation.ts';
import { assertUsable } from '#ports/start-check.ts';
import { presentRotation, presentSigningKey, rotationMode } from '#routes/admin/signing-key-resources.ts';
import { type Command, columns, type Outcome, YES } from './command.ts';

const list: Command = {
  name: 'keys list',
  summary: 'Show the signing keys.',
  options: {},
  examples: ['keys list', 'keys list --json'],
  async run(ports) {
    await assertUsable(ports);
    const items = (await listSigningKeys(ports)).map(presentSigningKey);
    const rows = items.map((key) => [
      key.kid,
      key.algorithm,
      key.status,
      key.createdAt,
      key.activatedAt ?? '',
      key.rotatesAt ?? '',
      key.opens === false ? 'does not open' : '',
    ]);
    const headings = ['kid', 'algorithm', 'status', 'created', 'activated', 'rotates', ''];
    return { value: { items }, lines: columns(headings, rows) };
  },
};

const WARNINGS: Readonly<Record<RotationMode, readonly string[]>> = {
  'when-ready': [],
  force: [
    `The next key signs from now on. Who keeps a copy of the key set that lacks it refuses our tokens until the copy is over, ${LEAD_SECONDS} seconds at most.`,
  ],
  compromised: ['Every signing key is removed, and all that they signed is refused: everybody signs in again.'],
};

const rotate: Command = {
  name: 'keys rotate',
  summary: 'Retire the key that signs, as soon as the next one is known everywhere.',
  options: {
    force: { description: 'now, although copies of the key set may not hold the next key yet' },
    compromised: { description: 'now, and remove every key: all that they signed is refused' },
    ...YES,
  },
  examples: ['keys rotate', 'keys rotate --force --yes', 'keys rotate --compromised'],
  async warn(_ports, given) {
    return WARNINGS[rotationMode(given.flags)];
  },
  async run(ports, given) {
    // a key sealed under another SECRETS_KEY than the servers' would sign nowhere
    await assertUsable(ports);
    // the call came in when the process began
    const rotation = presentRotation(await rotateSigningKeys(ports, rotationMode(given.flags), { startedAt: 0 }));
    return { value: rotation, lines: linesOf(rotation) };
  },
};

function linesOf(rotation: ReturnType<typeof presentRotation>): Outcome['lines'] {
  const { outcome, retired, active, next, rotatesAt, warning } = rotation;
  if (outcome === 'pending') {
    return [
      `${active} signs until ${rotatesAt ?? 'the next key is known everywhere'}, then ${next ?? 'the next key'} does.`,
    ];
  }
  return [
    `${active} signs now.`,
    ...retired.map((kid) => `${kid} signs no more.`),
    ...(next ? [`${next} is published and will sign next.`] : []),
    ...(warning ? [`Warning: ${warning}`] : []),
  ];
}

export const keysCommands: readonly Command[] = [list, rotate];

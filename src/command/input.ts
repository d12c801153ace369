/** What a command is given beside its options: files, standard input, and values that a model checks. */
import { readFile } from 'node:fs/promises';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { listOrganizations, readOrganization } from '#ports/db/organizations.ts';
import type { Organization } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { MisuseError } from './command.ts';

/** @param path `-` is standard input @throws MisuseError when it can't be read */
export async function readInput(path: string): Promise<string> {
  try {
    if (path !== '-') return await readFile(path, 'utf8');
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new MisuseError(`${path} could not be read (${code}).`);
  }
}

/** @param names options by the member that they set @throws MisuseError naming each option that is wrong */
export function checked<Model extends TSchema>(
  model: Model,
  members: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>> = {},
): Static<Model> {
  const value = Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
  const wrong = new Map<string, string>();
  for (const { path, message } of Value.Errors(model, value)) {
    const [, member = ''] = path.split('/');
    const option = names[member] ?? (member ? path : 'the file');
    if (!wrong.has(option)) wrong.set(option, message.replace(/^Expected required property$/, 'is needed'));
  }
  if (wrong.size === 0) return value as Static<Model>;
  throw new MisuseError([...wrong].map(([option, message]) => `${option}: ${message}`).join('\n'));
}

/** A time of an option. @throws MisuseError */
export function instantOf(text: string | undefined, option: string): Date | undefined {
  if (text === undefined) return undefined;
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new MisuseError(`--${option} is no time: write it as 2026-11-01 or 2026-11-01T12:00:00Z.`);
}

/** @param name slug or id @throws MisuseError when there is none */
export async function organizationOf({ db }: Pick<Ports, 'db'>, name: string | undefined): Promise<Organization> {
  if (name === undefined) throw new MisuseError('--organization is missing: its slug or id.');
  const [bySlug] = await listOrganizations(db, { slug: name, limit: 1 });
  const found = bySlug ?? (await readOrganization(db, name));
  if (found) return found;
  throw new MisuseError('There is no such organization: vestibule organizations list shows them.');
}

/** What the audit says of where a change came from. */
export function commandOrigin({ clock }: Pick<Ports, 'clock'>): AdminOrigin {
  return { address: null, userAgent: 'vestibule command line', requestId: createId(clock.now()), actorId: null };
}

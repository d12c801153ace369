/** What a command is given beside its options: files and standard input; and texts that mean numbers or times. */
import { readFile } from 'node:fs/promises';
import { MisuseError } from './command.ts';

let inputIsRead = false;

/** @param path `-` is standard input @throws MisuseError when it can't be read */
export async function readInput(path: string): Promise<string> {
  try {
    if (path !== '-') return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new MisuseError(`${path} could not be read (${code}).`);
  }
  if (inputIsRead) throw new MisuseError('Standard input can be one file only.');
  inputIsRead = true;
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** The file of `--from`. @throws MisuseError */
export async function readObject(path: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readInput(path));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (error instanceof MisuseError) throw error;
  }
  throw new MisuseError([{ at: '--from', detail: 'Expected a file with one JSON object' }]);
}

const TIME = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A day is its first moment in UTC. @throws MisuseError */
export function instantOf(text: string, option: string): Date {
  const [, day = '', time] = TIME.exec(text) ?? [];
  const instant = new Date(text);
  // a day that no calendar has would be one of the next month
  const isDay = !Number.isNaN(instant.getTime()) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  if (day && isDay && (time || text === day)) return instant;
  throw new MisuseError([{ at: `--${option}`, detail: 'Expected a time such as 2026-11-01 or 2026-11-01T12:00:00Z' }]);
}

/** @throws MisuseError */
export function numberOf(text: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new MisuseError([{ at: `--${option}`, detail: 'Expected a whole number from 1' }]);
}

/** The log: one JSON line an event on standard output (pino), with what must not be written taken out. */
import pino, { type DestinationStream } from 'pino';

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;

export function createLog(level: string, destination?: DestinationStream | undefined): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Name, code and place of an error. Messages of libraries may hold values, so ours are the only ones kept. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const detail = 'detail' in error && error.name === 'SsoError' ? error.detail : undefined;
  // only the frames: a message may have several lines, and hold values
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  const at = frames?.slice(0, 6).map((line) => line.trim());
  return {
    name: error.name,
    code,
    detail,
    at,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}

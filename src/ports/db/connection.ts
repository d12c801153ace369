/**
 * One connection to Postgres: a client of the driver's that connects once and never again. The driver's own way of coming
 * back has two faults: a connection that ends while something waits to be written to it stays mute for ever after, and one
 * that is closed before it has greeted is tried again without a pause.
 */
import { connect, type Socket } from 'node:net';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

export interface ConnectionOptions {
  readonly url: string;
  readonly prepare: boolean;
}

export interface Connection {
  readonly client: Sql;
  readonly query: PostgresJsDatabase;
  /** Whether it has ended (by a failure, by the server, after a minute without work), or is not to be used again. */
  isOver(): boolean;
  /** What it was given last. */
  latest(): Promise<unknown> | undefined;
  /** Asks the server to stop what it is at. @returns false when the statement was not handed over yet */
  cancel(pending: Promise<unknown>): boolean;
  /** What it is at may go on for so long. */
  close(seconds: number): Promise<void>;
}

/** Where the driver wants to connect to; of several hosts in the URL the n-th connection takes the n-th. */
interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
}

let opened = 0;

export function openConnection({ url, prepare }: ConnectionOptions): Connection {
  const number = opened++;
  let isOver = false;
  // the driver opens a connection of its own for each cancellation
  let connectionsLeft = 1;
  const client = postgres(url, {
    max: 1,
    prepare,
    connect_timeout: 2,
    idle_timeout: 60,
    // Drizzle reads arrays itself; and a connection that breaks while the driver asks for its types ends the process
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      isOver = true;
    },
    // missing in the driver's types
    ...{
      socket(address: Address) {
        if (connectionsLeft-- <= 0) throw Object.assign(new Error('connected once'), { code: 'CONNECTION_CLOSED' });
        return openSocket(address, number);
      },
    },
  });
  let latest: Promise<unknown> | undefined;
  const remember = <Pending extends Promise<unknown>>(pending: Pending): Pending => {
    latest = pending;
    return pending;
  };
  const { unsafe } = client;
  client.unsafe = (...statement) => remember(unsafe(...statement));
  return {
    client,
    query: drizzle(client),
    isOver: () => isOver,
    latest: () => latest,
    cancel(pending) {
      connectionsLeft += 1;
      // a cancellation that comes late would end the next statement
      isOver = true;
      return cancel(pending);
    },
    close: (seconds) => client.end({ timeout: seconds }).catch(() => {}),
  };
}

function openSocket({ host, port, path }: Address, number: number): Socket {
  if (path) return connect({ path });
  const to = { host: host[number % host.length] ?? 'localhost', port: port[number % port.length] ?? 5432 };
  // the driver takes the name for TLS from the socket
  return Object.assign(connect(to), to);
}

/**
 * The driver's own `cancel()` without its two faults: it drops the promise of a cancellation, so that one which can't reach
 * the server would end the process; and a statement whose connection is still being made would take that along.
 */
function cancel(pending: Promise<unknown>): boolean {
  const canceller: unknown = Reflect.get(pending, 'canceller');
  if (Reflect.get(pending, 'active') !== true || typeof canceller !== 'function') return false;
  Promise.resolve(canceller(pending)).catch(() => {});
  return true;
}

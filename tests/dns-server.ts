/** A name server on loopback, over UDP and for real, that says what a test wants. */
import dns2 from 'dns2';

const { Packet } = dns2;

/** TXT records, each a list of strings; a CNAME; or an answer that is none. */
export type Zone = Record<string, readonly (readonly string[])[] | { cname: string } | 'SERVFAIL' | 'silence'>;

export interface NameServer {
  /** `address:port`. */
  readonly address: string;
  /** Names in lower case. What is not here does not exist (NXDOMAIN). */
  zone: Zone;
  /** Names that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

const NXDOMAIN = 3;
const SERVFAIL = 2;

export async function startNameServer(): Promise<NameServer> {
  const asked: string[] = [];
  const server = dns2.createServer({
    udp: true,
    handle(request, send) {
      const response = Packet.createResponseFromRequest(request);
      const name = String(request.questions[0]?.name).toLowerCase();
      asked.push(name);
      const entry = answer(running.zone, name, response);
      if (entry === 'SERVFAIL') response.header.rcode = SERVFAIL;
      if (entry === undefined) response.header.rcode = NXDOMAIN;
      if (entry !== 'silence') send(response);
    },
  });
  const { udp } = await server.listen({ udp: { port: 0, address: '127.0.0.1' } });
  const running: NameServer = {
    address: `127.0.0.1:${udp?.port}`,
    zone: {},
    asked,
    close: async () => void (await server.close()),
  };
  return running;
}

/** As a recursive resolver does: the aliases on the way, and the records at their end. */
function answer(zone: Zone, name: string, response: InstanceType<typeof Packet>): Zone[string] | undefined {
  const entry = zone[name];
  if (entry === undefined || typeof entry === 'string') return entry;
  const record = { name, class: Packet.CLASS.IN, ttl: 60 };
  const push = (members: object) => response.answers.push(Object.assign(new Packet.Resource(), record, members));
  if ('cname' in entry) {
    push({ type: Packet.TYPE.CNAME, domain: entry.cname });
    return answer(zone, entry.cname, response);
  }
  for (const strings of entry) push({ type: Packet.TYPE.TXT, data: [...strings] });
  return entry;
}

/** The proxy before a server: it stops in the middle of an answer. */
import { type Link, openProxy, type Taps, type TcpProxy } from '#tests/faults/proxy.ts';

export interface AnswerPoint {
  /** The start of the request: method and path. */
  readonly request: string;
  /** How many bytes of the answer the client gets before anything happens. */
  readonly bytes: number;
  /** The rest of the answer waits for it. */
  readonly act: (link: Link) => unknown;
}

export interface Front extends TcpProxy {
  /** Sets a point in the next answer to such a request. @returns when it was reached, and `act` is done */
  at(point: AnswerPoint): Promise<void>;
}

interface SetPoint extends AnswerPoint {
  readonly reached: PromiseWithResolvers<void>;
}

export async function openFront(port: number): Promise<Front> {
  let point: SetPoint | undefined;
  const proxy = await openProxy({ port }, (link): Taps => {
    let pending: SetPoint | undefined;
    return {
      async request(chunk, pass) {
        if (point && chunk.toString('latin1').startsWith(point.request)) {
          pending = point;
          point = undefined;
        }
        await pass(chunk);
      },
      async answer(chunk, pass) {
        const due = pending;
        if (!due) return pass(chunk);
        pending = undefined;
        await pass(chunk.subarray(0, due.bytes));
        await due.act(link);
        due.reached.resolve();
        await pass(chunk.subarray(due.bytes));
      },
    };
  });
  return {
    ...proxy,
    at(wanted) {
      const reached = Promise.withResolvers<void>();
      point = { ...wanted, reached };
      return reached.promise;
    },
  };
}

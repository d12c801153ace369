/** Cuts a byte stream into messages of the PostgreSQL protocol ("Message Formats" in its manual). */

export interface Message {
  /** The type byte as a letter; empty for what a connection begins with. */
  readonly type: string;
  /** The whole message, its head included. */
  readonly bytes: Buffer;
}

/** What comes before the startup message when a client asks for encryption: SSLRequest, GSSENCRequest. */
const PRELUDES = new Set([80877103, 80877104]);

/** Answers the messages that are complete with each chunk; the rest waits for the next. */
export type MessageReader = (chunk: Buffer) => Message[];

export function frontendMessages(): MessageReader {
  return reader(false);
}

/** Only for connections without encryption: there the server's first byte is a message's type. */
export function backendMessages(): MessageReader {
  return reader(true);
}

function reader(startsTyped: boolean): MessageReader {
  let buffer = Buffer.alloc(0);
  let isTyped = startsTyped;
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = isTyped ? 1 : 0;
      if (buffer.length < head + 4) return messages;
      const end = head + buffer.readUInt32BE(head);
      if (buffer.length < end) return messages;
      const bytes = buffer.subarray(0, end);
      messages.push({ type: isTyped ? String.fromCharCode(bytes[0] ?? 0) : '', bytes });
      isTyped ||= !(bytes.length === 8 && PRELUDES.has(bytes.readUInt32BE(4)));
      buffer = buffer.subarray(end);
    }
  };
}

/** The zero-terminated texts at the start of a message: `Parse` has name and query, `Bind` portal and name. */
export function textsOf({ bytes }: Message, count: number): string[] {
  const texts: string[] = [];
  for (let from = 5; texts.length < count; ) {
    const end = bytes.indexOf(0, from);
    if (end < 0) return texts;
    texts.push(bytes.toString('utf8', from, end));
    from = end + 1;
  }
  return texts;
}

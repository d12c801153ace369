/** Which copy of a resource somebody has: one that is still good, or one that a change is meant for. */
import { SsoError } from '#error';
import { digest } from '#ports/keys/random.ts';

/** What use alone changes, or one answer alone shows: nobody's change must fail for it. */
const NOT_TAGGED = new Set(['lastUsedAt', 'lastLoginAt', 'lastLogin', 'lastAction', 'key', 'problems', 'url']);

interface Outgoing {
  headers: Record<string, string | number>;
}

/** Whether `If-None-Match` names the tag, compared weakly (RFC 9110 §13.1.2). */
export function isNamed(etag: string, ifNoneMatch: string | null): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

/** A strong tag (RFC 9110 §8.8.3) of all members that a change can be about. */
async function etagOf(answer: object): Promise<string> {
  const members = Object.entries(answer).filter(([name, value]) => !NOT_TAGGED.has(name) && value !== undefined);
  return `"${(await digest(JSON.stringify(members))).slice(0, 22)}"`;
}

/** The same answer, with its `ETag` on the way. */
export async function tagged<Answer extends object>(set: Outgoing, answer: Answer): Promise<Answer> {
  set.headers['etag'] = await etagOf(answer);
  return answer;
}

/**
 * What `If-Match` wants (RFC 9110 §13.1.1), to be asked of the resource as it is answered, under the lock of the change.
 * Without the header everything will do.
 * @throws SsoError `precondition_failed`
 */
export function ifMatch(request: Request): (current: object) => Promise<void> {
  const wanted = request.headers.get('if-match');
  return async (current) => {
    if (wanted === null || wanted.trim() === '*') return;
    const etag = await etagOf(current);
    // compared strongly: a weak tag names nothing
    if (!wanted.split(',').some((tag) => tag.trim() === etag)) throw new SsoError('precondition_failed');
  };
}

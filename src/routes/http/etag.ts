/** Copies that are still good. */

/** Whether `If-None-Match` names the tag, compared weakly (RFC 9110 §13.1.2). */
export function isNamed(etag: string, ifNoneMatch: string | null): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

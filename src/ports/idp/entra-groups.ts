/**
 * The groups of a person for whom Entra ID's token has no room: all that they are in, also through other groups, as
 * Microsoft Graph lists them (`GET /me/transitiveMemberOf`; the delegated permission `User.Read` will do). The token's own
 * pointer to them is not followed: it names a retired API, and what a token says is nobody's address to call.
 */
import { SsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import { badResponse, isJsonObject, member, readJsonObject } from './json-answer.ts';
import { fetchWithToken } from './userinfo.ts';

/** As many as Graph gives at most. */
const PAGE_SIZE = 999;
/** More groups than a directory lets somebody be in. */
const MOST_PAGES = 5;
const GROUP = '#microsoft.graph.group';
/** Object ids, which is what the token's `groups` holds by default. */
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param endpoint of the list
 * @returns object ids
 * @throws SsoError `groups_overage` when Graph does not let us, or there is no end of pages; `idp_*`
 */
export async function fetchEntraGroups(
  outbound: Outbound,
  connection: Connection,
  endpoint: string,
  accessToken: string,
): Promise<string[]> {
  // a circuit of its own: Graph's failures must not refuse those whom it is not asked for
  const circuit = { ...connection, id: `${connection.id}:groups` };
  const groups: string[] = [];
  let next: string | undefined = `${endpoint}?$select=id&$top=${PAGE_SIZE}`;
  for (let page = 0; next !== undefined; page++) {
    if (page === MOST_PAGES)
      throw new SsoError('groups_overage', { detail: `more than ${MOST_PAGES * PAGE_SIZE} groups` });
    const answer = await fetchWithToken(outbound, circuit, next, accessToken, refusal);
    const body = readJsonObject(answer);
    groups.push(...groupIds(member(body, 'value')));
    next = nextPage(member(body, '@odata.nextLink'), endpoint);
  }
  return groups;
}

function refusal(status: number): SsoError {
  if (status !== 401 && status !== 403) return badResponse(`Microsoft Graph: ${status}`);
  const detail = `Microsoft Graph: ${status}; the app registration needs the delegated permission User.Read, with consent`;
  return new SsoError('groups_overage', { detail });
}

/** Directory roles and administrative units stand in the list too, and are no groups. */
function groupIds(value: unknown): string[] {
  if (!Array.isArray(value)) throw badResponse('Microsoft Graph: no list');
  return value.flatMap((entry: unknown) => {
    if (!isJsonObject(entry) || member(entry, '@odata.type') !== GROUP) return [];
    const id = member(entry, 'id');
    if (typeof id !== 'string' || !OBJECT_ID.test(id)) throw badResponse('Microsoft Graph: a group without id');
    return [id];
  });
}

/** The next page of the same list, and no other address: our token goes along. */
function nextPage(link: unknown, endpoint: string): string | undefined {
  if (link === undefined) return undefined;
  const url = typeof link === 'string' ? URL.parse(link) : null;
  if (url && `${url.origin}${url.pathname}` === endpoint) return url.href;
  throw badResponse('Microsoft Graph: the next page is elsewhere');
}

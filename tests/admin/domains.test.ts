/** Domains through the admin API: the record that proves one, and what is found in a real DNS. */
import { afterAll, beforeAll, beforeEach, describe, expect, spyOn, test } from 'bun:test';
import type { Callers } from '#tests/admin/callers.ts';
import { type DomainDesk, domainCalls, openDomainDesk } from '#tests/admin/domain-desk.ts';
import type { NameServer } from '#tests/dns-server.ts';
import { json, read } from '#tests/journey.ts';
import type { World } from '#tests/world.ts';

let desk: DomainDesk;
let world: World;
let names: NameServer;
let callers: Callers;
let ids: DomainDesk['ids'];
beforeAll(async () => {
  desk = await openDomainDesk();
  ({ world, names, callers, ids } = desk);
});
beforeEach(() => {
  names.zone = {};
});
afterAll(() => desk?.close());

const { add, added, verify, get, actionsOf } = domainCalls(() => desk);

describe('adding', () => {
  test('answers the record to make, to the letter', async () => {
    const answer = await add('Bücher-1.Test');
    const domain = await read(answer, 201);
    expect(domain).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      organizationId: ids['acme'],
      domain: 'xn--bcher-1-n2a.test',
      verified: false,
      challenge: {
        type: 'TXT',
        name: '_vestibule-challenge.xn--bcher-1-n2a.test',
        value: expect.stringMatching(/^vestibule-verification=[\w-]{32}$/),
        expiresAt: expect.any(String),
      },
    });
    expect(answer.headers.get('location')).toEndWith(`/admin/v1/domains/${domain.id}`);
    expect(await get(domain.id)).toEqual(domain);
    expect(await actionsOf(domain.id)).toEqual(['domain.created']);
    const page = await read(await callers.operator(`/organizations/${ids['acme']}/domains`));
    expect(page.items[0]).toEqual(domain);
    expect(page.items.at(-1)).toMatchObject({ domain: 'declared.test', verified: true, verifiedBy: 'operator' });
  });

  test.each([
    ['gmail.com', 'mailboxes to everybody'],
    ['GMAIL.com', 'mailboxes to everybody'],
    ['mail.outlook.com', 'mailboxes to everybody'],
    ['privaterelay.appleid.com', 'mailboxes to everybody'],
    ['co.uk', 'public suffix'],
    ['github.io', 'public suffix'],
    ['localhost', 'no domain name'],
    ['ada@acme.test', 'no domain name'],
    ['https://acme.test', 'no domain name'],
    ['*.acme.test', 'no domain name'],
    ['10.0.0.1', 'no domain name'],
    ['acme.test..', 'no domain name'],
  ])('%s is refused: %s', async (domain, why) => {
    const problem = await read(await add(domain), 422);
    expect(problem.errors).toEqual([{ pointer: '/domain', detail: expect.stringContaining(why) }]);
    expect(JSON.stringify(problem)).not.toContain(domain);
  });

  test('the dot of the root is dropped, also where it is looked up', async () => {
    expect(await added('Rooted.Test.')).toMatchObject({
      domain: 'rooted.test',
      challenge: { name: '_vestibule-challenge.rooted.test' },
    });
    await read(await add('rooted.test'), 409);
    await read(await callers.operator('/domains?domain=rooted.test.'));
  });

  test('a second time is a conflict in one organization, and none in another', async () => {
    const { domain, challenge } = await added();
    expect((await read(await add(domain.toUpperCase()), 409)).errors[0].pointer).toBe('/domain');
    expect((await added(domain, 'globex')).challenge.value).not.toBe(challenge.value);
  });

  test('to an organization that is not there, or a member that is not known', async () => {
    expect(
      (await read(await callers.operator(`/organizations/${'0'.repeat(24)}/domains`, json({ domain: 'x.test' })), 404))
        .code,
    ).toBe('not_found');
    expect((await read(await add('x.test', { verifiedAt: 'now' }), 422)).errors[0].pointer).toBe('/verifiedAt');
  });
});

describe('the look', () => {
  test('finds the record among others, and the domain is verified from then on', async () => {
    const { id, challenge } = await added();
    names.zone = { [challenge.name]: [['v=spf1 -all'], [challenge.value]] };
    expect(await verify(id)).toMatchObject({
      verified: true,
      verifiedBy: 'dns',
      outcome: 'verified',
      found: ['v=spf1 -all', challenge.value],
    });
    const after = await get(id);
    expect(after.challenge).toEqual({ ...challenge, expiresAt: undefined });
    expect(await actionsOf(id)).toEqual(['domain.created', 'domain.verified']);
    const [row] = await world.sql`select verified_at from domains where id = ${id}`;
    world.clock.moveBy(60);
    expect(await verify(id)).toMatchObject({ verified: true, outcome: 'verified' });
    expect((await world.sql`select verified_at from domains where id = ${id}`)[0]).toEqual(row);
    expect(await actionsOf(id)).toHaveLength(2);
  });

  test('joins the strings of a record', async () => {
    const { id, challenge } = await added();
    const { value } = challenge;
    names.zone = { [challenge.name]: [['other'], [value.slice(0, 10), value.slice(10, 30), value.slice(30)]] };
    expect(await verify(id)).toMatchObject({ verified: true, outcome: 'verified' });
  });

  test('follows an alias', async () => {
    const { id, challenge } = await added();
    names.zone = { [challenge.name]: { cname: 'proofs.test' }, 'proofs.test': [[challenge.value]] };
    expect(await verify(id)).toMatchObject({ verified: true, outcome: 'verified' });
  });

  test('at a domain that is deleted meanwhile finds nothing', async () => {
    const { id } = await added();
    const look = world.ports.resolveTxt;
    const looking = spyOn(world.ports, 'resolveTxt').mockImplementationOnce(async (name) => {
      expect((await callers.operator(`/domains/${id}`, { method: 'DELETE' })).status).toBe(204);
      return look(name);
    });
    const answer = await callers.operator(`/domains/${id}/verify`, { method: 'POST' });
    looking.mockRestore();
    expect((await read(answer, 404)).code).toBe('not_found');
  });

  const wrong: [string, string, (name: string, value: string, domain: string) => NameServer['zone'], RegExp][] = [
    ['nothing', 'missing', () => ({}), /There is no TXT record at _vestibule-challenge/],
    ['no strings', 'missing', (name) => ({ [name]: [] }), /There is no TXT record/],
    [
      'another value',
      'other_value',
      (name) => ({ [name]: [['vestibule-verification=other']] }),
      /something else.*without quotation marks/,
    ],
    ['quotation marks', 'other_value', (name, value) => ({ [name]: [[`"${value}"`]] }), /quotation marks/],
    ['half of it', 'other_value', (name, value) => ({ [name]: [[value.slice(0, 20)]] }), /something else/],
    ['more than it', 'other_value', (name, value) => ({ [name]: [[`${value}x`]] }), /something else/],
    ['other case', 'other_value', (name, value) => ({ [name]: [[value.toUpperCase()]] }), /something else/],
    [
      'the domain twice',
      'misplaced',
      (name, value, domain) => ({ [`${name}.${domain}`]: [[value]] }),
      /Move it to _vestibule/,
    ],
    [
      'the domain itself',
      'misplaced',
      (_name, value, domain) => ({ [domain]: [['x'], [value]] }),
      /Move it to _vestibule/,
    ],
    ['a server that fails', 'dns_failed', (name) => ({ [name]: 'SERVFAIL' }), /SERVFAIL.*name servers/],
    ['silence', 'dns_failed', (name) => ({ [name]: 'silence' }), /TIMEOUT/],
  ];
  test.each(wrong)('%s: %s', async (_name, outcome, zone, fix) => {
    const { id, domain, challenge } = await added();
    names.zone = zone(challenge.name, challenge.value, domain);
    const look = await verify(id);
    expect(look).toMatchObject({ verified: false, outcome, challenge });
    expect(look.fix).toMatch(fix);
    expect(await actionsOf(id)).toEqual(['domain.created']);
    // what the sentence says to do helps
    names.zone = { [challenge.name]: [[challenge.value]] };
    expect(await verify(id)).toMatchObject({ verified: true });
  });

  test('another organization’s record proves nothing', async () => {
    const { id, domain } = await added();
    const { challenge } = await added(domain, 'globex');
    names.zone = { [challenge.name]: [[challenge.value]] };
    expect(await verify(id)).toMatchObject({ verified: false, outcome: 'other_value' });
  });

  test('in time, or a new challenge it is', async () => {
    const { id, challenge } = await added();
    names.zone = { [challenge.name]: [[challenge.value]] };
    world.clock.moveBy(7 * 86_400 - 5);
    const early = await added();
    world.clock.moveBy(10);
    names.asked.length = 0;
    const look = await verify(id);
    expect(look).toMatchObject({ verified: false, outcome: 'challenge_renewed', found: [] });
    expect(look.challenge.value).not.toBe(challenge.value);
    expect(look.fix).toContain(look.challenge.value);
    expect(names.asked).toEqual([]);
    expect(await verify(id)).toMatchObject({ verified: false, outcome: 'other_value' });
    expect(await actionsOf(id)).toEqual(['domain.created', 'domain.challenge_renewed']);
    names.zone = { [look.challenge.name]: [[look.challenge.value]], [early.challenge.name]: [[early.challenge.value]] };
    expect(await verify(id)).toMatchObject({ verified: true });
    expect(await verify(early.id)).toMatchObject({ verified: true });
  });

  test('after a week, made by two at once, tells both of the same record', async () => {
    const { id } = await added();
    world.clock.moveBy(7 * 86_400 + 1);
    const looks = await Promise.all([verify(id), verify(id), verify(id)]);
    expect(new Set(looks.map(({ challenge }) => challenge.value)).size).toBe(1);
    expect(await actionsOf(id)).toEqual(['domain.created', 'domain.challenge_renewed']);
  });

  test('that finds nothing later leaves the domain verified, and says so', async () => {
    const { id, challenge } = await added();
    names.zone = { [challenge.name]: [[challenge.value]] };
    await verify(id);
    names.zone = {};
    const look = await verify(id);
    expect(look).toMatchObject({ verified: true, outcome: 'missing' });
    expect(look.fix).toContain('stays verified');
    world.clock.moveBy(30 * 86_400);
    names.zone = { [challenge.name]: [[challenge.value]] };
    expect(await verify(id)).toMatchObject({ outcome: 'verified' });
  });

  test('shows nothing that could not be stored or shown', async () => {
    const { id, challenge } = await added();
    names.zone = { [challenge.name]: [['a\u0000\u202eb'], ...Array.from({ length: 8 }, () => ['x'.repeat(30)])] };
    const { found } = await verify(id);
    expect(found[0]).toBe('ab');
  });
});

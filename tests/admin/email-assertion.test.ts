/** Who may say that an address is somebody's: a limited key can't prepare an account for a person of another organization. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ADMIN_API_KEY, type Call, type Callers, callersOf, patch } from '#tests/admin/callers.ts';
import { applivery, signIn } from '#tests/hostile/clients.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let callers: Callers;
let other: string;
/** Reaches `other` alone, which has no domain; `acme` has verified acme.test. */
let limited: Call;

beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  callers = callersOf(stage.world);
  other = (await read(await callers.operator('/organizations', json({ slug: 'other', name: 'Other' })), 201)).id;
  limited = await callers.with({ organizations: [other] });
});
afterAll(() => stage?.close());

const make = (call: Call, body: object) => call(`/organizations/${other}/users`, json(body));

/** Somebody of acme signs in at acme. @returns the user */
async function enterAcme(email: string): Promise<string> {
  stage.provider.script.user = { ...ADA, sub: email, email };
  await signIn(stage, applivery, email);
  const [session] = await stage.world.sql`select user_id from sessions order by created_at desc, id desc limit 1`;
  return String(session?.['user_id']);
}

test('what the operator says of an address holds, whosever its domain is', async () => {
  const user = await read(await make(callers.operator, { email: 'first@acme.test' }), 201);
  expect(user.emailVerified).toBe(true);
  expect(await enterAcme('first@acme.test')).toBe(user.id);
});

test('of a limited key, an account for somebody of another organization is not verified, and not found by their login', async () => {
  const trap = { email: 'second@acme.test', attributes: { pria: { plan: 'team' } } };
  const user = await read(await make(limited, trap), 201);
  expect(user.emailVerified).toBe(false);
  await read(await limited(`/users/${user.id}`, patch({ status: 'deactivated' })));
  expect(await enterAcme('second@acme.test')).not.toBe(user.id);
});

test('nor may it say so outright, at once or afterwards', async () => {
  const refused = await read(await make(limited, { email: 'third@acme.test', emailVerified: true }), 403);
  expect(refused).toMatchObject({ code: 'admin_key_forbidden', errors: [{ pointer: '/emailVerified' }] });
  const user = await read(await make(limited, { email: 'third@acme.test', emailVerified: false }), 201);
  const late = await read(await limited(`/users/${user.id}`, patch({ emailVerified: true, firstName: 'Eve' })), 403);
  expect(late).toMatchObject({ code: 'admin_key_forbidden', errors: [{ pointer: '/emailVerified' }] });
  expect(await read(await limited(`/users/${user.id}`))).toEqual(user);
  await read(await limited(`/users/${user.id}`, patch({ emailVerified: false, firstName: 'Eve' })));
  expect(await read(await callers.operator(`/users/${user.id}`, patch({ emailVerified: true })))).toMatchObject({
    emailVerified: true,
    firstName: 'Eve',
  });
});

test('of the verified domains of its own organizations it may', async () => {
  const path = `/organizations/${other}/domains`;
  const { id } = await read(await callers.operator(path, json({ domain: 'other.test' })), 201);
  expect(await read(await make(limited, { email: 'early@other.test' }), 201)).toMatchObject({ emailVerified: false });
  await read(await callers.operator(`/domains/${id}`, patch({ verified: true })));
  const user = await read(await make(limited, { email: 'late@OTHER.test' }), 201);
  expect(user.emailVerified).toBe(true);
  for (const emailVerified of [false, true])
    expect(await read(await limited(`/users/${user.id}`, patch({ emailVerified })))).toMatchObject({ emailVerified });
  const explicit = { email: 'said@other.test', emailVerified: true };
  expect(await read(await make(limited, explicit), 201)).toMatchObject({ emailVerified: true });
  await read(await make(limited, { email: 'crooked', emailVerified: false }), 422);
});

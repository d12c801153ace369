/** Steps of broken logins of people who have an account: members, what the providers say of them, and what the operator does. */
import { attributesOf } from '#dev/saml/attributes.ts';
import { NAME_ID_FORMATS } from '#dev/saml/names.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import type { Clinic, DeclaredConnection, Slug } from '#tests/doctor/clinic.ts';
import { json } from '#tests/journey.ts';

type Step = (clinic: Clinic) => Promise<unknown> | unknown;
export const both =
  (...steps: readonly Step[]) =>
  async (clinic: Clinic) => {
    for (const step of steps) await step(clinic);
  };
export const member = (email: string, more: object = {}) =>
  both((clinic) => clinic.organize({ users: [{ email, ...more }] }));
export const set = (changed: Partial<DeclaredConnection>, slug: Slug = 'oidc') =>
  both((clinic) => clinic.connect(slug, changed));
export const unmap = (slug: Slug = 'oidc') => set({ mapping: {} }, slug);
export const comes = (user: Overrides) => (clinic: Clinic) => void (clinic.provider.script.user = user);
export const someone = (name: string, said: Overrides = {}, domain = 'acme.test'): Overrides => {
  return { sub: name, email: `${name}@${domain}`, email_verified: true, ...said };
};
/** A member, and how the provider speaks of them. */
export const claimed = (name: string, said: Overrides, domain?: string) =>
  both(member(`${name}@${domain ?? 'acme.test'}`), comes(someone(name, said, domain)));

/** Somebody at the SAML provider, with more attributes than others have. */
export const comesBySaml =
  (email: string, more: Readonly<Record<string, string>> = {}, named = '') =>
  (clinic: Clinic) => {
    const [subject = ''] = email.split('@');
    const extra = Object.entries(more).map(([name, value]) => ({ name, values: [value] }));
    clinic.samlProvider.faults.edit = (options) => ({
      ...options,
      assertion: {
        ...[options.assertion ?? {}].flat()[0],
        nameId: { value: `id-${named || subject}`, format: NAME_ID_FORMATS.persistent },
        attributes: [...attributesOf({ ...options.person, subject, email }), ...extra],
      },
    });
  };
export const comesByGithub =
  (id: number, email: string, more: Overrides = {}) =>
  (clinic: Clinic) => {
    clinic.provider.script.user = { ...someone('hubber'), email };
    clinic.provider.script.userinfo = { id, ...more };
  };

export const patch = (body: object): RequestInit => ({ ...json(body), method: 'PATCH' });
const organizationOf = async ({ world }: Clinic) =>
  String((await world.sql`select id from organizations where slug = 'acme'`)[0]?.['id']);
export const addDomain = async (clinic: Clinic, domain: string, more: object = {}) =>
  clinic.admin(`/organizations/${await organizationOf(clinic)}/domains`, json({ domain, ...more }), 201);
export const userOf = async (clinic: Clinic, email: string) =>
  (await clinic.admin(`/organizations/${await organizationOf(clinic)}/users?email=${email}`)).items[0];

/** As the text says: whom the last trace names is unlinked. */
export const unlinkNamed = async (clinic: Clinic) => {
  const { items } = await clinic.admin('/logins?reason=account_exists_link_required&limit=1');
  const { checks } = await clinic.admin(`/logins/${items[0].id}`);
  const [id] = checks.at(-1).actual.match(/[0-9a-f]{24}/);
  await clinic.admin(`/identities/${id}`, { method: 'DELETE' }, 204);
};

/** As the text says: add, make the record, verify. */
export const verifyByDns = (domain: string) => async (clinic: Clinic) => {
  const { id, challenge } = await addDomain(clinic, domain);
  clinic.names.zone = { [challenge.name]: [[challenge.value]] };
  await clinic.admin(`/domains/${id}/verify`, { method: 'POST' });
};
/** @returns the id of a domain of the organization */
export const domainIdOf = async (clinic: Clinic, name: string): Promise<string> => {
  const { items } = await clinic.admin(`/organizations/${await organizationOf(clinic)}/domains`);
  return items.find(({ domain }: { domain: string }) => domain === name).id;
};

/** The admin API by the types of `vestibule/openapi`, here with `openapi-fetch`; any client that takes such types will do. */
import createClient from 'openapi-fetch';
import type { paths } from 'vestibule/openapi';

export async function renameOrganization(origin: string, adminKey: string): Promise<string[]> {
  const vestibule = createClient<paths>({ baseUrl: origin, headers: { authorization: `Bearer ${adminKey}` } });

  const made = await vestibule.POST('/admin/v1/organizations', { body: { slug: 'acme-openapi', name: 'Acme' } });
  if (made.error) throw new Error(`${made.error.code}: ${made.error.detail}`);

  const params = { path: { id: made.data.id } };
  const changed = await vestibule.PATCH('/admin/v1/organizations/{id}', { params, body: { name: 'Acme Industries' } });
  if (changed.error) throw new Error(`${changed.error.code}: ${changed.error.detail}`);

  const query = { slug: changed.data.slug };
  const found = await vestibule.GET('/admin/v1/organizations', { params: { query } });
  return found.data?.items.map(({ name }) => name) ?? [];
}

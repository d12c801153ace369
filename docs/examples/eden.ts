/** The admin API by `vestibule/client`: makes an organization, changes it, and finds it again. */
import { createClient } from 'vestibule/client';

export async function renameOrganization(origin: string, adminKey: string): Promise<string[]> {
  const vestibule = createClient(origin, { headers: { authorization: `Bearer ${adminKey}` } });

  const made = await vestibule.admin.v1.organizations.post({ slug: 'acme-eden', name: 'Acme' });
  if (made.error) throw new Error(`refused: ${made.error.status}`);

  const { id } = made.data;
  const changed = await vestibule.admin.v1.organizations({ id }).patch({ name: 'Acme Industries' });
  if (changed.error) throw new Error(`refused: ${changed.error.status}`);

  const found = await vestibule.admin.v1.organizations.get({ query: { slug: changed.data.slug } });
  return found.data?.items.map(({ name }) => name) ?? [];
}

import type { Outbound } from './outbound.ts';
export function createOutbound(_o: unknown): Outbound & { close(): Promise<void> } {
  const f: Outbound = async (r) => {
    const res = await fetch(r.url, {
      method: r.method ?? 'GET',
      headers: r.headers ?? {},
      body: r.body ?? null,
      redirect: 'manual',
    });
    return { status: res.status, headers: Object.fromEntries(res.headers), body: await res.text() };
  };
  return Object.assign(f, { close: async () => {} });
}

/** Presets and setup steps as the admin API answers them. */
import type { Static } from 'elysia';
import { foreignMembers } from '#core/connection-members.ts';
import type { Connection } from '#ports/db/schema.ts';
import { PRESETS, type Preset } from '#ports/idp/presets.ts';
import { known } from '#routes/dialects/known.ts';
import { presentAtProvider } from './connection-resources.ts';
import type { setupModels } from './connection-setup-docs.ts';

type Model<Name extends keyof typeof setupModels> = Static<(typeof setupModels)[Name]>;

export function presentPresets(): Model<'Admin.ConnectionPresets'> {
  return { items: PRESETS.map(presentPreset) };
}

function presentPreset({ type, protocol, guide, metadata, scopes, mapping }: Preset) {
  const { name, issuer, steps } = guide;
  const claims = Object.entries(mapping).map(([target, sources]) => [target, [...sources]]);
  return known({
    type,
    name,
    protocol,
    issuer: issuer ? { needed: issuer.isNeeded, example: issuer.example } : undefined,
    endpoints: metadata && endpointsOf({ ...metadata }),
    scopes: [...scopes],
    mapping: Object.fromEntries(claims) as Record<string, string[]>,
    unsupported: [...foreignMembers(type)],
    wanted: [...new Set(steps.flatMap(({ bring = [] }) => bring))],
  });
}

function endpointsOf(metadata: Readonly<Record<string, unknown>>) {
  const text = (name: string) => (typeof metadata[name] === 'string' ? metadata[name] : undefined);
  return known({
    issuer: text('issuer') ?? '',
    authorizationEndpoint: text('authorizationEndpoint'),
    tokenEndpoint: text('tokenEndpoint'),
    jwksUri: text('jwksUri'),
    userinfoEndpoint: text('userinfoEndpoint'),
    endSessionEndpoint: text('endSessionEndpoint'),
  });
}

/** The guide of the connection's type with its own values; a value that it lacks is left out. */
export function presentSetup(connection: Connection, publicUrl: string): Model<'Admin.ConnectionSetup'> {
  const preset = PRESETS.find(({ type }) => type === connection.type);
  const values: Readonly<Record<string, unknown>> = presentAtProvider(connection, publicUrl);
  const steps = (preset?.guide.steps ?? []).map(({ title, detail, enter = {}, bring = [] }, index) => ({
    number: index + 1,
    title,
    detail,
    enter: Object.entries(enter).flatMap(([field, name]) =>
      [values[name] ?? []].flat().map((value) => ({ field, value: String(value) })),
    ),
    bring: [...bring],
  }));
  return { connectionId: connection.id, type: connection.type, provider: preset?.guide.name ?? connection.type, steps };
}

/** Secrets of a declarative file that stand in the environment: `{ "env": "NAME" }` in place of the value. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** The members of a file that are secrets, by the list that they stand in. */
const SECRETS = { connections: ['clientSecret', 'clientKey'], apiKeys: ['key'] } as const;

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;
const entriesOf = (value: unknown) => (Array.isArray(value) ? [...value.entries()] : []);

/**
 * Puts the values in place of the references.
 * @returns what is wrong, each with its place: a name that is not set is no secret to go on with
 */
export function readSecrets(file: unknown, environment: Environment): string[] {
  const organizations = isObject(file) ? entriesOf(file['organizations']) : [];
  return organizations.flatMap(([index, organization]) =>
    Object.entries(SECRETS).flatMap(([list, names]) =>
      entriesOf(isObject(organization) ? organization[list] : undefined).flatMap(([place, row]) =>
        names.flatMap((name) => readSecret(row, name, environment, `/organizations/${index}/${list}/${place}/${name}`)),
      ),
    ),
  );
}

function readSecret(row: unknown, name: string, environment: Environment, pointer: string): string[] {
  const reference = isObject(row) ? row[name] : undefined;
  if (!isObject(row) || !isObject(reference) || Object.keys(reference).join() !== 'env') return [];
  const variable = reference['env'];
  const value =
    typeof variable === 'string' && Object.hasOwn(environment, variable) ? environment[variable] : undefined;
  if (!value) return [`${pointer}: ${said(variable)} is not set in the environment`];
  if (name !== 'clientKey') {
    row[name] = value;
    return [];
  }
  try {
    row[name] = JSON.parse(value);
    return [];
  } catch {
    return [`${pointer}: ${said(variable)} holds no JSON: a private JWK is expected`];
  }
}

const said = (variable: unknown) =>
  typeof variable === 'string' && /^\w{1,128}$/.test(variable) ? variable : 'what it names';

/** Names for what an export refers to: `ACME__OIDC__CLIENT_SECRET`, with a letter in front. */
export function reference(...parts: readonly string[]): { env: string } {
  const name = parts
    .map((part) =>
      part
        .replace(/([a-z])([A-Z])/g, '$1_$2')
        .replace(/\W+/g, '_')
        .toUpperCase(),
    )
    .join('__');
  return { env: `VESTIBULE_${name}` };
}

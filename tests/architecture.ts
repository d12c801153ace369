/**
 * The rules of the layout: route → core → port, and one place for whatever touches the world.
 * Each rule takes a file and says what is wrong with it.
 */
import { posix } from 'node:path';
import type { Import, SourceFile, Use } from './source-file.ts';

/** A file may import these rings (the first folder or file under `src`) beside its own. */
const RINGS: Record<string, readonly string[]> = {
  error: [],
  config: ['ports'],
  ports: ['error'],
  core: ['ports', 'error'],
  routes: ['core', 'ports', 'error'],
  app: ['routes', 'core', 'ports', 'error'],
  serve: ['app', 'routes', 'core', 'ports', 'error'],
  command: ['routes', 'core', 'ports', 'error'],
  main: ['serve', 'command', 'config', 'core', 'ports', 'error'],
  dev: ['serve', 'app', 'config', 'routes', 'core', 'ports', 'error'],
};

const ELYSIA = ['src/routes/', 'src/app.ts', 'src/dev/'];

/** Packages that belong to one place. The longest name that fits a specifier decides. */
const PACKAGES: Record<string, readonly string[]> = {
  elysia: ELYSIA,
  '@elysiajs': ELYSIA,
  '@elysiajs/jwt': ['src/ports/keys/token.ts'],
  'drizzle-orm': ['src/ports/db/', 'src/dev/'],
  postgres: ['src/ports/db/', 'src/dev/'],
  pg: [],
  arctic: ['src/ports/idp/'],
  oauth4webapi: ['src/ports/idp/'],
  'node:http': ['src/ports/http/', 'src/dev/'],
  'node:http2': ['src/ports/http/', 'src/dev/'],
  'node:https': ['src/ports/http/', 'src/dev/'],
  'node:net': ['src/ports/http/', 'src/ports/db/connection.ts', 'src/dev/'],
  'node:tls': ['src/ports/http/', 'src/dev/'],
  undici: [],
};

const USES: Record<Use['what'], readonly string[]> = {
  fetch: ['src/ports/http/', 'src/ports/idp/', 'src/dev/'],
  environment: ['src/config.ts', 'src/main.ts', 'src/dev/'],
  // oauth4webapi reads the wall clock itself; oidc.ts tells it how far ours is from that
  'wall clock': ['src/ports/clock.ts', 'src/ports/idp/oidc.ts', 'src/dev/'],
};

/** Names that say nothing of what is inside, as a folder or as a file. */
const VAGUE = /(^|\/)((utils?|helpers?|lib|shared|common)(\/|\.ts$)|(services|managers)\/)/;

const MAX_LINES = 300;

/** Two parsers that disagree about one document are how signatures get wrapped. */
const XML_LIBRARIES =
  /^(libxml2-wasm|libxmljs2?|@xmldom\/\S+|xmldom|fast-xml-parser|xml2js|xml-js|saxe?s?|htmlparser2|xml-crypto|xmldsigjs|xml-encryption|xmlbuilder2?|xpath|samlify|@node-saml\/\S+|@authenio\/\S+)$/;

/** Everything that is wrong with one file; empty for a good one. */
export function violations(file: SourceFile): string[] {
  const found = [...sizeAndPlace(file), ...file.imports.flatMap(specifierFaults)];
  if (file.path.startsWith('src/')) {
    const values = file.imports.filter(({ isType }) => !isType);
    found.push(...values.flatMap((imported) => ringFaults(file.path, imported)));
    found.push(...values.flatMap(({ specifier }) => packageFaults(file.path, specifier)));
    for (const { what, line } of file.uses) {
      if (!isUnder(file.path, USES[what])) found.push(`line ${line}: ${what} is for ${USES[what].join(', ')}`);
    }
  }
  return found.map((fault) => `${file.path}: ${fault}`);
}

/** The XML libraries that the product imports; more than one is a fault of the whole. */
export function xmlLibraries(files: readonly SourceFile[]): string[] {
  const product = files.filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/dev/'));
  const names = product.flatMap(({ imports }) => imports.map(({ specifier }) => packageName(specifier)));
  return [...new Set(names.filter((name) => XML_LIBRARIES.test(name)))].sort();
}

function sizeAndPlace({ path, lines }: SourceFile): string[] {
  const found: string[] = [];
  if (VAGUE.test(path)) found.push('a name that says nothing');
  if (lines > MAX_LINES) found.push(`${lines} lines, ${MAX_LINES} at most`);
  return found;
}

function specifierFaults({ specifier }: Import): string[] {
  const found: string[] = [];
  const isMetadata = /^(\.\.\/)+package\.json$/.test(specifier);
  if (specifier.startsWith('..') && !isMetadata) found.push(`${specifier} leaves its folder: import by ring`);
  // Deno resolves no extension
  if (/^(\.|#\w+\/)/.test(specifier) && !/\.\w+$/.test(specifier)) found.push(`${specifier} lacks its extension`);
  return found;
}

function ringFaults(path: string, { specifier, isDynamic }: Import): string[] {
  const target = targetOf(path, specifier);
  const from = ringOf(path);
  if (target === undefined) {
    return from === 'core' ? [`core imports the package ${specifier}: only ports know packages`] : [];
  }
  if (target === 'package.json') return [];
  const to = ringOf(target);
  // main.ts loads development's part at run time, where the container leaves it out
  const allowed = isDynamic && path === 'src/main.ts' ? ['dev'] : (RINGS[from] ?? []);
  if (from !== to && !allowed.includes(to)) return [`${from} imports ${to} (${specifier})`];
  const [own, other] = [dialectOf(path), dialectOf(target)];
  return own && other && own !== other ? [`dialect ${own} imports dialect ${other} (${specifier})`] : [];
}

function packageFaults(path: string, specifier: string): string[] {
  const [name] = Object.keys(PACKAGES)
    .filter((candidate) => specifier === candidate || specifier.startsWith(`${candidate}/`))
    .sort((one, other) => other.length - one.length);
  const places = name === undefined ? undefined : PACKAGES[name];
  if (!places || isUnder(path, places)) return [];
  return [`${specifier} is for ${places.join(', ') || 'nobody'}`];
}

/** The project's file that a specifier means, without regard to its extension; undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  if (specifier.startsWith('#tests/')) return specifier.slice(1);
  return specifier.startsWith('#') ? `src/${specifier.slice(1)}` : undefined;
}

/** `core` for `src/core/session.ts`, `app` for `src/app.ts`, `tests` for what is not in `src`. */
const ringOf = (path: string) =>
  path
    .replace(/^src\//, '')
    .split('/')[0]
    ?.replace(/\.ts$/, '') ?? '';

const dialectOf = (path: string) => /^src\/routes\/dialects\/([^/]+)\//.exec(path)?.[1];

const packageName = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

const isUnder = (path: string, places: readonly string[]) =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

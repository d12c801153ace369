/**
 * Nothing that a request names is ignored: query parameters and members of a body that its route does not take are refused
 * (RFC 9457 §3.2), where Elysia would drop them in silence. One check for all routes, made from their models.
 */
import type { TObject, TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import type { AnyElysia } from 'elysia';
import { type RefusedMember, SsoError } from '#error';
import { bodyParser } from './body.ts';
import { limitMembers, pointerTo, UNKNOWN, unknownWithin } from './refused-members.ts';

interface Asked {
  readonly request: Request;
  /** The route's path, as it was mounted. */
  readonly route: string;
}

/** What one route takes. */
interface Taken {
  readonly query: readonly string[];
  readonly body: { readonly names: ReadonlySet<string>; nested(): TypeCheck<TSchema> | undefined } | undefined;
}

export interface KnownInput {
  /** Whose routes they are: the plugin, once all of them are mounted. */
  readFrom(plugin: AnyElysia): void;
  /** An `onParse` hook: reads the body where the route has no model of one. Nothing, or `{}`, is as good as none. */
  parseUnasked(asked: Asked): Promise<unknown> | undefined;
  /** An `onTransform` hook. @throws SsoError `input_invalid` */
  refuseUnknown(asked: Asked & { readonly body: unknown }): void;
}

const parseAny = bodyParser('application/json');
const NONE: Taken = { query: [], body: undefined };

export function createKnownInput(): KnownInput {
  let plugin: AnyElysia | undefined;
  let table: ReadonlyMap<string, Taken> | undefined;
  const takenBy = ({ request, route }: Asked): Taken => {
    table ??= plugin && readTable(plugin);
    return table?.get(keyOf(request.method, route)) ?? NONE;
  };
  return {
    readFrom(mounted) {
      plugin = mounted;
      table = undefined;
    },
    parseUnasked: (asked) => (takenBy(asked).body ? undefined : parseAny(asked)),
    refuseUnknown({ body, ...asked }) {
      const taken = takenBy(asked);
      const unknown = [...unknownParameters(asked.request, taken), ...unknownMembers(body, taken)];
      if (unknown.length > 0) throw new SsoError('input_invalid', { members: limitMembers(unknown) });
    },
  };
}

const keyOf = (method: string, path: string) => `${method} ${path.replace(/(?<=.)\/$/, '')}`;

function readTable(plugin: AnyElysia): Map<string, Taken> {
  // what `models` answers is compiled already; the OpenAPI plugin reads the schemas here as well
  const models = plugin['getGlobalDefinitions']().type as Readonly<Record<string, TSchema>>;
  const modelOf = (named: unknown) => (typeof named === 'string' ? models[named] : undefined);
  return new Map(
    plugin.routes.map(({ method, path, hooks }) => {
      const { query, body } = Object(hooks);
      const [parameters, members] = [modelOf(query), modelOf(body)];
      return [
        keyOf(method, path),
        { query: parameters ? namesOf(parameters) : [], body: members && takenOf(members) },
      ] as const;
    }),
  );
}

/** A union's members are those of any of its kinds: which of them go together is for the route to say. */
function takenOf(model: TSchema): NonNullable<Taken['body']> {
  let compiled: TypeCheck<TSchema> | undefined;
  const nested = () => {
    if (isObject(model)) compiled ??= TypeCompiler.Compile(model);
    return compiled;
  };
  return { names: new Set(namesOf(model)), nested };
}

const isObject = (model: TSchema): model is TObject => model['type'] === 'object';

function namesOf(model: TSchema): string[] {
  if (isObject(model)) return Object.keys(model.properties);
  const kinds: TSchema[] = Array.isArray(model['anyOf']) ? model['anyOf'] : [];
  return kinds.flatMap(namesOf);
}

function* unknownParameters({ url }: Request, { query }: Taken): Iterable<RefusedMember> {
  const sent = [...new URL(url).searchParams.keys()];
  for (const name of new Set(sent)) {
    if (!query.includes(name)) yield { pointer: pointerTo(name), detail: unknownParameter(query) };
    // two readers could take two different values
    else if (sent.indexOf(name) !== sent.lastIndexOf(name))
      yield { pointer: pointerTo(name), detail: 'It came more than once: send it once' };
  }
}

function unknownParameter(known: readonly string[]): string {
  return `Unknown query parameter: this address takes ${known.length > 0 ? known.join(', ') : 'none'}`;
}

function* unknownMembers(sent: unknown, { body }: Taken): Iterable<RefusedMember> {
  const names = Object.keys(Object(sent));
  const detail = body ? UNKNOWN : 'Unexpected property: this operation takes no body';
  for (const name of names) if (!body?.names.has(name)) yield { pointer: pointerTo(name), detail };
  const nested = body?.nested();
  if (nested) yield* unknownWithin(nested.Errors(sent));
}

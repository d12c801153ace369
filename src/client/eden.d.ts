/**
 * `vestibule/client`: the whole API as typed calls (Eden). The types are those of the OpenAPI document, so a member that a
 * route does not take, or does not answer, is an error of the compiler, and none of the server's sources is needed.
 */
import type { Treaty } from '@elysiajs/eden';
import type { paths } from './openapi.d.ts';

/** First segment of a path, with Eden's colon before a parameter: `:id` of `/{id}/domains`. */
type First<Path> = Path extends `/${infer Segment}/${string}`
  ? Named<Segment>
  : Path extends `/${infer Segment}`
    ? Named<Segment>
    : never;
type Named<Segment> = Segment extends `{${infer Parameter}}` ? `:${Parameter}` : Segment;

/** What follows the first segment if that is `At`: nothing at the end, never below another. */
type Below<Path, At> = Path extends `/${infer Segment}/${infer Rest}`
  ? Named<Segment> extends At
    ? `/${Rest}`
    : never
  : Path extends `/${infer Segment}`
    ? Named<Segment> extends At
      ? ''
      : never
    : never;

type Content<Message> = Message extends { content: infer ByType } ? ByType[keyof ByType] : undefined;

/** An operation as Eden wants a route. */
interface Route<Operation> {
  body: Operation extends { requestBody: infer Body }
    ? Content<Body>
    : Operation extends { requestBody?: infer Body }
      ? Content<Body> | undefined
      : undefined;
  headers: Operation extends { parameters: { header?: infer Headers } } ? Headers : undefined;
  params: Operation extends { parameters: { path: infer Params } } ? Params : undefined;
  query: Operation extends { parameters: { query?: infer Query } } ? Query : undefined;
  response: Operation extends { responses: infer Responses }
    ? { [Status in keyof Responses]: Content<Responses[Status]> }
    : never;
}

/** The paths as the tree of their segments. */
type Routes<Paths> = {
  [At in First<keyof Paths>]: Routes<{ [Path in keyof Paths as Below<Path, At>]: Paths[Path] }>;
} & ('' extends keyof Paths ? Methods<Paths['']> : unknown);

type Methods<Item> = {
  [Method in keyof Item as Item[Method] extends { responses: unknown } ? Method : never]: Route<Item[Method]>;
};

declare const application: { '~Routes': Routes<paths> };

export type Vestibule = Treaty.Create<typeof application>;

/**
 * @param origin of the server, such as `https://login.example.com`
 * @param options headers, such as `authorization`, and the rest of what Eden takes; times stay the texts that the types say
 */
export function createClient(origin: string, options?: Omit<Treaty.Config, 'parseDate'>): Vestibule;

/** Holds answers of the application against its own OpenAPI document: status, content type, headers and body. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '#routes/http/openapi-document.ts';
import type { Operation } from '#routes/http/openapi-operation.ts';

/** An operation with the place that it stands at. */
export interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export interface Witness {
  readonly operations: readonly Described[];
  /** What the document does not say of an answer; empty when it says it all. Reads the answer's body. */
  faults(described: Described, answer: Response): Promise<string[]>;
  /** The operation that serves a request. */
  find(method: string, pathname: string): Described | undefined;
}

export function createWitness(document: OpenApiDocument): Witness {
  // formats say what a member looks like; the contract tests check them
  const schemas = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });
  schemas.addSchema(document, 'document');
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return {
    operations,
    find: (method, pathname) => operations.find((one) => one.method === method && patternOf(one.path).test(pathname)),
    async faults({ method, path, operation }, answer) {
      const said = `${method} ${path}: ${answer.status}`;
      const body = await answer.text();
      const response = operation.responses[String(answer.status)];
      if (!response) return [`${said} is not documented`];
      const missing = Object.keys(response.headers ?? {}).filter(
        (name) => !OPTIONAL.has(name) && !answer.headers.has(name),
      );
      const faults = missing.map((name) => `${said} lacks ${name}`);
      const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? '';
      if (!response.content) return body === '' ? faults : [...faults, `${said} has a body`];
      if (!(type in response.content)) return [...faults, `${said} comes as ${type}`];
      if (!/[/+]json$/.test(type)) return faults;
      const pointer = [
        'paths',
        path,
        method.toLowerCase(),
        'responses',
        String(answer.status),
        'content',
        type,
        'schema',
      ];
      const validate = schemas.compile({ $ref: `document#/${pointer.map(escapePointer).join('/')}` });
      if (validate(JSON.parse(body))) return faults;
      return [...faults, `${said} is no such body: ${schemas.errorsText(validate.errors)}`];
    },
  };
}

/** Documented, and not on every answer. */
const OPTIONAL = new Set(['Set-Cookie']);

const patternOf = (path: string) => new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);

/** RFC 6901 §3, as a URI fragment (§6). */
const escapePointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

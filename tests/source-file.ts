/** What the architecture's rules need to know of one source file, read with a real parser (oxc). */
import { parseSync } from 'oxc-parser';

export interface SourceFile {
  /** From the project's root, such as `src/core/session.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
}

export interface Import {
  readonly specifier: string;
  /** Type-only imports are free: nothing of them is left at run time. */
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

/** Something of the world that only some places may touch. */
export interface Use {
  readonly what: 'fetch' | 'wall clock' | 'environment';
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

/** @throws Error when the text does not parse */
export function readSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  const imports: Import[] = parsed.module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: entries.length > 0 && entries.every((entry) => entry.isType),
    isDynamic: false,
  }));
  for (const { entries } of parsed.module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) imports.push({ specifier: moduleRequest.value, isType, isDynamic: false });
    }
  }
  const uses: Use[] = [];
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  walk(parsed.program, undefined, '', (node, parent, key) => {
    if (node.type === 'ImportExpression') {
      imports.push({ specifier: literal(node['source']), isType: false, isDynamic: true });
    }
    const what = useOf(node, parent, key);
    if (what) uses.push({ what, line: lineOf(node.start) });
  });
  return { path, lines: text.replace(/\n$/, '').split('\n').length, imports, uses };
}

type Visit = (node: Node, parent: Node | undefined, key: string) => void;

function walk(value: unknown, parent: Node | undefined, key: string, visit: Visit): void {
  if (Array.isArray(value)) for (const item of value) walk(item, parent, key, visit);
  if (!isNode(value)) return;
  visit(value, parent, key);
  for (const [name, member] of Object.entries(value)) walk(member, value, name, visit);
}

function useOf(node: Node, parent: Node | undefined, key: string): Use['what'] | undefined {
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') {
    return isEmpty(node['arguments']) ? 'wall clock' : undefined;
  }
  if (node.type === 'CallExpression' && nameOf(node['callee']) === 'Date') return 'wall clock';
  if (node.type === 'MemberExpression') return memberUse(node);
  // `const { env } = process` and `Object.keys(fetch)` touch the world as well as a call does
  if (node.type === 'VariableDeclarator' && isRuntime(node['init'])) return 'environment';
  if (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(literal(node['source']))) return 'environment';
  return nameOf(node) === 'fetch' && isValue(parent, key) ? 'fetch' : undefined;
}

function memberUse(node: Node): Use['what'] | undefined {
  const member = nameOf(node['property']) ?? literal(node['property']);
  const object = node['object'];
  if (member === 'env' && (isRuntime(object) || (isNode(object) && object.type === 'MetaProperty'))) {
    return 'environment';
  }
  if (member === 'now' && nameOf(object) === 'Date') return 'wall clock';
  return member === 'fetch' && nameOf(object) === 'globalThis' ? 'fetch' : undefined;
}

/** Whether an identifier in that place is read, rather than the name of a member, a parameter or a type. */
function isValue(parent: Node | undefined, key: string): boolean {
  if (!parent || parent.type.startsWith('TS')) return false;
  if (key === 'property' || key === 'key') return parent['computed'] === true;
  return !['params', 'id', 'local', 'imported', 'exported', 'label'].includes(key);
}

const isRuntime = (value: unknown) => ['process', 'Bun', 'Deno'].includes(nameOf(value) ?? '');

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

function nameOf(value: unknown): string | undefined {
  if (!isNode(value) || value.type !== 'Identifier') return undefined;
  return typeof value['name'] === 'string' ? value['name'] : undefined;
}

function literal(value: unknown): string {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

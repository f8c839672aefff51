// One source file as the architecture rules see it: what it imports and how, what it passes on, how long its functions are.
// Parsed, not guessed: a string that looks like an import is none.

import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';

/** `url` is a worker or another file named by `new URL('./x.ts', import.meta.url)`: loaded, but in a world of its own. */
export type ImportKind = 'value' | 'type' | 'dynamic' | 'url';

export interface SourceImport {
  readonly specifier: string;
  readonly kind: ImportKind;
  readonly line: number;
}

export interface SourceFunction {
  readonly name: string;
  readonly line: number;
  /** Its own: those of named functions inside it are theirs. */
  readonly lines: number;
  readonly parameters: number;
}

export interface SourceFile {
  /** From the checkout's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly SourceImport[];
  /** Lines of `export … from`. */
  readonly reexports: readonly number[];
  readonly functions: readonly SourceFunction[];
}

interface Span {
  readonly name: string;
  readonly line: number;
  readonly last: number;
  readonly parameters: number;
}

type Named = ESTree.Function | ESTree.ArrowFunctionExpression;

/** Reads one file. Throws where its text is not the language its name promises. */
export function readSource(path: string, text: string): SourceFile {
  const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (!/\.tsx?$/.test(path)) return { path, text, lines, imports: [], reexports: [], functions: [] };
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} does not parse: ${errors[0].message}`);
  const lineAt = lineFinder(text);
  return { path, text, lines, ...collect(program, lineAt) };
}

function collect(program: ESTree.Program, lineAt: (offset: number) => number) {
  const imports: SourceImport[] = [];
  const reexports: number[] = [];
  const spans: Span[] = [];
  const names = new Map<object, string>();
  const take = (specifier: string, kind: ImportKind, at: number) => imports.push({ specifier, kind, line: lineAt(at) });
  const passOn = (node: ESTree.ExportNamedDeclaration | ESTree.ExportAllDeclaration) => {
    if (!node.source) return;
    take(node.source.value, node.exportKind ?? 'value', node.start);
    reexports.push(lineAt(node.start));
  };
  const measure = (node: Named) => {
    const name = names.get(node) ?? ('id' in node && node.id ? node.id.name : UNNAMED);
    const [line, last] = [lineAt(node.start), lineAt(node.end)];
    spans.push({ name, line, last, parameters: node.params.length });
  };
  new Visitor({
    ImportDeclaration: (node) => take(node.source.value, node.importKind ?? 'value', node.start),
    ExportNamedDeclaration: passOn,
    ExportAllDeclaration: passOn,
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') take(String(node.source.value), 'dynamic', node.start);
    },
    TSImportType: (node) => take(node.source.value, 'type', node.start),
    NewExpression: (node) => {
      const file = fileUrl(node);
      if (file) take(file, 'url', node.start);
    },
    VariableDeclarator: (node) => {
      if (node.init && node.id.type === 'Identifier') names.set(node.init, node.id.name);
    },
    MethodDefinition: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value, node.key.name);
    },
    Property: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value, node.key.name);
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return { imports, reexports, functions: spans.map((span) => withOwnLines(span, spans)) };
}

const UNNAMED = '(unnamed)';

function withOwnLines({ name, line, last, parameters }: Span, spans: readonly Span[]): SourceFunction {
  const named = spans.filter((other) => other.name !== UNNAMED && other.line > line && other.last < last);
  const nearest = named.filter((one) => !named.some((other) => other.line < one.line && other.last >= one.last));
  const theirs = nearest.reduce((total, one) => total + one.last - one.line + 1, 0);
  return { name, line, lines: last - line + 1 - theirs, parameters };
}

function fileUrl({ callee, arguments: [file, base] }: ESTree.NewExpression): string | null {
  if (callee.type !== 'Identifier' || callee.name !== 'URL') return null;
  if (file?.type !== 'Literal' || typeof file.value !== 'string' || !/\.[a-z]+$/.test(file.value)) return null;
  return base?.type === 'MemberExpression' && base.object.type === 'MetaProperty' ? relative(file.value) : null;
}

function relative(file: string): string {
  return file.startsWith('.') ? file : `./${file}`;
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

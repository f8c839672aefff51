// Who may import what: judges a tree against a table of rows. A file belongs to the first row whose pattern it matches, and
// may import what that row names; what no row says is forbidden.

import { posix } from 'node:path';
import type { SourceFile, SourceImport } from './source.ts';

/**
 * One row of the table. Patterns know `*` (a name), `**` (any depth), `{a,b}` and `:noun` (a folder name to remember).
 * `may` names rows: `own x` only of the same noun, `x types` only with `import type`.
 */
export interface Row {
  readonly row: string;
  readonly files: readonly string[];
  readonly may: readonly string[];
  /** Bare specifiers, or their first parts: `zod` also allows `zod/mini`; `node:*` is every module of Node. */
  readonly packages: readonly string[];
}

interface Place {
  readonly row: Row;
  readonly noun: string | undefined;
}

/** What is wrong, one line each, as `file:line what`. */
export function importFaults(files: readonly SourceFile[], table: readonly Row[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  const places = new Map(files.map(({ path }) => [path, placeOf(path, table)] as const));
  return files.flatMap((file) => {
    const place = places.get(file.path);
    if (!place) return [`${file.path}:1 belongs to no row of the table`];
    return file.imports.flatMap((one) => {
      const fault = one.specifier.startsWith('.')
        ? localFault({ file, place, one, known, places })
        : packageFault(place.row, one.specifier);
      return fault === null ? [] : [`${file.path}:${one.line} ${fault}`];
    });
  });
}

/** Rows that no file is of and `may` entries that name no row: a table that says less than it seems to. */
export function tableFaults(table: readonly Row[]): string[] {
  const rows = new Set(table.map(({ row }) => row));
  return table.flatMap(({ row, may }) =>
    may.filter((entry) => !rows.has(rowNamed(entry))).map((entry) => `row "${row}" names "${entry}", which is no row`),
  );
}

/** The file that a relative import names, from the checkout's root. */
export function targetOf(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')));
}

function localFault(ask: {
  file: SourceFile;
  place: Place;
  one: SourceImport;
  known: ReadonlySet<string>;
  places: ReadonlyMap<string, Place | null>;
}): string | null {
  const target = targetOf(ask.file.path, ask.one.specifier);
  // What is not source (a font, a JSON file) is no one's story.
  if (!/\.(ts|tsx|css)$/.test(target)) return null;
  if (!ask.known.has(target)) return `imports ${target}, which is not there`;
  const to = ask.places.get(target);
  if (!to) return null;
  const allowed = ask.place.row.may.some((entry) => allows(entry, { from: ask.place, to, kind: ask.one.kind }));
  return allowed ? null : `(${ask.place.row.row}) must not import ${target} (${to.row.row})`;
}

function allows(entry: string, { from, to, kind }: { from: Place; to: Place; kind: SourceImport['kind'] }): boolean {
  if (rowNamed(entry) !== to.row.row) return false;
  if (entry.endsWith(' types') && kind !== 'type') return false;
  return !entry.startsWith('own ') || (from.noun !== undefined && from.noun === to.noun);
}

function rowNamed(entry: string): string {
  return entry.replace(/^own /, '').replace(/ types$/, '');
}

function packageFault(row: Row, specifier: string): string | null {
  const allowed = row.packages.some((name) =>
    name.endsWith('*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );
  return allowed ? null : `(${row.row}) must not import the package ${specifier}`;
}

function placeOf(path: string, table: readonly Row[]): Place | null {
  for (const row of table) {
    for (const pattern of row.files) {
      const match = patternToRegExp(pattern).exec(path);
      if (match) return { row, noun: match.groups?.['noun'] };
    }
  }
  return null;
}

const regExps = new Map<string, RegExp>();

function patternToRegExp(pattern: string): RegExp {
  const made = regExps.get(pattern) ?? new RegExp(`^${pattern.replace(/\*\*|\*|:noun|[{},.]/g, partToRegExp)}$`);
  regExps.set(pattern, made);
  return made;
}

function partToRegExp(part: string): string {
  switch (part) {
    case '**':
      return '.+';
    case '*':
      return '[^/]+';
    case ':noun':
      return '(?<noun>[^/]+)';
    case '{':
      return '(?:';
    case '}':
      return ')';
    case ',':
      return '|';
    default:
      return '\\.';
  }
}

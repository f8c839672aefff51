// The house rules a machine can hold, apart from imports: names, sizes, barrels, module heads, phrases that hide a fault.

import type { SourceFile } from './source.ts';

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|browser|fixture|worker|fuzz|contract|config))*\.(ts|tsx|css)$/;
const VAGUE = /(^|[-.])(utils?|helpers?|misc|common|manager|service)([-.]|$)/;
const FUNCTION_LINES = 60;
const COMPONENT_LINES = 120;
const PARAMETERS = 3;

/** Hard limits, in lines; the first that matches. What is aimed at is about half of it. */
const LINES: readonly (readonly [RegExp, number])[] = [
  [/^src\/(features|app|ui)\//, 300],
  [/./, 400],
];

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bas unknown as\b/, 'a cast through unknown hides a wrong type'],
  [/@ts-(ignore|expect-error|nocheck)/, 'the compiler is not to be silenced'],
  [/\b(TO[D]O|FIX[M]E)\b/, 'what is to be done belongs to an issue'],
  [/\b(test|it|describe)\.(skip|only|todo)\b/, 'a test that does not run proves nothing'],
  [/coming\s+soon/i, 'nothing is announced on a screen that is not there'],
];

/** A step of the database's history: one list of statements, named by its file, never edited again. */
const MIGRATION = /^server\/store\/migrations\/\d{4}-/;

/** Tests and what only tests use: as long as they must be. */
export function isTestCode(path: string): boolean {
  return /\.(test|fixture|fuzz|contract)\.tsx?$|-contract\.ts$|(^|\/)testing\//.test(path) || path.startsWith('e2e/');
}

/** What is wrong with names, sizes, heads and phrases, one line each. */
export function houseFaults(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...nameFaults(file),
    ...(isTestCode(file.path) || MIGRATION.test(file.path) ? [] : sizeFaults(file)),
    ...barrelFaults(file),
    ...headFaults(file),
    ...phraseFaults(file),
  ]);
}

function nameFaults({ path }: SourceFile): string[] {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const faults = NAME.test(name) ? [] : [`${path}:1 is not named in kebab-case`];
  const vague = [...parts, name].find((part) => VAGUE.test(part));
  return vague === undefined ? faults : [...faults, `${path}:1 "${vague}" says nothing of what it owns`];
}

function sizeFaults({ path, lines, functions }: SourceFile): string[] {
  const limit = LINES.find(([pattern]) => pattern.test(path))?.[1] ?? Infinity;
  const faults = lines > limit ? [`${path}:1 has ${lines} lines, more than ${limit}`] : [];
  for (const { name, line, lines: length, parameters } of functions) {
    const most = path.endsWith('.tsx') && /^[A-Z]/.test(name) ? COMPONENT_LINES : FUNCTION_LINES;
    if (length > most) faults.push(`${path}:${line} ${name} has ${length} lines, more than ${most}`);
    if (parameters > PARAMETERS)
      faults.push(`${path}:${line} ${name} takes ${parameters} parameters: make it one object`);
  }
  return faults;
}

function barrelFaults({ path, reexports }: SourceFile): string[] {
  return reexports.map((line) => `${path}:${line} passes on another module: import it where it is`);
}

function headFaults({ path, text }: SourceFile): string[] {
  if (!/^(server|src\/sync)\/.*\.ts$/.test(path)) return [];
  if (MIGRATION.test(path) || /\.(test|fixture)\.ts$/.test(path)) return [];
  return /^\/[/*]/.test(text) ? [] : [`${path}:1 has no head that says what it owns`];
}

function phraseFaults({ path, text }: SourceFile): string[] {
  return text.split('\n').flatMap((line, i) => {
    const found = PHRASES.filter(([phrase]) => phrase.test(line));
    return found.map(([, why]) => `${path}:${i + 1} ${why}`);
  });
}

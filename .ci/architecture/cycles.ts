// Circles of imports that run when a module is loaded. Types and lazy imports make none.

import { targetOf } from './imports.ts';
import type { SourceFile } from './source.ts';

/** Each circle once, as the path that walks it. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map(({ path, imports }) => {
      const targets = imports.filter(({ kind, specifier }) => kind === 'value' && specifier.startsWith('.'));
      return [path, targets.map(({ specifier }) => targetOf(path, specifier))] as const;
    }),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: readonly string[]) => {
    const from = trail.indexOf(path);
    if (from >= 0) cycles.push([...trail.slice(from), path].join(' → '));
    if (from >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return cycles;
}

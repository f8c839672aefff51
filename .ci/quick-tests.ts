// Which tests `npm run check` leaves to `npm test`: those that start processes (PostgreSQL, a server, a browser). Told by
// what they reach, so that nobody keeps a list.

import { targetOf } from './architecture/imports.ts';
import type { SourceFile } from './architecture/source.ts';

const STARTERS = ['server/testing/', 'server/store/embedded'];
const STARTER_PACKAGES = ['playwright', 'node:child_process'];

/** Paths of the test files that start processes, themselves or through their fixtures. */
export function slowTests(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const starts = (path: string, seen: ReadonlySet<string>): boolean => {
    if (STARTERS.some((folder) => path.startsWith(folder))) return true;
    const imports = byPath.get(path)?.imports.filter(({ kind }) => kind === 'value') ?? [];
    return imports.some(({ specifier }) => {
      if (STARTER_PACKAGES.includes(specifier)) return true;
      const target = specifier.startsWith('.') ? targetOf(path, specifier) : '';
      // Only what is there for tests is followed: the server's own code can start PostgreSQL, its tests need not.
      return isSupport(target) && !seen.has(target) && starts(target, new Set([...seen, target]));
    });
  };
  return files
    .filter(({ path }) => /\.test\.tsx?$/.test(path) && starts(path, new Set([path])))
    .map(({ path }) => path);
}

function isSupport(path: string): boolean {
  return STARTERS.some((folder) => path.startsWith(folder)) || /\.fixture\.ts$|\/testing\/|-contract\.ts$/.test(path);
}

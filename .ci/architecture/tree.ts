// The checkout's source files, read once.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from './source.ts';
import type { SourceFile } from './source.ts';

const SOURCE = /\.(ts|tsx|css)$/;

/** Every source file under the folders, sorted by path; a folder that is not there holds none. */
export function readTree(root: string, folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => filesUnder(root, folder))
    .sort()
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
}

function filesUnder(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(root, path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

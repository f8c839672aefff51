import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from './mutants-planted.ts';
import { ROOT } from './part.ts';

test('every bug has its one place in the code as it is now', async () => {
  const astray: string[] = [];
  for (const { name, edits } of MUTANTS) {
    for (const { file, from } of edits) {
      const parts = (await readFile(join(ROOT, file), 'utf8')).split(from).length;
      if (parts !== 2) astray.push(`${name}: ${file}`);
    }
  }
  expect(astray).toEqual([]);
});

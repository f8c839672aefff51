// `npm run mutants`: plants known bugs of engines like this one, one at a time, in a copy of the project, and runs the tests that
// have to catch each. A bug that no test catches is a hole in the tests. Names after `--` choose; without any, all are planted.

import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MUTANTS } from './mutants-planted.ts';
import type { Mutant } from './mutants-planted.ts';
import { ROOT, runPart, tool } from './part.ts';

const LIMIT_MS = 10 * 60_000;
/** How many random histories find any of them. */
const HISTORIES = '300';
const asked = process.argv.slice(2);
const chosen = MUTANTS.filter(({ name }) => asked.length === 0 || asked.includes(name));
const copy = await mkdtemp(join(tmpdir(), 'interlude-mutants-'));
let survivors = 0;
try {
  await copyTo(copy);
  for (const mutant of chosen) {
    const caught = await isCaught(mutant);
    if (!caught) survivors += 1;
    process.stdout.write(`${caught ? 'caught  ' : 'SURVIVED'}  ${mutant.name.padEnd(42)} ${mutant.tests.join(' ')}\n`);
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}
process.stdout.write(`${chosen.length - survivors} caught, ${survivors} survived\n`);
process.exitCode = survivors > 0 || chosen.length === 0 ? 1 : 0;

/** What git knows of the project, with the packages of this one. */
async function copyTo(folder: string): Promise<void> {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  for (const file of listed.split('\0').filter(Boolean)) await cp(join(ROOT, file), join(folder, file));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

/** The tests pass without the bug and fail with it. */
async function isCaught(mutant: Mutant): Promise<boolean> {
  const originals = new Map<string, string>();
  if (!(await passes(mutant))) throw new Error(`${mutant.name}: the tests fail without the bug`);
  try {
    for (const { file, from, to } of mutant.edits) {
      const text = await readFile(join(copy, file), 'utf8');
      if (!originals.has(file)) originals.set(file, text);
      if (text.split(from).length !== 2) throw new Error(`${mutant.name}: ${file} has not once: ${from}`);
      await writeFile(
        join(copy, file),
        text.replace(from, () => to),
      );
    }
    return !(await passes(mutant));
  } finally {
    for (const [file, text] of originals) await writeFile(join(copy, file), text);
  }
}

async function passes({ name, tests }: Mutant): Promise<boolean> {
  const command = [tool('vitest'), 'run', '--root', copy, ...tests] as const;
  const { ok } = await runPart({ name, command, env: { SEEDS: HISTORIES }, limitMs: LIMIT_MS }, { show: false });
  return ok;
}

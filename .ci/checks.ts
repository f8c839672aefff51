// The parts of a check that only read: types, lint, format, what is unused.

import { runPart, tool } from './part.ts';
import type { Part, PartResult } from './part.ts';

const LIMIT_MS = 240_000;

const PARTS: readonly Part[] = [
  ['types: app', 'tsc', '-p', 'tsconfig.json'],
  ['types: both sides', 'tsc', '-p', 'src/tsconfig.shared.json'],
  ['types: server and tools', 'tsc', '-p', 'server/tsconfig.json'],
  ['types: worker', 'tsc', '-p', 'src/app/tsconfig.sw.json'],
  ['lint', 'oxlint'],
  ['format', 'oxfmt', '--check', '.'],
  ['unused', 'knip', '--no-progress', '--no-config-hints'],
].map(([name = '', program = '', ...args]) => ({ name, command: [tool(program), ...args], limitMs: LIMIT_MS }));

/** Runs them one after another, telling each one's result as it ends. */
export async function runChecks(tell: (result: PartResult) => void): Promise<PartResult[]> {
  const results: PartResult[] = [];
  for (const part of PARTS) {
    const result = await runPart(part, { show: false });
    tell(result);
    results.push(result);
  }
  return results;
}

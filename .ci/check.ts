// `npm run check`: types, lint, format, unused code, unit and architecture tests, one line each. For every save; what
// starts PostgreSQL or a browser is for `npm test`.

import { readTree } from './architecture/tree.ts';
import { runChecks } from './checks.ts';
import { lineOf, ROOT, runPart, tool } from './part.ts';
import type { PartResult } from './part.ts';
import { slowTests } from './quick-tests.ts';

const TEST_LIMIT_MS = 300_000;

const tell = (result: PartResult) => {
  process.stdout.write(lineOf(result));
  if (!result.ok) process.stdout.write(`${result.output}\n`);
};

const results = (await Promise.all([runChecks(tell), quickTests()])).flat();
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
process.stdout.write(failed.length === 0 ? 'All is well.\n' : `Failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function quickTests(): Promise<PartResult[]> {
  const leave = slowTests(readTree(ROOT, ['src', 'server', '.ci'])).flatMap((path) => ['--exclude', path]);
  const command = [tool('vitest'), 'run', '--reporter=dot', ...leave] as const;
  // Random histories are for `npm test` and `npm run fuzz`; here a few show that they run.
  const env = { SEEDS: process.env['SEEDS'] ?? '10', NO_COLOR: '1' };
  const part = { name: 'tests: unit and architecture', command, env, limitMs: TEST_LIMIT_MS };
  const result = await runPart(part, { show: false });
  tell(result);
  return [result];
}

// `npm test`: everything. Goes on after a part that fails, and says at the end which did. The last line is the count.
//
// Budgets on two cores: checks 1 minute, unit and server tests 6, build and journeys 14, campaigns 8. Machines differ by three: the
// campaigns come last, and where `.ci/run` says how long all may take, they have what is left of it; they say how far they came.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleServers } from './bundled-servers.ts';
import { runChecks } from './checks.ts';
import { countOf, countsOf, sumOf, summaryOf } from './counts.ts';
import type { Counts } from './counts.ts';
import { BUNDLED_SERVERS, SHARE_OF_TIME } from './given.ts';
import { lineOf, runPart, tool } from './part.ts';
import type { Part, PartResult } from './part.ts';
import { shareOf, SHARE_OF_DAY, today } from './share-of-day.ts';

const MINUTE_MS = 60_000;
/** When all is to be over, in seconds from now; Infinity where nobody says. */
const SECONDS = Number(process.env['TEST_SECONDS'] ?? Infinity);
/** What campaigns take that are given all of their time, and the least that is worth beginning them with. */
const CAMPAIGNS_SECONDS = { all: 640, fixed: 240 };
const CAMPAIGNS = '.fuzz.test';
/** Long ones that wait for processes more than they work: beside the campaigns they cost half. */
const LONG = ['server/effects/killed.test', 'server/ops/backup/drill.test', 'server/store/faults.test'];
const BROWSER: Part = {
  name: 'a browser',
  command: [process.execPath, '--import', 'tsx', '.ci/provide-browser.ts'],
  limitMs: 12 * MINUTE_MS,
};
const results: PartResult[] = [];
const counts: Counts[] = [];

const folder = await mkdtemp(join(tmpdir(), 'interlude-test-'));
const removeFolder = (path: string) => rm(path, { recursive: true, force: true });
const undo = [() => removeFolder(folder)];
try {
  // Looked for, and installed, beside the checks: a download waits more than it works.
  const browser = runPart(BROWSER, { show: false });
  await runChecks(takeQuiet);
  const bundled = await bundleServers();
  undo.push(() => removeFolder(bundled));
  const env = { ...browserEnv(await browser), [BUNDLED_SERVERS]: bundled };
  const vitest = [tool('vitest'), 'run', '--reporter=default', '--reporter=json'] as const;
  const report = (file: string) => ({ args: [`--outputFile.json=${file}`] });
  await runTests('unit and server tests', env, {
    // On two cores vitest would use one, and a third of what runs waits for a database, a process or a disk.
    command: [
      ...vitest,
      '--maxWorkers=3',
      ...[`**/*${CAMPAIGNS}`, ...LONG].flatMap((file) => ['--exclude', `${file}.ts`]),
    ],
    limitMs: 14 * MINUTE_MS,
    report,
  });
  const built = await runShown({
    name: 'build and budgets',
    command: [process.execPath, '--import', 'tsx', 'server/ops/build.ts'],
    limitMs: 5 * MINUTE_MS,
  });
  take(built, countOf(built));
  const day = today();
  const { taken, left } = shareOf(day);
  for (const [what, share] of Object.entries({ 'Today’s share of the sweeps': taken, 'Left to other days': left }))
    process.stdout.write(`${what}: ${[...share.faults, ...share.walks].join(', ')}.\n`);
  await runTests(
    'end-to-end journeys',
    { ...env, [SHARE_OF_DAY]: String(day) },
    {
      command: [tool('playwright'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
      limitMs: 36 * MINUTE_MS,
      report: (file) => ({ env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
    },
  );
  // Random histories, kills and failing calls: their bounded share; the rest is by hand. A third at once would only make those late
  // that count on a server's answering in time.
  await runTests(
    'campaigns',
    { ...env, [SHARE_OF_TIME]: shareOfTime() },
    {
      command: [...vitest, '--maxWorkers=2', CAMPAIGNS, ...LONG],
      limitMs: 18 * MINUTE_MS,
      report,
    },
  );
} finally {
  for (const step of undo.reverse()) await step();
}
conclude();

/** Of their time, what there is left for the campaigns. */
function shareOfTime(): string {
  const { all, fixed } = CAMPAIGNS_SECONDS;
  const left = SECONDS - performance.now() / 1000;
  return String(Math.min(1, Math.max(0, (left - fixed) / (all - fixed))));
}

/** Chromium is found once, for all. Without one the browser's tests fail and say why; the others run. */
function browserEnv(result: PartResult): Record<string, string> {
  takeQuiet(result);
  const program = result.output.trim().split('\n').at(-1);
  return result.ok && program ? { CHROMIUM_PATH: program } : {};
}

function takeQuiet(result: PartResult): void {
  take(result, countOf(result));
  if (!result.ok) process.stdout.write(`${result.output}\n`);
}

interface Runner {
  readonly command: Part['command'];
  readonly limitMs: number;
  report(file: string): { args?: string[]; env?: Record<string, string> };
}

async function runTests(name: string, env: Record<string, string>, runner: Runner): Promise<void> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const { args = [], env: more = {} } = runner.report(file);
  const part = {
    name,
    command: [...runner.command, ...args] as const,
    env: { ...env, ...more },
    limitMs: runner.limitMs,
  };
  const result = await runShown(part);
  take(result, await countsOf(result, file));
}

function runShown(part: Part): Promise<PartResult> {
  process.stdout.write(`\n── ${part.name}\n`);
  return runPart(part, { show: true });
}

function take(result: PartResult, count: Counts): void {
  const ok = result.ok && count.failed === 0;
  results.push({ ...result, ok });
  counts.push(count);
  process.stdout.write(lineOf({ ...result, ok }));
}

function conclude(): void {
  process.stdout.write(`\n${results.map(lineOf).join('')}`);
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) process.stdout.write(`Failed: ${failed.join(', ')}. The last: ${failed.at(-1)}.\n`);
  const total = sumOf(counts);
  process.stdout.write(`${summaryOf(total)}\n`);
  process.exitCode = total.failed > 0 || failed.length > 0 ? 1 : 0;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { countOf, countsOf, sumOf, summaryOf } from './counts.ts';

async function reported(ok: boolean, report: object | null) {
  const folder = await mkdtemp(join(tmpdir(), 'interlude-counts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.json');
  if (report) await writeFile(file, JSON.stringify(report));
  return countsOf({ ok }, file);
}

const unit = (numPassedTests: number, numFailedTests: number) => ({
  numPassedTests,
  numFailedTests,
  numPendingTests: 1,
  numTodoTests: 1,
});

test('both runners’ reports are counted; a flaky journey has failed', async () => {
  expect(await reported(true, unit(5, 0))).toEqual({ passed: 5, failed: 0, skipped: 2 });
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  expect(await reported(false, { stats })).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('what failed without a failed test counts as one, and so does a run without tests', async () => {
  expect(await reported(false, unit(5, 0))).toEqual({ passed: 5, failed: 1, skipped: 2 });
  expect(await reported(false, null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(await reported(true, null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the last line', () => {
  const total = sumOf([countOf({ ok: true }), countOf({ ok: false }), { passed: 4, failed: 0, skipped: 0 }]);
  expect(summaryOf(total)).toBe('5 passed, 1 failed');
  expect(summaryOf({ ...total, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped');
});

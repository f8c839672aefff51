// Counts of tests, read from what the runners report in JSON.

import { readFile } from 'node:fs/promises';
import type { PartResult } from './part.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A part that is not made of tests counts as one. */
export function countOf({ ok }: Pick<PartResult, 'ok'>): Counts {
  return { ...NOTHING, [ok ? 'passed' : 'failed']: 1 };
}

/**
 * The tests of a runner. Where it failed and no test did (a file that does not load, a bug between tests, no report), that
 * is one failure more: nothing that went wrong may count as nothing.
 */
export async function countsOf(result: Pick<PartResult, 'ok'>, reportFile: string): Promise<Counts> {
  const report = await readFile(reportFile, 'utf8').then(parseReport, () => NOTHING);
  const silent = !result.ok && report.failed === 0;
  const empty = result.ok && report.passed + report.failed + report.skipped === 0;
  return silent || empty ? { ...report, failed: report.failed + 1 } : report;
}

export function sumOf(counts: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => counts.reduce((total, one) => total + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** `N passed, N failed`, and how many were skipped where any were. */
export function summaryOf({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function parseReport(text: string): Counts {
  const report = JSON.parse(text) as VitestReport | PlaywrightReport;
  if ('stats' in report) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

// Figures of repeated runs, and the table they are printed in.

import { loadavg } from 'node:os';
import { must } from '../../src/base/must.ts';

/** How often each measurement is made; the median is told. `ROUNDS=1` is for a quick look. */
export const ROUNDS = Number(process.env['ROUNDS'] ?? 3);

/** One line of a table. `target` says what was wanted; `isMet` whether it was, `null` where nothing was promised. */
export interface Line {
  readonly what: string;
  readonly figure: string;
  readonly target?: string;
  readonly isMet?: boolean;
  readonly more?: string;
}

export function median(figures: readonly number[]): number {
  return percentile(figures, 50);
}

/** The figure below which so many of a hundred lie, itself one of the figures. */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return must(sorted[rank - 1], 'a figure');
}

/** Prints the table; a missed target makes the run a failed one. */
export function printTable(title: string, lines: readonly Line[]): void {
  process.stdout.write(tableOf(title, lines));
  if (lines.some(({ isMet }) => isMet === false)) process.exitCode = 1;
}

export function tableOf(title: string, lines: readonly Line[]): string {
  const cells = lines.map(({ what, figure, target = '', isMet, more = '' }) => [
    what,
    figure,
    target + (isMet === false ? ' MISSED' : ''),
    more,
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(...cells.map((row) => (row[i] ?? '').length)) + 2);
  const text = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('')
      .trimEnd(),
  );
  const load = loadavg().map((one) => one.toFixed(1));
  return [`\n${title}`, ...text, `load of this machine: ${load.join(' ')}; medians of ${ROUNDS}\n`].join('\n');
}

export const ms = (figure: number): string => `${figure.toFixed(0)} ms`;
export const seconds = (figureMs: number): string => `${(figureMs / 1000).toFixed(2)} s`;
export const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}x`;

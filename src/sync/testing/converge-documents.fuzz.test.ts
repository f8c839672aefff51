// Random histories of documents. Budget: 40 seconds.

import { expect, test } from 'vitest';
import { faultsOfDocHistory } from './doc-history.ts';
import { count, first } from './histories.ts';

const STEPS = 60;
const SHOWN = 5;

const seeds = count(150);

test(`${seeds} histories of documents from ${first} on end well on every device`, { timeout: 36_000_000 }, async () => {
  const bad: Record<number, string[]> = {};
  for (let seed = first; seed < first + seeds; seed++) {
    const faults = await faultsOfDocHistory(seed, STEPS).catch((error: unknown) => [String(error)]);
    if (faults.length > 0) bad[seed] = faults.slice(0, SHOWN);
  }
  expect(JSON.stringify(bad, null, 1)).toBe('{}');
});

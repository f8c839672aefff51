// Random histories. `SEEDS` says how many, `FROM` the first: `FROM=4711 SEEDS=1 npx vitest run src/sync/testing` repeats one.

import { expect, test } from 'vitest';
import { faultsOfHistory } from './history.ts';

const STEPS = 60;
const from = Number(process.env['FROM'] ?? 1);
const seeds = Number(process.env['SEEDS'] ?? 50);

test(`${seeds} histories from ${from} on end well on every device`, { timeout: 3_600_000 }, async () => {
  const bad: Record<number, string[]> = {};
  for (let seed = from; seed < from + seeds; seed++) {
    const faults = await faultsOfHistory(seed, STEPS).catch((error: unknown) => [String(error)]);
    if (faults.length > 0) bad[seed] = faults.slice(0, 5);
  }
  expect(JSON.stringify(bad, null, 1)).toBe('{}');
});

// Random histories, the second half: two files, so that both cores of a small machine work. Budget: 4 minutes for both together.

import { expect, test } from 'vitest';
import { count, faultsByHistory, first } from './histories.ts';

const seeds = count(5000);

test(`half of ${seeds} histories from ${first} on end well on every device`, { timeout: 36_000_000 }, async () => {
  expect(await faultsByHistory(seeds, { share: 1, of: 2 })).toBe('{}');
});

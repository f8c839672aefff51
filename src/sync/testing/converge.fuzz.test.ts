// Random histories, the first half: two files, so that both cores of a small machine work. Budget: 2 minutes at once with the other.

import { expect, test } from 'vitest';
import { faultsByHistory } from './histories.ts';
import { faultsOfHistory } from './history.ts';

test('random histories end well on every device', { timeout: 36_000_000 }, async () => {
  expect(await faultsByHistory({ most: 2500, seconds: 120, nth: 0, of: 2 }, faultsOfHistory)).toBe('{}');
});

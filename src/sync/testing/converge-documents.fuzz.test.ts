// Random histories of documents. Budget: 40 seconds.

import { expect, test } from 'vitest';
import { faultsOfDocHistory } from './doc-history.ts';
import { faultsByHistory } from './histories.ts';

test('histories of documents end well on every device', { timeout: 36_000_000 }, async () => {
  expect(await faultsByHistory({ most: 150, seconds: 40 }, faultsOfDocHistory)).toBe('{}');
});

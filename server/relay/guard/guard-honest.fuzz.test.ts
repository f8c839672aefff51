// Honest histories: of two people on three devices, offline, started anew, with programs that send everything again, nothing may be
// refused, and all copies are equal at the end. `HISTORIES=100000 SEED=7000` runs more of them, and others. Budget: 40 seconds.

import { expect, test } from 'vitest';
import { chanceOf } from '../../../src/sync/testing/random.ts';
import { Share } from '../../../src/sync/testing/share.ts';
import { faultsOfHistory } from './honest.fixture.ts';

const asked = process.env['HISTORIES'] ?? process.env['SEEDS'];
const SEED = Number(process.env['SEED'] ?? 1);
const HOURS = 36_000_000;

test('honest histories are taken whole', { timeout: HOURS }, () => {
  const bad: Record<number, string[]> = {};
  const share = new Share({ asked, most: 5000, least: 100, seconds: 40 });
  for (const round of share.rounds()) {
    const seed = SEED + round;
    const faults = faultsOfHistory(chanceOf(seed), 40);
    if (faults.length > 0) bad[seed] = faults.slice(0, 5);
  }
  share.say(`honest histories from ${SEED} on`);
  expect(bad).toEqual({});
});

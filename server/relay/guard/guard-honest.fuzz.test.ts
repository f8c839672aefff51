// Honest histories: of two people on three devices, offline, started anew, with programs that send everything again, nothing may be
// refused, and all copies are equal at the end. `HISTORIES=100000 SEED=7000` runs more of them, and others. Budget: a minute.

import { expect, test } from 'vitest';
import { chanceOf } from '../../../src/sync/testing/random.ts';
import { faultsOfHistory } from './honest.fixture.ts';

const HISTORIES = Number(process.env['HISTORIES'] ?? process.env['SEEDS'] ?? 5000);
const SEED = Number(process.env['SEED'] ?? 1);
const HOURS = 36_000_000;

test(`${HISTORIES} honest histories from ${SEED} on are taken whole`, { timeout: HOURS }, () => {
  const bad: Record<number, string[]> = {};
  for (let seed = SEED; seed < SEED + HISTORIES; seed += 1) {
    const faults = faultsOfHistory(chanceOf(seed), 40);
    if (faults.length > 0) bad[seed] = faults.slice(0, 5);
  }
  expect(bad).toEqual({});
});

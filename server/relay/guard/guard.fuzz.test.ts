// Hostile updates, each of which the guard must refuse or take harmlessly, as the oracle sees it. `UPDATES=1000000 SEED=7000` runs
// more of them, and others. Budget: a minute.

import { expect, test } from 'vitest';
import { chanceOf } from '../../../src/sync/testing/random.ts';
import { Share } from '../../../src/sync/testing/share.ts';
import { World } from './hostile.fixture.ts';
import { judge } from './judge.ts';
import { faultsOf } from './oracle.fixture.ts';
import type { Ask, Verdict } from './verdict.ts';

/** How many are thrown at one room before the next. */
const EACH = 200;
const { env } = process;
// `npm run check` says how many seeds.
const asked = env['UPDATES'] ? String(Math.ceil(Number(env['UPDATES']) / EACH)) : env['SEEDS'];
const SEED = Number(env['SEED'] ?? 1);
const STALL_MS = 50;
const HOURS = 36_000_000;

test('hostile updates do no harm', { timeout: HOURS }, () => {
  const [bad, counts]: [Record<number, string[]>, Record<string, number>] = [{}, {}];
  let slowest = 0;
  const share = new Share({ asked, most: 500, least: 20, seconds: 60 });
  for (const round of share.rounds()) {
    const seed = SEED + round;
    const world = new World(chanceOf(seed));
    const faults: string[] = [];
    for (let i = 0; i < EACH; i += 1) {
      const ask = { ...world.attack(), kind: world.room.kind, doc: world.room.doc, clients: world.room.clients };
      const { verdict, took } = timed(ask);
      slowest = Math.max(slowest, took);
      const code = verdict.kind === 'refused' ? verdict.code : verdict.kind;
      counts[code] = (counts[code] ?? 0) + 1;
      const found = faultsOf(ask, verdict);
      faults.push(...found.map((fault) => `${i}: ${fault}`));
      // What was taken is what the next are judged against.
      if (verdict.kind === 'new' && found.length === 0) world.room.receive(ask.writer, ask.update);
    }
    if (faults.length > 0) bad[seed] = faults.slice(0, 5);
  }
  share.say(`rooms with ${EACH} hostile updates each, from ${SEED} on`);
  process.stdout.write(`${JSON.stringify(counts)}, slowest ${slowest.toFixed(1)} ms\n`);
  expect(bad).toEqual({});
  expect(slowest).toBeLessThan(STALL_MS);
});

/** A verdict changes nothing: one that the machine has interrupted is asked for again. */
function timed(ask: Ask): { verdict: Verdict; took: number } {
  let took = Infinity;
  for (let times = 0; times < 10 && took > STALL_MS; times += 1) {
    const from = performance.now();
    judge(ask);
    took = Math.min(took, performance.now() - from);
  }
  return { verdict: judge(ask), took };
}

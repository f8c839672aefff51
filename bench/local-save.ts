// A person's act on a slow phone, from the call until its strict transaction is done and the live list shows it, the page 4
// times slower, with 1,000 entries on the device: without a network, and with one, when the sending that an act starts is
// under way beside it. There is no reference: nothing bare does as much. Target: 95 of 100 within 60 ms.

import { clientOf, openPlace, takeDevice } from './device/bench-place.ts';
import type { BenchDevice } from './device/bench-device.ts';
import { profiled } from './device/profile.ts';
import { median, ms, percentile, printTable, ROUNDS } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';

const ACTS = 100;
const SLOWDOWN = 4;
const TARGET_MS = 60;

interface Round {
  readonly safe: number;
  readonly kept: number;
  readonly seen: number;
}

const place = await openPlace({ ana: 1000 });
try {
  const device = await takeDevice(place, 'ana');
  await device.call('pull', clientOf('ana'));
  await device.call('start', clientOf('ana'));
  await device.slowDown(SLOWDOWN);
  const online = await rounds(device, 'online');
  await device.goOffline(true);
  const offline = await rounds(device, 'offline');
  await device.remove();
  const lines = [...linesOf('without a network', offline), ...linesOf('with one', online)];
  printTable(`Acts kept and seen, page ${SLOWDOWN}x slower, 95 of 100 within`, lines);
} finally {
  await place.remove();
}

async function rounds(device: BenchDevice, name: string): Promise<Round[]> {
  const found: Round[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const asked = { count: ACTS, client: clientOf('ana') };
    const acts = await profiled(device, `local-save-${name}`, () => device.call('save', asked));
    const of = (figure: (act: { kept: number; seen: number }) => number) => percentile(acts.map(figure), 95);
    const [safe, kept, seen] = [
      of((act) => Math.max(act.kept, act.seen)),
      of((act) => act.kept),
      of((act) => act.seen),
    ];
    found.push({ safe, kept, seen });
  }
  return found;
}

function linesOf(what: string, found: readonly Round[]): Line[] {
  const safe = median(found.map((round) => round.safe));
  const more = `kept ${ms(median(found.map((round) => round.kept)))}, seen ${ms(median(found.map((round) => round.seen)))}`;
  return [{ what, figure: ms(safe), target: `<= ${TARGET_MS} ms`, isMet: safe <= TARGET_MS, more }];
}

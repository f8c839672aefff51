// An unlock without a network, from the data key at hand to the first list of the newest entries, with 10,000 and 100,000
// entries on the device. Each time in a browser that was just started, its page 4 times slower. Deriving the key from a
// password is not in it: `first-load` tells that. Targets: 1.0 s and 2.0 s.

import { clientOf, openPlace, takeDevice } from './device/bench-place.ts';
import type { BenchPlace } from './device/bench-place.ts';
import { profiled } from './device/profile.ts';
import { median, printTable, ROUNDS, seconds } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';

const SLOWDOWN = 4;
const CHARTS = [
  { key: 'ana', rows: 10_000, targetMs: 1000 },
  { key: 'ben', rows: 100_000, targetMs: 2000 },
];
const asked = process.env['ROWS'];
const charts = CHARTS.filter(({ rows }) => asked === undefined || rows === Number(asked));

const place = await openPlace(Object.fromEntries(charts.map(({ key, rows }) => [key, rows])));
try {
  const lines: Line[] = [];
  for (const chart of charts) lines.push(await measure(place, chart));
  printTable(`Offline start, page ${SLOWDOWN}x slower`, lines);
} finally {
  await place.remove();
}

async function measure(at: BenchPlace, { key, rows, targetMs }: (typeof CHARTS)[number]): Promise<Line> {
  const device = await takeDevice(at, key);
  const taken: number[] = [];
  try {
    await device.call('pull', clientOf(key));
    for (let round = 1; round <= ROUNDS; round += 1) {
      await device.close();
      await device.open();
      await device.goOffline(true);
      await device.slowDown(SLOWDOWN);
      const { ms, shown } = await profiled(device, 'offline-start', () => device.call('start', clientOf(key)));
      if (shown !== 30) throw new Error(`the list shows ${shown}`);
      taken.push(ms);
    }
  } finally {
    await device.remove();
  }
  const ms = median(taken);
  const target = `<= ${seconds(targetMs)}`;
  return {
    what: `${rows} entries`,
    figure: seconds(ms),
    target,
    isMet: ms <= targetMs,
    more: taken.map(seconds).join(', '),
  };
}

// Everything fetched by a fresh device, with encryption on: 10,000 and 100,000 entries of one chart, from the real server
// through real Chromium into the device's sealed database. Reference, in the same run: the same rows as gzip over plain HTTP
// from memory and `bulkPut` into plain Dexie with the same indexes, in the same pages of 500. Targets: at most 1.5 times the
// reference's time; at most 60 kB of answers until the newest entries can be read; no block of the page's thread over 50 ms.

import { openBare, openPlace, clientOf, setUpAnew, takeDevice } from './device/bench-place.ts';
import { BenchDevice } from './device/bench-device.ts';
import { kB, median, ms, printTable, ROUNDS, seconds, times } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';
import { profiled } from './device/profile.ts';

const SIZES = { ana: 10_000, ben: 100_000 } as const;
const asked = process.env['ROWS'] === undefined ? null : Number(process.env['ROWS']);

const charts = Object.fromEntries(Object.entries(SIZES).filter(([, rows]) => asked === null || rows === asked));
const place = await openPlace(charts);
try {
  for (const [key, rows] of Object.entries(charts)) printTable(`${rows} entries pulled`, await measure(key, rows));
} finally {
  await place.remove();
}

async function measure(key: string, rows: number): Promise<Line[]> {
  const bare = await openBare(place, key);
  const plain = await BenchDevice.take(bare.port);
  const device = await takeDevice(place, key);
  const found: { pulled: Awaited<ReturnType<typeof once>>; bareMs: number }[] = [];
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const reference = await plain.call('barePull', Math.ceil(rows / 500));
      const pulled = await once(device, key);
      found.push({ pulled, bareMs: reference.ms });
      process.stdout.write(`round ${round}: ${seconds(pulled.ms)}, reference ${seconds(reference.ms)}\n`);
    }
  } finally {
    await device.remove();
    await plain.remove();
    await bare.close();
  }
  return linesOf(found);
}

async function once(device: BenchDevice, key: string) {
  await setUpAnew(device, key);
  return profiled(device, 'first-pull', () => device.call('pull', clientOf(key)));
}

function linesOf(found: readonly { pulled: Awaited<ReturnType<typeof once>>; bareMs: number }[]): Line[] {
  const ratio = median(found.map(({ pulled, bareMs }) => pulled.ms / bareMs));
  const of = (figure: (pulled: Awaited<ReturnType<typeof once>>) => number) =>
    median(found.map(({ pulled }) => figure(pulled)));
  const block = of(({ blocks }) => blocks[0] ?? 0);
  const firstBytes = of((pulled) => pulled.firstBytes);
  return [
    {
      what: 'time, of the reference’s',
      figure: times(ratio),
      target: '<= 1.50x',
      isMet: ratio <= 1.5,
      more: `${seconds(of((pulled) => pulled.ms))} against ${seconds(median(found.map(({ bareMs }) => bareMs)))}`,
    },
    {
      what: 'answers until the newest can be read',
      figure: kB(firstBytes),
      target: '<= 60.0 kB',
      isMet: firstBytes <= 60_000,
      more: `after ${seconds(of((pulled) => pulled.firstMs))}`,
    },
    {
      what: 'longest block of the page’s thread',
      figure: block === 0 ? 'under 50 ms' : ms(block),
      target: '<= 50 ms',
      isMet: block <= 50,
      more: `${of(({ blocks }) => blocks.length)} blocks over 50 ms`,
    },
    { what: 'answers in all', figure: kB(of(({ bytes }) => bytes)), more: `${of(({ pulls }) => pulls)} pulls` },
  ];
}

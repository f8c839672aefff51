// 1,000 and 10,000 acts done without a network, then sent: from the device's sealed outbox in real Chromium until the real
// server has answered all of them. Reference, in the same run: as many plain entries from plain Dexie, as gzip over plain
// HTTP, one PostgreSQL transaction for each 2,000, and noted as sent by `bulkPut`. Targets: at most 1.5 times the reference's
// time; at most half the bytes of the mutations as plain JSON, counting all that goes over the line both ways, headers too.

import { openBare, openPlace, clientOf, setUpAnew, takeDevice } from './device/bench-place.ts';
import { BenchDevice } from './device/bench-device.ts';
import { profiled } from './device/profile.ts';
import { kB, median, ms, printTable, ROUNDS, seconds, times } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';

const COUNTS = [1000, 10_000];

interface Round {
  readonly writeMs: number;
  readonly pushMs: number;
  readonly waitMs: number;
  readonly bareMs: number;
  readonly rawBytes: number;
  readonly wireBytes: number;
  readonly block: number;
}

const place = await openPlace();
const bare = await openBare(place, null);
const plain = await BenchDevice.take(bare.port);
const device = await takeDevice(place, 'ana');
try {
  for (const count of COUNTS) {
    const found: Round[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) found.push(await measure(count));
    printTable(`${count} acts sent`, linesOf(found, count));
  }
} finally {
  await device.remove();
  await plain.remove();
  await bare.close();
  await place.remove();
}

async function measure(count: number): Promise<Round> {
  const reference = await plain.call('barePush', count);
  await setUpAnew(device, 'ana');
  const written = await device.call('write', { count, client: clientOf('ana') });
  device.meter.reset();
  const sent = await profiled(device, 'offline-push', () => device.call('push'));
  const wireBytes = device.meter.up + device.meter.down;
  process.stdout.write(`sent in ${seconds(sent.ms)}, reference ${seconds(reference.ms)}\n`);
  const { ms: writeMs, rawBytes } = written;
  return {
    writeMs,
    rawBytes,
    wireBytes,
    pushMs: sent.ms,
    waitMs: sent.waitMs,
    bareMs: reference.ms,
    block: sent.blocks[0] ?? 0,
  };
}

function linesOf(found: readonly Round[], count: number): Line[] {
  const of = (figure: (round: Round) => number) => median(found.map(figure));
  const ratio = of(({ pushMs, bareMs }) => pushMs / bareMs);
  const share = of(({ wireBytes, rawBytes }) => wireBytes / rawBytes);
  const block = of((round) => round.block);
  return [
    {
      what: 'time, of the reference’s',
      figure: times(ratio),
      target: '<= 1.50x',
      isMet: ratio <= 1.5,
      more: `${seconds(of(({ pushMs }) => pushMs))} against ${seconds(of(({ bareMs }) => bareMs))}`,
    },
    {
      what: 'bytes, of the plain JSON’s',
      figure: times(share),
      target: '<= 0.50x',
      isMet: share <= 0.5,
      more: `${kB(of(({ wireBytes }) => wireBytes))} of ${kB(of(({ rawBytes }) => rawBytes))}`,
    },
    { what: 'of it waiting for the server', figure: seconds(of(({ waitMs }) => waitMs)) },
    { what: 'longest block of the page’s thread', figure: block === 0 ? 'under 50 ms' : ms(block) },
    { what: 'doing them, one act', figure: `${(of(({ writeMs }) => writeMs) / count).toFixed(1)} ms` },
  ];
}

// The server's memory over 10,000 devices that come, pull and go, 100 at a time, each with an id of its own. Its heap and
// resident set are asked after a collection, before any and after each 2,000. The first 2,000 warm it up: code, buffers and
// the pool grow once. Target: from then on the heap grows by less than 1 kB a device, and the resident set by less than a
// tenth.

import { signInTo } from '../server/testing/wire-device.ts';
import { BenchServer } from './ground/bench-server.ts';
import { CrowdDevice } from './ground/crowd.ts';
import { printTable } from './ground/figures.ts';
import type { Line } from './ground/figures.ts';

const DEVICES = 10_000;
const STEP = 2000;
const AT_ONCE = 100;
const HEAP_GROWTH_EACH = 1000;
const RSS_GROWTH = 0.1;

const MB = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const server = await BenchServer.open();
try {
  const ana = await signInTo(server.way, 'ana');
  const looks = [{ done: 0, ...(await server.memory()) }];
  for (let done = 0; done < DEVICES;) {
    for (const end = done + STEP; done < end; done += AT_ONCE) await wave(() => new CrowdDevice(server.way, ana));
    looks.push({ done, ...(await server.memory()) });
  }
  const [, warm, ...rest] = looks;
  const last = rest.at(-1);
  if (warm === undefined || last === undefined) throw new Error('there were no waves');
  const heap = (last.heap - warm.heap) / (DEVICES - STEP);
  const rss = (last.rss - warm.rss) / warm.rss;
  printTable(`${DEVICES} devices come and go, ${AT_ONCE} at a time`, [
    ...looks.map((look): Line => ({ what: `after ${look.done}`, figure: MB(look.rss), more: `heap ${MB(look.heap)}` })),
    {
      what: 'heap, each device after warm-up',
      figure: `${heap.toFixed(0)} bytes`,
      target: `< ${HEAP_GROWTH_EACH} bytes`,
      isMet: heap < HEAP_GROWTH_EACH,
    },
    {
      what: 'resident set after warm-up',
      figure: `${(rss * 100).toFixed(1)} %`,
      target: `< ${RSS_GROWTH * 100} %`,
      isMet: rss < RSS_GROWTH,
    },
  ]);
} finally {
  await server.remove();
}

async function wave(make: () => CrowdDevice): Promise<void> {
  const devices = Array.from({ length: AT_ONCE }, make);
  await Promise.all(
    devices.map(async (device) => {
      await device.listen();
      const { status } = await device.pull({ epoch: null, cursor: null });
      if (status !== 200) throw new Error(`a pull was answered ${status}`);
    }),
  );
  await Promise.all(devices.map((device) => device.leave()));
}

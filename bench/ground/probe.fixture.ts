// Preloaded into a measured server: on SIGWINCH it says how long its loop stood still at most since it was asked last, and what its
// memory is after a collection.

import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let looks = 0;

process.on('SIGWINCH', () => {
  const stallMs = delay.max / 1e6;
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  looks += 1;
  process.stdout.write(`${JSON.stringify({ code: `probe-${looks}`, stallMs, rss, heap: heapUsed + external })}\n`);
  setImmediate(() => delay.reset());
});

// A look at where a page's time goes: with `PROFILE=<folder>` each measured call leaves a profile there that Chromium's
// DevTools opens. Without it nothing is slowed down.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchDevice } from './bench-device.ts';

export async function profiled<T>(device: BenchDevice, name: string, work: () => Promise<T>): Promise<T> {
  const folder = process.env['PROFILE'];
  if (!folder) return work();
  const cdp = await device.cdp();
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
  await cdp.send('Profiler.start');
  const result = await work();
  const { profile } = await cdp.send('Profiler.stop');
  await writeFile(join(folder, `${name}-${Date.now()}.cpuprofile`), JSON.stringify(profile));
  return result;
}

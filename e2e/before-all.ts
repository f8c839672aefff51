// Before all journeys: the app is built, its server bundled, the demo seeded that each journey's server begins from, and one browser
// has been to the app, whose profile new devices begin with.

import { rm } from 'node:fs/promises';
import { bundleServers } from '../.ci/bundled-servers.ts';
import { BUNDLED_SERVERS } from '../.ci/given.ts';
import { builtApp } from '../server/testing/built-app.ts';
import { DemoServer } from '../server/testing/demo-server.ts';
import { removeDemo, seedDemo } from '../server/testing/seeded-demo.ts';
import { Device, LAPTOP, ORIGIN, VISITED } from './device.ts';
import { readyOffline } from './pages/front.ts';

/** The variable that names the seeded demo's folder to the workers. */
export const SEEDED = 'SEEDED_DEMO';

export default async function beforeAll(): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = [];
  await builtApp();
  if (process.env[BUNDLED_SERVERS] === undefined) {
    const bundled = await bundleServers();
    undo.push(() => rm(bundled, { recursive: true, force: true }));
    process.env[BUNDLED_SERVERS] = bundled;
  }
  const seeded = await seedDemo();
  undo.push(() => removeDemo(seeded));
  process.env[SEEDED] = seeded;
  const visited = await visitedOnce(seeded);
  undo.push(() => visited.remove());
  process.env[VISITED] = visited.profile;
  return async () => {
    for (const step of undo.reverse()) await step();
  };
}

/** A device, now closed, that has been to the sign-in screen: its browser holds the app, as that of anybody who was here before. */
async function visitedOnce(seeded: string): Promise<Device> {
  const server = await DemoServer.open(seeded, ORIGIN);
  const device = await Device.take(server.port, { viewport: LAPTOP });
  await device.visit('/');
  await readyOffline(device.page);
  await device.close();
  await server.remove();
  return device;
}

// Before all journeys: the app is built, its server bundled, the demo seeded that each journey's server begins from. On that demo one
// browser has been to the app, whose profile new devices begin with, and those who take part in most journeys have signed in, each on a
// device of his own: signing in costs two processor seconds more than unlocking, and journeys take two hundred devices. Each worker has
// a PostgreSQL with that demo, throughout: copying a cluster and starting it for each journey costs four times what copying a database does.

import { rm } from 'node:fs/promises';
import type { FullConfig } from '@playwright/test';
import { bundleServers } from '../.ci/bundled-servers.ts';
import { BUNDLED_SERVERS } from '../.ci/given.ts';
import { builtApp } from '../server/testing/built-app.ts';
import { DemoServer } from '../server/testing/demo-server.ts';
import { alike, removeDataDir, startTestPostgres } from '../server/testing/postgres.ts';
import { seedDemo } from '../server/testing/seeded-demo.ts';
import type { Outside } from '../server/testing/seeded-demo.ts';
import { Device, LAPTOP, ORIGIN, VISITED } from './device.ts';
import { readyOffline, signIn } from './pages/front.ts';
import { ana, ben, lee, okafor, support, viewportOf } from './people.ts';

/** The variable with the seeded demo of each worker, as JSON. */
const SEEDED = 'SEEDED_DEMOS';
/** The variable with, by the keys of people, the profiles of devices on which they have signed in to it. */
export const SIGNED_IN = 'SIGNED_IN_PROFILES';

/** The demo that this worker's journeys begin with. */
export function seededDemo(): Outside | undefined {
  const demos = JSON.parse(process.env[SEEDED] ?? '[]') as Outside[];
  return demos[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
}

const OFTEN = [ana, lee, okafor, ben, support];

export default async function beforeAll({ workers }: FullConfig): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = [];
  await builtApp();
  if (process.env[BUNDLED_SERVERS] === undefined) {
    const bundled = await bundleServers();
    undo.push(() => rm(bundled, { recursive: true, force: true }));
    process.env[BUNDLED_SERVERS] = bundled;
  }
  const postgres = await startTestPostgres();
  undo.push(() => postgres.remove());
  const seeded = await seedDemo(postgres.connection);
  undo.push(() => removeDataDir(seeded.dataDir));
  const server = await DemoServer.on(seeded, ORIGIN);
  const keep = async (device: Device) => {
    await device.close();
    undo.push(() => device.remove());
    return device.profile;
  };
  process.env[VISITED] = await keep(await visitor(server));
  const profiles: Record<string, string> = {};
  for (const person of OFTEN) {
    const device = await Device.take(server.port, { viewport: viewportOf(person) });
    await signIn(device, person);
    profiles[person.key] = await keep(device);
  }
  process.env[SIGNED_IN] = JSON.stringify(profiles);
  await server.end();
  const [, ...others] = await alike(postgres, workers);
  undo.push(...others.map((other) => () => other.remove()));
  const demos = [postgres, ...others].map(({ connection }): Outside => ({ ...seeded, database: connection }));
  process.env[SEEDED] = JSON.stringify(demos);
  return async () => {
    for (const step of undo.reverse()) await step();
  };
}

/** A device that has been to the sign-in screen: its browser holds the app, as that of anybody who was here before. */
async function visitor(server: DemoServer): Promise<Device> {
  const device = await Device.take(server.port, { viewport: LAPTOP });
  await device.visit('/');
  await readyOffline(device.page);
  return device;
}

// The world of a journey: a demo server that no other journey has touched, and as many devices as it takes. Whatever a journey
// does, its devices must end without an uncaught error, and nothing of them stays on this machine.

import { expect, test as base } from '@playwright/test';
import { DemoServer } from '../server/testing/demo-server.ts';
import { Device, LAPTOP, ORIGIN, PHONE } from './device.ts';
import type { DeviceOptions } from './device.ts';
import { signIn } from './pages/front.ts';
import type { Person } from './people.ts';
import { SEEDED } from './before-all.ts';

export { expect };

interface JourneyWorld {
  readonly server: DemoServer;
  /** All devices so far. */
  readonly taken: Device[];
  /** A new device with an empty browser. */
  readonly device: (options?: Partial<DeviceOptions>) => Promise<Device>;
  /** Another device with the same profile; the first one's browser is closed. */
  readonly copyOf: (device: Device) => Promise<Device>;
  /** A new device with this person signed in and ready to work offline: a phone for clients, a laptop for staff. */
  readonly deviceOf: (person: Person, options?: Partial<DeviceOptions>) => Promise<Device>;
}

export const test = base.extend<JourneyWorld>({
  server: [
    async ({}, use) => {
      const server = await DemoServer.open(process.env[SEEDED], ORIGIN);
      await use(server);
      await server.remove();
    },
    { timeout: 60_000 },
  ],

  taken: async ({}, use, testInfo) => {
    const taken: Device[] = [];
    await use(taken);
    const bugs = taken.flatMap(({ traffic }) => traffic.bugs);
    const said = taken.flatMap(({ traffic }, i) => traffic.consoleLines.map((line) => `${i + 1}: ${line}`));
    await testInfo.attach('console', { body: said.join('\n'), contentType: 'text/plain' });
    for (const device of taken) await device.remove();
    expect(bugs).toEqual([]);
  },

  device: async ({ server, taken }, use) => {
    await use(async (options = {}) => {
      const device = await Device.take(server.port, { viewport: LAPTOP, ...options });
      taken.push(device);
      return device;
    });
  },

  copyOf: async ({ taken }, use) => {
    await use(async (device) => {
      const copy = await device.copy();
      taken.push(copy);
      return copy;
    });
  },

  deviceOf: async ({ device }, use) => {
    await use(async (person, options = {}) => {
      const viewport = person.home.source.includes('today') ? PHONE : LAPTOP;
      const taken = await device({ viewport, ...options });
      await signIn(taken, person);
      return taken;
    });
  },
});

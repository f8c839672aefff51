// The world of a journey: a demo server that no other journey has touched, and as many devices as it takes. Whatever a journey
// does, its devices must end without an uncaught error, and nothing of them stays on this machine.

import { expect, test as base } from '@playwright/test';
import { DemoServer } from '../server/testing/demo-server.ts';
import { Device, LAPTOP, ORIGIN } from './device.ts';
import type { DeviceOptions } from './device.ts';
import { comeBack, signIn } from './pages/front.ts';
import { viewportOf } from './people.ts';
import type { Person } from './people.ts';
import { seededDemo, SIGNED_IN } from './before-all.ts';

export { expect };

interface JourneyWorld {
  readonly server: DemoServer;
  /** All devices so far. */
  readonly taken: Device[];
  /** A new device with an empty browser. */
  readonly device: (options?: Partial<DeviceOptions>) => Promise<Device>;
  /** Another device with the same profile; the first one's browser is closed. */
  readonly copyOf: (device: Device) => Promise<Device>;
  /**
   * A device with this person signed in and ready to work offline: a phone for clients, a laptop for staff. Where the demo has one that
   * she signed in on before the journey, the first is that one; every other is new.
   */
  readonly deviceOf: (person: Person, options?: Partial<DeviceOptions>) => Promise<Device>;
}

export const test = base.extend<JourneyWorld>({
  server: [
    async ({}, use) => {
      const server = await DemoServer.open(seededDemo(), ORIGIN);
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
    const profiles = new Map(Object.entries(JSON.parse(process.env[SIGNED_IN] ?? '{}') as Record<string, string>));
    await use(async (person, options = {}) => {
      const profile = options.isNew ? undefined : profiles.get(person.key);
      const taken = await device({ viewport: viewportOf(person), profile, ...options });
      if (profile === undefined) {
        await signIn(taken, person);
      } else {
        profiles.delete(person.key);
        await comeBack(taken, person);
      }
      return taken;
    });
  },
});

// `kill -9` under load, again and again. What a device was told must be in PostgreSQL, once, at the commit number it was told.
//
// Budget: 3 minutes. By hand: `CYCLES=1000 npx vitest run server/kill.test.ts`; `SEED` gives another history.

import { afterEach, expect, test } from 'vitest';
import { chanceOf } from '../src/sync/testing/random.ts';
import { Campaign } from './testing/campaign.ts';
import { KillableServer } from './testing/killable-server.ts';
import { startTestPostgres } from './testing/postgres.ts';

const cycles = Number(process.env['CYCLES'] ?? 50);
const seed = Number(process.env['SEED'] ?? 1);
const ALL_DAY_MS = 24 * 3_600_000;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function begin(databaseUrl: string | null): Promise<{ server: KillableServer; campaign: Campaign }> {
  const server = await KillableServer.open(databaseUrl);
  undo.push(() => server.remove());
  const way = { url: `http://127.0.0.1:${server.port}`, origin: server.origin };
  return { server, campaign: await Campaign.begin({ ways: [way], database: () => server.database() }) };
}

async function killAndStart(server: KillableServer): Promise<void> {
  await server.kill();
  await server.start();
}

test(`a server on an outside PostgreSQL, killed ${cycles} times`, { timeout: ALL_DAY_MS }, async () => {
  const postgres = await startTestPostgres();
  undo.push(() => postgres.remove());
  const { server, campaign } = await begin(postgres.url);
  const chance = chanceOf(seed);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const round = { blow: () => killAndStart(server), destroys: cycle % 2 === 0 };
    expect(await Promise.race([campaign.round(round, chance), server.died]), `cycle ${cycle} of seed ${seed}`).toEqual(
      [],
    );
  }
  expect(await campaign.faults()).toEqual([]);
  expect(campaign.acknowledged.length).toBeGreaterThan(cycles);
  expect(campaign.weather.broken).toBeGreaterThan(0);
});

const mixed = Math.ceil(cycles / 5);

test(`a server and its embedded PostgreSQL, one killed or ended, ${mixed} times`, { timeout: ALL_DAY_MS }, async () => {
  const { server, campaign } = await begin(null);
  const chance = chanceOf(seed + 1);
  const blows = [() => killAndStart(server), () => server.killPostgres(), () => endAndStart(server)] as const;
  for (let cycle = 0; cycle < mixed; cycle++) {
    const blow = blows[cycle % blows.length] ?? blows[0];
    const round = { blow, destroys: chance.happens(50) };
    expect(await Promise.race([campaign.round(round, chance), server.died]), `cycle ${cycle} of seed ${seed}`).toEqual(
      [],
    );
  }
  expect(await campaign.faults()).toEqual([]);
  expect(campaign.acknowledged.length).toBeGreaterThan(mixed);
});

/** Told to end under load, it ends in order, and leaves nothing. */
async function endAndStart(server: KillableServer): Promise<void> {
  expect(await server.end()).toEqual({ code: 0, left: [] });
  await server.start();
}

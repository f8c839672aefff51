// `kill -9` under load, again and again. What a device was told must be in PostgreSQL, once, at the commit number it was told.
//
// Budget: 4 minutes. By hand: `CYCLES=1000 npx vitest run server/kill.fuzz.test.ts`; `SEED` gives another history.

import { afterEach, expect, test } from 'vitest';
import { chanceOf } from '../src/sync/testing/random.ts';
import { Share } from '../src/sync/testing/share.ts';
import { Campaign } from './testing/campaign.ts';
import { KillableServer } from './testing/killable-server.ts';
import { startTestPostgres } from './testing/postgres.ts';

const asked = process.env['CYCLES'];
const seed = Number(process.env['SEED'] ?? 1);
const ALL_DAY_MS = 24 * 3_600_000;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function open(databaseUrl?: string): Promise<KillableServer> {
  const server = await KillableServer.open(databaseUrl === undefined ? {} : { databaseUrl });
  undo.push(() => server.remove());
  return server;
}

async function openOutside(): Promise<KillableServer> {
  const postgres = await startTestPostgres();
  undo.push(() => postgres.remove());
  return open(postgres.url);
}

async function killAndStart(server: KillableServer): Promise<void> {
  await server.kill();
  await server.start();
}

test('a server on an outside PostgreSQL, killed again and again', { timeout: ALL_DAY_MS }, async () => {
  const server = await openOutside();
  const campaign = await Campaign.begin([server.way], () => server.database());
  const chance = chanceOf(seed);
  const share = new Share({ asked, most: 50, least: 6, seconds: 140 });
  for (const cycle of share.rounds()) {
    const round = { blow: () => killAndStart(server), destroys: cycle % 2 === 0 };
    expect(await Promise.race([campaign.round(round, chance), server.died]), `cycle ${cycle} of seed ${seed}`).toEqual(
      [],
    );
  }
  expect(await campaign.faults()).toEqual([]);
  share.say('kills of a server on an outside PostgreSQL');
  expect(campaign.acknowledged.length).toBeGreaterThan(share.done);
  expect(campaign.weather.broken).toBeGreaterThan(0);
});

/** An eighth of what was asked for, or a share of few. */
const someOf = () =>
  new Share({ asked: asked && String(Math.ceil(Number(asked) / 8)), most: 7, least: 3, seconds: 40 });

test(
  'a server and its embedded PostgreSQL, one killed or ended, again and again',
  { timeout: ALL_DAY_MS },
  async () => {
    const server = await open();
    const campaign = await Campaign.begin([server.way], () => server.database());
    const chance = chanceOf(seed + 1);
    const blows = [() => killAndStart(server), () => server.killPostgres(), () => endAndStart(server)] as const;
    const share = someOf();
    for (const cycle of share.rounds()) {
      const blow = blows[cycle % blows.length] ?? blows[0];
      const round = { blow, destroys: chance.happens(50) };
      expect(
        await Promise.race([campaign.round(round, chance), server.died]),
        `cycle ${cycle} of seed ${seed}`,
      ).toEqual([]);
    }
    expect(await campaign.faults()).toEqual([]);
    share.say('kills of a server or its embedded PostgreSQL');
    expect(campaign.acknowledged.length).toBeGreaterThan(share.done);
    // Without its PostgreSQL it went on answering, and said so.
    expect(campaign.weather.tryAgain).toBeGreaterThan(0);
  },
);

/** Told to end under load, it ends in order, and leaves nothing. */
async function endAndStart(server: KillableServer): Promise<void> {
  expect(await server.end()).toEqual({ code: 0, left: [] });
  await server.start();
}

test('two servers on one database, one of them killed again and again', { timeout: ALL_DAY_MS }, async () => {
  const server = await openOutside();
  const other = await server.another();
  undo.push(() => other.remove());
  const campaign = await Campaign.begin([server.way, other.way], () => server.database());
  const chance = chanceOf(seed + 2);
  const share = someOf();
  for (const cycle of share.rounds()) {
    const round = { blow: () => killAndStart(other), destroys: chance.happens(50) };
    const faults = await Promise.race([campaign.round(round, chance), server.died, other.died]);
    expect(faults, `cycle ${cycle} of seed ${seed}`).toEqual([]);
  }
  expect(await campaign.faults()).toEqual([]);
  share.say('kills of one of two servers');
});

// Where a device cannot go on from where it stands, what it learns of backups, and the comparison of a space.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { sumOfRows } from '../../src/sync/core/space-sum.ts';
import { declared } from '../../src/sync/testing/board.ts';
import { onEachStore } from '../testing/each-store.ts';
import { Hand } from '../testing/hand.ts';
import { startMemoryServer } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';

onEachStore((start) => {
  let server: SyncServer;
  let ana: Hand;
  let now: Date;
  beforeEach(async () => {
    now = new Date('2026-03-01T10:00:00.000Z');
    server = await start({ declared, now: () => now });
    ana = new Hand(server, 'ana');
  });
  afterEach(() => expect(server.bugs).toEqual([]));

  const chart = () => `chart:${server.clinic.people.ana.client}`;
  const plain = { epoch: null, digest: '', fill: null, ladder: [] };
  const codeOf = (body: JsonObject) => ana.codeOf('pull', { ...plain, ...body });
  async function add() {
    const card = ana.card('ana');
    return { id: card.id, version: (await ana.push(ana.next('card.add', card))).version };
  }
  const remove = async (id: string) =>
    (await ana.push(ana.next('card.remove', ana.onCard('ana', id), { base: 1_000_000 }))).version;

  describe('a cursor', () => {
    test('below what has been purged is too old; at it and above it goes on, and so does a fresh device', async () => {
      const card = await add();
      const gone = await remove(card.id);
      const later = await add();
      expect(await codeOf({ cursor: 0 })).toBe('200');
      const { practiceIds } = server.clinic;
      expect(await server.store.purgeTombstones(practiceIds.willow, now)).toBe(0);
      expect(await server.store.purgeTombstones(practiceIds.willow, new Date(now.getTime() + 1))).toBe(1);
      for (const cursor of [0, card.version, gone - 1]) expect(await codeOf({ cursor })).toBe('409 cursor-too-old');
      for (const cursor of [gone, later.version, null]) expect(await codeOf({ cursor })).toBe('200');
    });

    test('of another epoch, or ahead of the practice, is of a database that is gone', async () => {
      const { version } = await add();
      const { epoch } = await ana.pull();
      expect(await codeOf({ epoch, cursor: version })).toBe('200');
      expect(await codeOf({ epoch: newId(), cursor: version })).toBe('409 epoch-changed');
      expect(await codeOf({ epoch: newId(), cursor: null })).toBe('409 epoch-changed');
      expect(await codeOf({ epoch, cursor: version + 1 })).toBe('409 epoch-changed');
      expect(await codeOf({ epoch: null, cursor: version + 1 })).toBe('409 epoch-changed');
    });
  });

  describe('the comparison of a space', () => {
    const mine = async () => {
      const { rows, cursor } = await ana.pull();
      return { cursor, check: { space: chart(), ...sumOfRows(rows.filter(({ space }) => space === chart())) } };
    };
    const wordOn = async (body: JsonObject) => (await ana.pull(body)).check;

    test('says same, or differs where a row lacks, is too many or is of another version', async () => {
      const card = await add();
      await add();
      await remove(card.id);
      const { cursor, check } = await mine();
      expect(check.rows).toBe(1);
      expect(await wordOn({ cursor, check })).toBe('same');
      for (const rows of [0, 2]) expect(await wordOn({ cursor, check: { ...check, rows } })).toBe('differs');
      expect(await wordOn({ cursor, check: { ...check, sum: '0'.repeat(16) } })).toBe('differs');
    });

    test('has no word for a device that is behind, that fills, or that may not read the space', async () => {
      await add();
      const { cursor, check } = await mine();
      expect(await wordOn({ cursor: null, check })).toBeUndefined();
      expect(await wordOn({ cursor, check, fill: { spaces: [chart()], before: 1 } })).toBeUndefined();
      expect(await wordOn({ cursor })).toBeUndefined();
      expect(await wordOn({ cursor, check: null })).toBeUndefined();
      expect((await new Hand(server, 'ben').pull({ cursor, check })).check).toBeUndefined();
      expect((await new Hand(server, 'okafor').pull({ cursor, check })).check).toBeUndefined();
      await add();
      expect(await wordOn({ cursor, check })).toBeUndefined();
    });
  });
});

test('what a backup is known to hold is said in every page', async () => {
  const server = await startMemoryServer({ declared });
  const ana = new Hand(server, 'ana');
  expect((await ana.pull()).backedUpThrough).toBe(0);
  const { version } = await ana.push(ana.next('card.add', ana.card('ana')));
  expect((await ana.pull()).backedUpThrough).toBe(0);
  server.store.markBackedUp();
  await ana.push(ana.next('card.add', ana.card('ana')));
  expect((await ana.pull({ cursor: version + 1 })).backedUpThrough).toBe(version);
});

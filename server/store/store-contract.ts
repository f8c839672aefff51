// What every form of the store promises, as tests that run on each of them.

import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import type { StoredRow, Tuple } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import type { Commit, Committed, LedgerKey, RowImage, Store } from './store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  addPractice(practice: { id: string; slug: string }): Promise<void>;
}

const AT = new Date('2026-03-04T05:06:07.089Z');
const LATER = new Date('2026-03-05T05:06:07.089Z');

/** Declares the tests. `open` may give the same store again: each test makes practices of its own. */
export function storeContract(open: () => Promise<StoreUnderTest>): void {
  async function practice() {
    const { store, addPractice } = await open();
    const id = newId();
    const slug = `p-${id.slice(-12)}`;
    await addPractice({ id, slug });
    return bench(store, id, slug);
  }

  describe('practice', () => {
    test('starts at version 0 and is found by its slug only', async () => {
      const { store, id, slug } = await practice();
      const state = must(await store.practice(slug), 'the practice');
      const nothing = { version: 0, relationsVersion: 0, horizon: 0, backedUpThrough: 0 };
      expect(state).toEqual({ id, slug, ...nothing, epoch: expect.any(String) });
      expect(await store.practice(`${slug}x`)).toBeNull();
    });
  });

  describe('commit', () => {
    test('gives one commit number to each applied mutation and the row of each its own', async () => {
      const { write, image, rowsSince } = await practice();
      const [a, b, c] = [image({ order: 0 }), image({ order: 1 }), image({ order: 1 })];
      expect(await write({ images: [a, b, c], applied: 3 })).toEqual({ before: 0 });
      expect(await versions(rowsSince(0))).toEqual({ [a.id]: 1, [b.id]: 2, [c.id]: 2 });
      const d = image({ order: 0 });
      expect(await write({ images: [d], applied: 1 })).toEqual({ before: 3 });
      expect(await versions(rowsSince(3))).toEqual({ [d.id]: 4 });
    });

    test('keeps author and time of the first writing, and takes fields and version of the last', async () => {
      const { write, image, read } = await practice();
      const first = image({ fields: { text: 'one', kept: true } });
      await write({ images: [first], receivedAt: AT });
      const second = { ...first, by: newId(), fields: { text: 'two' } };
      await write({ images: [second], receivedAt: LATER, seen: [await read(first)] });
      expect(await read(first)).toEqual({
        id: first.id,
        type: first.type,
        space: first.space,
        version: 2,
        by: first.by,
        at: AT.toISOString(),
        fields: { text: 'two' },
      });
    });

    test('leaves a tombstone of what was deleted', async () => {
      const { write, image, read, rowsSince } = await practice();
      const made = image();
      await write({ images: [made] });
      await write({ images: [{ ...made, fields: null }], seen: [await read(made)] });
      const tombstone = { id: made.id, type: made.type, space: made.space, version: 2, deleted: true };
      expect(await read(made)).toEqual(tombstone);
      expect(await rowsSince(1)).toEqual([tombstone]);
    });

    test('gives distinct, gapless numbers to commits that come at once, and no reader can pass one by', async () => {
      const { store, id, image, write, rowsSince, slug } = await practice();
      const seen = new Set<string>();
      let writing = true;
      let cursor = 0;
      const reading = (async () => {
        while (writing) {
          const page = await store.pull(id, { spaces: ['s'], cursor, fill: null, limit: 10 });
          for (const row of page.rows) seen.add(row.id);
          cursor = page.cursor;
        }
      })();
      const made = Array.from({ length: 120 }, () => image());
      const done = await Promise.all(made.map((one) => write({ images: [one] })));
      writing = false;
      await reading;
      for (const row of await rowsSince(cursor)) seen.add(row.id);
      const numbers = done.map((each) => each !== 'stale' && each.before).sort((a, b) => Number(a) - Number(b));
      expect(numbers).toEqual(made.map((_, i) => i));
      expect(must(await store.practice(slug), 'the practice').version).toBe(120);
      expect(seen).toEqual(new Set(made.map((one) => one.id)));
    });

    test('is stale where a row has changed, appeared or gone since it was read, and writes nothing', async () => {
      const { write, image, read, rowsSince, key } = await practice();
      const there = image();
      const before = await read(there);
      await write({ images: [there] });
      const other = image();
      const entries = [{ n: 1, mid: newId(), applied: 0 }];
      const appeared = { images: [other], entries, ledger: key, seen: [before], seenRefs: [there] };
      expect(await write(appeared)).toBe('stale');
      const old = await read(there);
      await write({ images: [{ ...there, fields: { text: 'changed' } }], seen: [old] });
      expect(await write({ ...appeared, seen: [old] })).toBe('stale');
      const gone = await read(there);
      await write({ images: [{ ...there, fields: null }], seen: [gone] });
      expect(await write({ ...appeared, seen: [gone] })).toBe('stale');
      expect((await rowsSince(0)).map((row) => row.id)).toEqual([there.id]);
      const now = await read(there);
      expect(await write({ ...appeared, seen: [now] })).toEqual({ before: 3 });
    });

    test('is stale where the ledger has moved, of this device only', async () => {
      const { write, image, key } = await practice();
      const one = { images: [image()], ledger: key, entries: [{ n: 1, mid: newId(), applied: 0 }] };
      expect(await write({ ...one, lastN: 1 })).toBe('stale');
      expect(await write({ ...one, lastN: 0 })).toEqual({ before: 0 });
      expect(await write({ ...one, images: [image()], lastN: 0 })).toBe('stale');
      const laptop = { ...key, device: newId() };
      expect(await write({ ...one, ledger: laptop, images: [image()], lastN: 0 })).toEqual({ before: 1 });
      const colleague = { ...key, memberId: newId() };
      expect(await write({ ...one, ledger: colleague, images: [image()], lastN: 0 })).toEqual({ before: 2 });
    });

    test('lets only one of two batches with the same number through', async () => {
      const { write, image, key } = await practice();
      const twin = () => ({ images: [image()], ledger: key, entries: [{ n: 1, mid: newId(), applied: 0 }], lastN: 0 });
      const done = await Promise.all([write(twin()), write(twin()), write(twin())]);
      expect(done.filter((each) => each === 'stale')).toHaveLength(2);
    });

    test('is stale where relations have moved, and moves them only for rows that grant', async () => {
      const { store, slug, write, image } = await practice();
      await write({ images: [image()] });
      expect(must(await store.practice(slug), 'the practice').relationsVersion).toBe(0);
      await write({ images: [image({ relations: [] })] });
      expect(must(await store.practice(slug), 'the practice').relationsVersion).toBe(1);
      expect(await write({ images: [image()], relationsVersion: 0 })).toBe('stale');
      expect(await write({ images: [image()], relationsVersion: 1 })).not.toBe('stale');
    });
  });

  describe('ledger', () => {
    test('remembers the answer to every number of a device, refusals too', async () => {
      const { store, id, write, image, key } = await practice();
      await write({ images: [image()] });
      const mids = [newId(), newId(), newId()] as const;
      const refused = { n: 2, mid: mids[1], result: 'refused' as const, code: 'not-there' as const, where: 'entry' };
      await write({
        images: [image({ order: 0 }), image({ order: 1 })],
        applied: 2,
        ledger: key,
        entries: [
          { n: 1, mid: mids[0], applied: 0 },
          { n: 2, mid: mids[1], refused },
          { n: 3, mid: mids[2], applied: 1 },
        ],
      });
      const reads = await store.readBatch(id, { key, refs: [], ns: [1, 2, 3, 4] });
      expect(reads.lastN).toBe(3);
      expect([...reads.answered]).toEqual([
        [1, { n: 1, mid: mids[0], result: 'applied', version: 2 }],
        [2, refused],
        [3, { n: 3, mid: mids[2], result: 'applied', version: 3 }],
      ]);
      const other = await store.readBatch(id, { key: { ...key, device: newId() }, refs: [], ns: [1] });
      expect(other).toEqual({ rows: new Map(), lastN: 0, answered: new Map(), known: new Map() });
    });
  });

  describe('relations', () => {
    const grants = (subject: string): Tuple[] => [
      { object: 'member:m', relation: 'user', subject: 'user:u' },
      { object: 'practice', relation: 'provider', subject: 'member:m' },
      { object: 'client:c', relation: 'care_team', subject },
    ];

    test('are those of the rows as they are now', async () => {
      const { store, id, write, image, read } = await practice();
      const row = image({ relations: grants('member:m') });
      await write({ images: [row] });
      expect(sorted(must(await store.viewer(id, 'u'), 'a viewer').tuples)).toEqual(sorted(grants('member:m').slice(1)));
      await write({ images: [{ ...row, relations: grants('member:other') }], seen: [await read(row)] });
      expect(must(await store.viewer(id, 'u'), 'a viewer')).toEqual({
        memberId: 'm',
        tuples: [{ object: 'practice', relation: 'provider', subject: 'member:m' }],
      });
      await write({ images: [{ ...row, fields: null, relations: [] }], seen: [await read(row)] });
      expect(await store.viewer(id, 'u')).toBeNull();
    });

    test('stay while another row still grants them, and are not given twice', async () => {
      const { store, id, write, image, read } = await practice();
      const [one, two] = [image({ relations: grants('member:m') }), image({ relations: grants('member:m') })];
      await write({ images: [one, two] });
      await write({ images: [{ ...one, fields: null, relations: [] }], seen: [await read(one)] });
      expect(must(await store.viewer(id, 'u'), 'a viewer').tuples).toHaveLength(2);
    });

    test('that a row grants twice are granted once', async () => {
      const { store, id, write, image } = await practice();
      await write({ images: [image({ relations: [...grants('member:m'), ...grants('member:m')] })] });
      expect(must(await store.viewer(id, 'u'), 'a viewer').tuples).toHaveLength(2);
    });

    test('of the whole practice are handed to everyone, of others to nobody', async () => {
      const { store, id, write, image } = await practice();
      const everyone = { object: 'client:c', relation: 'in', subject: 'practice' };
      const stranger = { object: 'client:d', relation: 'self', subject: 'member:n' };
      await write({ images: [image({ relations: [...grants('member:m').slice(0, 2), everyone, stranger] })] });
      const { tuples } = must(await store.viewer(id, 'u'), 'a viewer');
      expect(sorted(tuples)).toEqual(sorted([grants('member:m')[1], everyone]));
    });

    test('who is a provider is handed to everyone: by it is known who reads a direct conversation; no other role is', async () => {
      const { store, id, write, image } = await practice();
      const provider = { object: 'practice', relation: 'provider', subject: 'member:n' };
      const others = ['owner', 'admin', 'support', 'client'].map((relation) => ({ ...provider, relation }));
      await write({ images: [image({ relations: [...grants('member:m').slice(0, 1), provider, ...others] })] });
      expect(must(await store.viewer(id, 'u'), 'a viewer').tuples).toEqual([provider]);
    });

    test('of one practice say nothing in another', async () => {
      const [here, there] = [await practice(), await practice()];
      await here.write({ images: [here.image({ relations: grants('member:m') })] });
      expect(await there.store.viewer(there.id, 'u')).toBeNull();
    });
  });

  describe('pull', () => {
    test('gives the live range of the asked-for spaces only, ascending', async () => {
      const { store, id, write, image } = await practice();
      const rows = [image({ space: 'a' }), image({ space: 'b' }), image({ space: 'a' })];
      for (const row of rows) await write({ images: [row] });
      const page = await store.pull(id, { spaces: ['a'], cursor: 0, fill: null, limit: 10 });
      expect(page.rows.map((row) => [row.id, row.version])).toEqual([
        [rows[0]?.id, 1],
        [rows[2]?.id, 3],
      ]);
      expect(page).toMatchObject({ cursor: 3, more: false, fill: null, state: { version: 3 } });
      const later = await store.pull(id, { spaces: ['a'], cursor: 1, fill: null, limit: 10 });
      expect(later.rows.map((row) => row.version)).toEqual([3]);
    });

    test('starts a fresh device at the present, without live rows', async () => {
      const { store, id, write, image } = await practice();
      await write({ images: [image()] });
      const page = await store.pull(id, { spaces: ['s'], cursor: null, fill: null, limit: 10 });
      expect(page).toMatchObject({ rows: [], cursor: 1, more: false });
    });

    test('ends live pages at whole versions, also where one version is longer than a page', async () => {
      const { store, id, write, many } = await practice();
      const sizes = [2, 2, 7, 1, 3, 1];
      for (const size of sizes) await write({ images: many(size) });
      const pages = await livePages(store, id, 3);
      expect(pages.map((page) => page.rows.map((row) => row.version))).toEqual([
        [1, 1],
        [2, 2],
        [3, 3, 3, 3, 3, 3, 3],
        [4],
        [5, 5, 5],
        [6],
      ]);
      expect(pages.map((page) => page.cursor)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(new Set(pages.flatMap((page) => page.rows.map((row) => row.id))).size).toBe(16);
    });

    test('fills from the newest down, at whole versions, without tombstones', async () => {
      const { store, id, write, many, read } = await practice();
      const sizes = [1, 2, 7, 1, 3, 1];
      for (const size of sizes) await write({ images: many(size) });
      const dead = many(1)[0];
      await write({ images: [must(dead, 'a row')] });
      await write({ images: [{ ...must(dead, 'a row'), fields: null }], seen: [await read(must(dead, 'a row'))] });
      const pages = await fillPages(store, id, { limit: 3, before: 9 });
      expect(pages.map((page) => page.map((row) => row.version))).toEqual([
        [6],
        [5, 5, 5],
        [4],
        [3, 3, 3, 3, 3, 3, 3],
        [2, 2, 1],
      ]);
    });

    test('fills what lies below, whatever is written meanwhile: nothing is missed, nothing comes twice', async () => {
      const { store, id, write, image, read } = await practice();
      const rows = Array.from({ length: 20 }, () => image());
      for (const row of rows) await write({ images: [row] });
      const seen: StoredRow[] = [];
      let [cursor, before]: [number, number | null] = [20, 21];
      for (let turn = 0; before !== null; turn++) {
        const ask = { spaces: ['s'], cursor, fill: { spaces: ['s'], before }, limit: 3 };
        const page = await store.pull(id, ask);
        seen.push(...page.rows, ...must(page.fill, 'a fill').rows);
        [cursor, before] = [page.cursor, must(page.fill, 'a fill').before];
        const moved = must(rows[turn], 'a row');
        await write({ images: [{ ...moved, fields: { text: 'moved' } }], seen: [await read(moved)] });
      }
      seen.push(...(await store.pull(id, { spaces: ['s'], cursor, fill: null, limit: 100 })).rows);
      const versionsSeen = seen.map((row) => row.version);
      expect(new Set(versionsSeen).size).toBe(versionsSeen.length);
      const last = new Map(seen.map((row) => [row.id, row.version]));
      const now = await Promise.all(rows.map(read));
      expect(Object.fromEntries(last)).toEqual(Object.fromEntries(now.map((row) => [row?.id, row?.version])));
    });

    test('fills only the named spaces, and none where none is named', async () => {
      const { store, id, write, image } = await practice();
      await write({ images: [image({ space: 'a' })] });
      await write({ images: [image({ space: 'b' })] });
      const ask = { spaces: ['a', 'b'], cursor: 2, limit: 10 };
      const one = await store.pull(id, { ...ask, fill: { spaces: ['b'], before: 3 } });
      expect(one.fill?.rows.map((row) => row.space)).toEqual(['b']);
      const none = await store.pull(id, { ...ask, fill: { spaces: [], before: 3 } });
      expect(none.fill).toEqual({ rows: [], before: null });
    });
  });

  describe('devices', () => {
    test('move forwards; a late word of an older cursor takes nothing back', async () => {
      const { store, id, write, image, key } = await practice();
      const clientTuples = [{ object: 'client:c', relation: 'care_team', subject: `member:${key.memberId}` }];
      await write({ images: [image({ relations: clientTuples })] });
      const receivers = { object: 'client:c', relation: 'care_team' };
      expect(await store.moveDevice(id, key, 5)).toBe(0);
      expect(await store.moveDevice(id, key, 9)).toBe(5);
      expect(await store.moveDevice(id, key, 5)).toBe(9);
      expect(await store.deliveredThrough(id, receivers, newId())).toBe(9);
    });

    test('deliver as far as the furthest device of a receiver has come, never the asker himself', async () => {
      const { store, id, write, image } = await practice();
      const [lee, kim, off] = [newId(), newId(), newId()];
      const team = [lee, kim].map((m) => ({ object: 'client:c', relation: 'care_team', subject: `member:${m}` }));
      await write({ images: [image({ relations: team })] });
      const receivers = { object: 'client:c', relation: 'care_team' };
      expect(await store.deliveredThrough(id, receivers, newId())).toBe(0);
      await store.moveDevice(id, { memberId: lee, device: newId() }, 3);
      await store.moveDevice(id, { memberId: lee, device: newId() }, 4);
      await store.moveDevice(id, { memberId: kim, device: newId() }, 6);
      await store.moveDevice(id, { memberId: off, device: newId() }, 90);
      expect(await store.deliveredThrough(id, receivers, newId())).toBe(6);
      expect(await store.deliveredThrough(id, receivers, kim)).toBe(4);
      expect(await store.deliveredThrough(id, { ...receivers, relation: 'primary' }, newId())).toBe(0);
    });

    test('authors between are those of rows of the spaces in (after, upTo]', async () => {
      const { store, id, write, image } = await practice();
      const [a, b, c, d] = [newId(), newId(), newId(), newId()] as const;
      await write({ images: [image({ by: a })] });
      await write({ images: [image({ by: b })] });
      await write({ images: [image({ by: c, space: 'other' })] });
      await write({ images: [image({ by: b })] });
      await write({ images: [image({ by: d })] });
      expect(await store.authorsBetween(id, { spaces: ['s'], after: 1, upTo: 4, kinds: [] })).toEqual([b]);
      expect((await store.authorsBetween(id, { spaces: ['s', 'other'], after: 0, upTo: 5, kinds: [] })).sort()).toEqual(
        [a, b, c, d].sort(),
      );
    });
  });

  describe('the ledger by mid', () => {
    test('tells a member what he was told before, on whichever device, and nobody else', async () => {
      const { store, id, write, image, key } = await practice();
      const mid = newId();
      await write({ images: [image()], ledger: key, entries: [{ n: 1, mid, applied: 0 }] });
      const other = { ...key, device: newId() };
      const answer = { n: 1, mid, result: 'applied', version: 1 };
      const reads = await store.readBatch(id, { key: other, refs: [], ns: [1], mids: [mid, newId()] });
      expect([...reads.known]).toEqual([[mid, answer]]);
      expect(reads.answered.size).toBe(0);
      const stranger = await store.readBatch(id, { key: { ...key, memberId: newId() }, refs: [], ns: [], mids: [mid] });
      expect(stranger.known.size).toBe(0);
    });

    test('enters what was known under its new number, with the answer of then', async () => {
      const { store, id, write, image, key } = await practice();
      const mid = newId();
      await write({ images: [image()], ledger: key, entries: [{ n: 1, mid, applied: 0 }] });
      const known = { n: 1, mid, result: 'applied', version: 1 } as const;
      const ledger = { ...key, device: newId() };
      await write({
        images: [image()],
        ledger,
        entries: [
          { n: 1, mid: newId(), applied: 0 },
          { n: 2, mid, known },
        ],
      });
      const reads = await store.readBatch(id, { key: ledger, refs: [], ns: [2] });
      expect(reads.answered.get(2)).toEqual({ n: 2, mid, result: 'applied', version: 1 });
      expect(reads.lastN).toBe(2);
    });

    test('makes a commit stale where a mid that was new has come by another device meanwhile', async () => {
      const { write, image, key } = await practice();
      const mid = newId();
      const second = { images: [image()], ledger: { ...key, device: newId() }, entries: [{ n: 1, mid, applied: 0 }] };
      await write({ images: [image()], ledger: key, entries: [{ n: 1, mid, applied: 0 }] });
      expect(await write({ ...second, unknown: [mid] })).toBe('stale');
      expect(await write({ ...second, unknown: [newId()] })).toEqual({ before: 1 });
    });
  });

  describe('heads', () => {
    test('come back as they were written, those of the batch with the numbers that it got', async () => {
      const { write, image, read, rowsSince } = await practice();
      const head = { base: 0, by: newId(), at: AT.toISOString(), device: newId() };
      await write({ images: [image()] });
      const heads = {
        text: [
          { ...head, version: 1, value: 'old' },
          { ...head, version: -2, value: 'new' },
        ],
      };
      const made = image({ order: 1, heads });
      await write({ images: [image(), made], applied: 2 });
      const numbered = {
        text: [
          { ...head, version: 1, value: 'old' },
          { ...head, version: 3, value: 'new' },
        ],
      };
      expect(await read(made)).toMatchObject({ version: 3, heads: numbered });
      expect(await rowsSince(2)).toMatchObject([{ id: made.id, heads: numbered }]);
      await write({ images: [{ ...made, order: 0, fields: { text: 'x' }, heads: {} }], seen: [await read(made)] });
      expect(await read(made)).toMatchObject({ heads: {} });
    });

    test('are none on a row that never had any', async () => {
      const { write, image, read } = await practice();
      const made = image();
      await write({ images: [made] });
      expect(await read(made)).not.toHaveProperty('heads');
    });
  });

  test('a whole space is read in the moment of its page, without what is gone and what is elsewhere', async () => {
    const { store, id, write, image, read } = await practice();
    const [kept, gone, elsewhere] = [image(), image(), image({ space: 'other' })];
    await write({ images: [kept, gone, elsewhere] });
    await write({ images: [{ ...gone, fields: null }], seen: [await read(gone)] });
    const ask = { spaces: ['s', 'other'], cursor: 2, fill: null, limit: 10 };
    expect((await store.pull(id, { ...ask, whole: 's' })).whole?.map((row) => row.id)).toEqual([kept.id]);
    expect((await store.pull(id, ask)).whole).toBeNull();
  });

  test('tombstones of before a day go, and the horizon says up to where', async () => {
    const { store, id, slug, write, image, read, rowsSince } = await practice();
    const [early, late, living] = [image(), image(), image()];
    await write({ images: [early, late, living] });
    const remove = async (made: RowImage, receivedAt: Date) =>
      write({ images: [{ ...made, fields: null }], seen: [await read(made)], receivedAt });
    await remove(early, AT);
    await remove(late, LATER);
    expect(await store.purgeTombstones(id, LATER)).toBe(1);
    expect((await rowsSince(0)).map((row) => row.id).sort()).toEqual([late.id, living.id].sort());
    expect((await store.practice(slug))?.horizon).toBe(2);
    expect((await store.pull(id, { spaces: [], cursor: 0, fill: null, limit: 1 })).state.horizon).toBe(2);
    expect(await store.purgeTombstones(id, LATER)).toBe(0);
    expect(await store.purgeTombstones(id, new Date(LATER.getTime() + 1))).toBe(1);
    expect((await store.practice(slug))?.horizon).toBe(3);
  });

  test('more tombstones than one commit takes all go', async () => {
    const { store, id, write, image, many } = await practice();
    const made = many(450);
    await write({ images: made });
    const seen = await store.pull(id, { spaces: ['s'], cursor: 0, fill: null, limit: 1000 });
    const gone = made.map((one) => ({ ...one, fields: null }));
    await write({ images: gone, seen: gone.map((one) => seen.rows.find((row) => row.id === one.id) ?? null) });
    await write({ images: [image()] });
    expect(await store.purgeTombstones(id, LATER)).toBe(450);
  });

  describe('two practices', () => {
    test('with the same ids see and move nothing of each other', async () => {
      const [here, there] = [await practice(), await practice()];
      const row = here.image({ fields: { text: 'here' }, relations: [] });
      const entry = { n: 1, mid: newId(), applied: 0 };
      await here.write({ images: [row], ledger: here.key, entries: [entry] });
      await here.store.moveDevice(here.id, here.key, 7);
      expect(await there.read(row)).toBeNull();
      expect(await there.rowsSince(0)).toEqual([]);
      expect((await there.store.readBatch(there.id, { key: here.key, refs: [], ns: [1] })).lastN).toBe(0);
      const theirs = { ...row, fields: { text: 'there' } };
      expect(await there.write({ images: [theirs], ledger: here.key, entries: [entry] })).toEqual({ before: 0 });
      expect(await there.store.moveDevice(there.id, here.key, 3)).toBe(0);
      expect(await here.read(row)).toMatchObject({ fields: { text: 'here' }, version: 1 });
      expect(must(await here.store.practice(here.slug), 'the practice').version).toBe(1);
    });
  });
}

type WriteAsk = Partial<Omit<Commit, 'expect'>> & {
  readonly lastN?: number;
  readonly relationsVersion?: number;
  readonly unknown?: readonly string[];
  /** What was read before, of `seenRefs` (default: the images). */
  readonly seen?: readonly (StoredRow | null)[];
  readonly seenRefs?: readonly RowImage[];
};

function bench(store: Store, id: string, slug: string) {
  const key: LedgerKey = { memberId: newId(), device: newId() };
  const image = (change: Partial<RowImage> = {}): RowImage => ({
    type: 'thing',
    id: newId(),
    space: 's',
    by: key.memberId,
    schemaVersion: 1,
    fields: { text: 'words' },
    order: 0,
    relations: null,
    ...change,
  });
  const readAll = async (refs: readonly RowImage[]) => {
    const { rows } = await store.readBatch(id, { key, refs, ns: [] });
    return refs.map((ref) => rows.get(rowKey(ref)) ?? null);
  };
  async function write(ask: WriteAsk): Promise<Committed | 'stale'> {
    const { seen = [], seenRefs = ask.images ?? [], lastN = 0, relationsVersion, unknown = [], ...rest } = ask;
    const state = must(await store.practice(slug), 'the practice');
    const rows = new Map(
      seen.map((row, i) => {
        const ref = must(seenRefs[i], 'what was read');
        return [rowKey(ref), { ref: { type: ref.type, id: ref.id }, version: row?.version ?? null }] as const;
      }),
    );
    return store.commit(id, {
      ledger: null,
      images: [],
      entries: [],
      applied: 1,
      receivedAt: AT,
      ...rest,
      expect: { relationsVersion: relationsVersion ?? state.relationsVersion, lastN, unknown, rows },
    });
  }
  return {
    store,
    id,
    slug,
    key,
    image,
    many: (count: number) => Array.from({ length: count }, () => image()),
    write,
    read: async (ref: RowImage) => must((await readAll([ref])).slice(0, 1), 'a row')[0] ?? null,
    rowsSince: async (cursor: number) => {
      const page = await store.pull(id, { spaces: ['s'], cursor, fill: null, limit: 1000 });
      return page.rows;
    },
  };
}

async function versions(rows: Promise<readonly StoredRow[]>): Promise<Record<string, number>> {
  return Object.fromEntries((await rows).map((row) => [row.id, row.version]));
}

function sorted(tuples: readonly (Tuple | undefined)[]): string[] {
  return tuples.map((tuple) => JSON.stringify([tuple?.object, tuple?.relation, tuple?.subject])).sort();
}

async function livePages(store: Store, id: string, limit: number) {
  const pages = [];
  for (let cursor = 0, more = true; more;) {
    const page = await store.pull(id, { spaces: ['s'], cursor, fill: null, limit });
    pages.push(page);
    ({ cursor, more } = page);
  }
  return pages;
}

async function fillPages(store: Store, id: string, ask: { limit: number; before: number }): Promise<StoredRow[][]> {
  const pages = [];
  for (let before: number | null = ask.before; before !== null;) {
    const fill: { spaces: string[]; before: number } = { spaces: ['s'], before };
    const page = await store.pull(id, { spaces: ['s'], cursor: ask.before, fill, limit: ask.limit });
    const answer = must(page.fill, 'a fill');
    pages.push([...answer.rows]);
    before = answer.before;
  }
  return pages;
}

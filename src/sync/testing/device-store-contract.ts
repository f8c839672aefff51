// What every form of the device's store promises, as tests that run on each of them.

import { describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { NOTHING_YET } from '../client/database.ts';
import type {
  BaseRow,
  DocRecord,
  DocUpdate,
  FileRecord,
  KeptEntry,
  LocalRow,
  OutboxEntry,
  SyncState,
} from '../client/database.ts';
import type { DeviceStore } from '../client/device-store.ts';

export interface DiskUnderTest {
  open(options?: { locked?: boolean }): DeviceStore;
}

/** Declares the tests; `make` gives an empty disk each time. */
export function deviceStoreContract(make: () => Promise<DiskUnderTest>): void {
  const state: SyncState = {
    ...NOTHING_YET,
    device: newId(),
    lastN: 0,
    sealing: { keyId: 'k', publicKey: 'p' },
  };

  async function opened() {
    const disk = await make();
    const store = disk.open();
    await store.putState(state);
    return { disk, store };
  }

  describe('a transaction', () => {
    test('is there whole after it, also for another handle', async () => {
      const { disk, store } = await opened();
      await store.transaction(async (tx) => {
        await tx.rows.put([rowOf({ key: 'a' })]);
        await tx.outbox.put([entryOf(1)]);
        await tx.putState({ ...(await tx.state()), lastN: 1 });
      });
      store.close();
      const again = disk.open();
      expect((await again.state()).lastN).toBe(1);
      expect(await again.rows.get(['a', 'b'])).toEqual([rowOf({ key: 'a' }), undefined]);
      expect(await again.outbox.count()).toBe(1);
    });

    test('that throws has done nothing, whatever it had written', async () => {
      const { store } = await opened();
      await store.rows.put([rowOf({ key: 'a', version: 1 })]);
      const failed = store.transaction(async (tx) => {
        await tx.rows.put([rowOf({ key: 'a', version: 2 }), rowOf({ key: 'b' })]);
        await tx.outbox.put([entryOf(1)]);
        await tx.clear();
        await tx.putState({ ...state, lastN: 9 });
        throw new Error('in the middle');
      });
      await expect(failed).rejects.toThrow('in the middle');
      expect(await store.rows.get(['a', 'b'])).toEqual([rowOf({ key: 'a', version: 1 }), undefined]);
      expect(await store.outbox.count()).toBe(0);
      expect((await store.state()).lastN).toBe(0);
    });

    test('sees its own writes, and no other one comes between', async () => {
      const { store } = await opened();
      const count = () =>
        store.transaction(async (tx) => {
          const { lastN } = await tx.state();
          await tx.rows.get(['x']);
          await tx.putState({ ...state, lastN: lastN + 1 });
          return (await tx.state()).lastN;
        });
      expect((await Promise.all(Array.from({ length: 20 }, count))).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
    });

    test('under way at the end of its handle is kept whole or not at all, and says so', async () => {
      const { disk, store } = await opened();
      const cut = store.transaction(async (tx) => {
        await tx.rows.put([rowOf({ key: 'a' })]);
        store.close();
        await tx.outbox.put([entryOf(1)]);
      });
      const isKept = await cut.then(
        () => true,
        () => false,
      );
      const again = disk.open();
      expect((await again.rows.get(['a'])).map((row) => row?.key)).toEqual([isKept ? 'a' : undefined]);
      expect(await again.outbox.count()).toBe(isKept ? 1 : 0);
    });
  });

  test('a device that was never set up has no state', async () => {
    const disk = await make();
    await expect(disk.open().state()).rejects.toThrow('set up');
  });

  test('clear takes everything, the state too', async () => {
    const { store } = await opened();
    await store.rows.put([rowOf({})]);
    await store.outbox.put([entryOf(1)]);
    await store.kept.put([keptOf('m', 3)]);
    await store.drafts.put({ id: 'd', at: '', content: {} });
    await store.transaction((tx) => tx.clear());
    expect(await store.rows.ofType('t')).toEqual([]);
    expect(await store.outbox.all()).toEqual([]);
    expect(await store.kept.all()).toEqual([]);
    expect(await store.drafts.all()).toEqual([]);
    await expect(store.state()).rejects.toThrow('set up');
  });

  describe('rows', () => {
    test('come by type, by what they refer to, and the newest first of one space or of all', async () => {
      const { store } = await opened();
      const rows = [
        rowOf({ key: 't/1', hour: '2026-01-01T01', space: 'a', ref: 'r' }),
        rowOf({ key: 't/2', hour: '2026-01-01T03', space: 'b', ref: 's' }),
        rowOf({ key: 't/3', hour: '2026-01-01T02', space: 'a' }),
        rowOf({ key: 'u/4', type: 'u', hour: '2026-01-01T09', space: 'a', ref: 'r' }),
      ];
      await store.rows.put(rows);
      const keys = (found: readonly LocalRow[]) => found.map(({ key }) => key);
      expect(keys(await store.rows.ofType('t'))).toEqual(['t/1', 't/3', 't/2']);
      expect((await store.rows.keysOf('t')).sort()).toEqual(['t/1', 't/2', 't/3']);
      expect(keys(await store.rows.byRef('t', ['r', 's'])).sort()).toEqual(['t/1', 't/2']);
      expect(keys(await store.rows.newest('t', { limit: 2 }))).toEqual(['t/2', 't/3']);
      expect(keys(await store.rows.newest('t', { space: 'a', limit: 9 }))).toEqual(['t/3', 't/1']);
      expect(keys(await store.rows.newest('t', { limit: 1, skip: 1 }))).toEqual(['t/3']);
      expect(keys(await store.rows.newest('t', { space: 'a', limit: 9, skip: 1 }))).toEqual(['t/1']);
      expect(await store.rows.newest('t', { limit: 9, skip: 3 })).toEqual([]);
    });

    test('come newest first page after page, each once, however many share an hour', async () => {
      const { store } = await opened();
      const hours = [0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5];
      const rows = hours.map((hour, i) =>
        rowOf({ key: `t/${(i * 7) % hours.length}`, hour: `2026-01-01T0${hour}`, space: i % 3 === 0 ? 'b' : 'a' }),
      );
      await store.rows.put([
        ...rows,
        rowOf({ key: 's/0', type: 's', hour: '2026-01-01T04' }),
        rowOf({ key: 'u/0', type: 'u' }),
      ]);
      for (const space of ['a', undefined]) {
        const all = rows.filter((one) => space === undefined || one.space === space);
        for (const limit of [1, 2, 4, 5, 8, 30]) {
          const found: LocalRow[] = [];
          for (let skip = 0; skip < all.length; skip += limit)
            found.push(...(await store.rows.newest('t', { ...(space && { space }), limit, skip })));
          expect(found.map(({ hour }) => hour)).toEqual(
            all
              .map(({ hour }) => hour)
              .sort()
              .reverse(),
          );
          expect(new Set(found.map(({ key }) => key)).size).toBe(all.length);
        }
      }
    });

    test('come by a later version, of one type and space', async () => {
      const { store } = await opened();
      await store.rows.put([
        rowOf({ key: 't/1', space: 'a', version: 7 }),
        rowOf({ key: 't/2', space: 'a', version: 5 }),
        rowOf({ key: 't/3', space: 'a', version: 4 }),
        rowOf({ key: 't/4', space: 'b', version: 9 }),
        rowOf({ key: 'u/5', type: 'u', space: 'a', version: 9 }),
      ]);
      const keys = async (version: number) => (await store.rows.since('t', 'a', version)).map(({ key }) => key);
      expect(await keys(4)).toEqual(['t/2', 't/1']);
      expect(await keys(7)).toEqual([]);
    });

    test('finds what refers to many, whether it lies together or much lies between', async () => {
      const { store } = await opened();
      const refOf = (i: number) => `r${String(i).padStart(3, '0')}`;
      await store.rows.put(Array.from({ length: 300 }, (_, i) => rowOf({ key: `t/${refOf(i)}`, ref: refOf(i) })));
      await store.rows.put([rowOf({ key: 't/other', ref: 'r010' }), rowOf({ key: 'u/1', type: 'u', ref: 'r011' })]);
      const found = async (refs: string[]) => (await store.rows.byRef('t', refs)).map(({ key }) => key).sort();
      const near = [5, 9, 10, 11, 12].map(refOf);
      expect(await found([...near, 'r009'])).toEqual(['t/other', ...near.map((ref) => `t/${ref}`)]);
      const far = [0, 100, 200, 299, 5].map(refOf);
      expect(await found(far)).toEqual(far.toSorted().map((ref) => `t/${ref}`));
      expect(await found([])).toEqual([]);
    });

    test('of many keys come in the order that was asked, with what is not there as nothing', async () => {
      const { store } = await opened();
      const nameOf = (type: string, i: number) => `${type}/${String(i).padStart(4, '0')}`;
      const keys = Array.from({ length: 400 }, (_, i) => nameOf(i % 3 === 0 ? 'u' : 't', i));
      const there = (i: number) => i % 2 === 0;
      await store.rows.put(keys.filter((_, i) => there(i)).map((key) => rowOf({ key })));
      const asked = [...keys].reverse();
      const found = async (wanted: readonly string[]) => (await store.rows.get(wanted)).map((row) => row?.key);
      expect(await found(asked)).toEqual(asked.map((key) => (there(keys.indexOf(key)) ? key : undefined)));
      // Between two keys lie more others than are looked through.
      const far = Array.from({ length: 100 }, (_, i) => nameOf('t', i === 0 ? 9999 : i));
      await store.rows.put(Array.from({ length: 600 }, (_, i) => rowOf({ key: nameOf('t', 2000 + i) })));
      expect(await found(far)).toEqual(far.map((key) => (there(keys.indexOf(key)) ? key : undefined)));
    });

    test('are marked by key and version, the oldest first, of one space only', async () => {
      const { store } = await opened();
      await store.rows.put([
        rowOf({ key: 't/1', version: 5 }),
        rowOf({ key: 't/2', version: 2 }),
        rowOf({ key: 't/3', version: 1, space: 'other' }),
      ]);
      expect(await store.rows.marks('s')).toEqual([
        { key: 't/2', version: 2 },
        { key: 't/1', version: 5 },
      ]);
      expect(await store.rows.oldest('s', 1)).toEqual(['t/2']);
    });

    test('are counted by space, and marked from a version on with what is not sent', async () => {
      const { store } = await opened();
      expect(await store.rows.countOf('s')).toBe(0);
      await store.rows.put([
        ...[0, 1, 2, 3, 9].map((version) => rowOf({ key: `t/${version}`, version })),
        rowOf({ key: 't/other', version: 4, space: 'other' }),
      ]);
      expect(await store.rows.countOf('s')).toBe(5);
      const after = async (version: number) => (await store.rows.marks('s', version)).map((mark) => mark.version);
      expect(await after(0)).toEqual([0, 1, 2, 3, 9]);
      expect(await after(2)).toEqual([0, 3, 9]);
      expect(await after(9)).toEqual([0]);
    });

    test('and bases go by key, by space, and all', async () => {
      const { store } = await opened();
      const rows = [rowOf({ key: 'a' }), rowOf({ key: 'b', space: 'other' }), rowOf({ key: 'c' })];
      await store.rows.put(rows);
      await store.bases.put(rows.map(({ key, space, row }): BaseRow => ({ key, space, row })));
      await store.rows.delete(['a', 'nothing']);
      await store.bases.delete(['a']);
      expect((await store.bases.ofSpace('s')).map(({ key }) => key)).toEqual(['c']);
      await store.rows.deleteSpaces(['s']);
      await store.bases.deleteSpaces(['s']);
      expect((await store.rows.get(['a', 'b', 'c'])).map((row) => row?.key)).toEqual([undefined, 'b', undefined]);
      expect((await store.bases.get(['b', 'c'])).map((base) => base?.key)).toEqual(['b', undefined]);
      await store.rows.clear();
      await store.bases.clear();
      expect(await store.bases.count()).toBe(0);
      expect(await store.rows.ofType('t')).toEqual([]);
    });
  });

  describe('the outbox', () => {
    test('gives what is unsent in order, from the front', async () => {
      const { store } = await opened();
      await store.outbox.put([3, 1, 2].map((n) => entryOf(n)));
      await store.outbox.put([entryOf(-1, { version: 7 })]);
      expect((await store.outbox.unsent(2)).map(({ n }) => n)).toEqual([1, 2]);
      expect((await store.outbox.unsent()).map(({ n }) => n)).toEqual([1, 2, 3]);
      expect((await store.outbox.unsent(1, 1)).map(({ n }) => n)).toEqual([2]);
      expect(await store.outbox.countUnsent()).toBe(3);
      expect((await store.outbox.all()).map(({ n }) => n)).toEqual([-1, 1, 2, 3]);
    });

    test('finds entries by what they touch, by mid, and by the version they were accepted with', async () => {
      const { store } = await opened();
      const entries = [
        entryOf(1, { keys: ['a', 'b'] }),
        entryOf(2, { keys: ['b'], version: 4 }),
        entryOf(3, { keys: ['c'], version: 9 }),
      ];
      await store.outbox.put(entries);
      expect((await store.outbox.over(['a', 'b'])).map(({ n }) => n).sort()).toEqual([1, 2]);
      expect(await store.outbox.keysUnder(['b', 'c', 'd'])).toEqual(new Set(['b', 'c']));
      expect((await store.outbox.byMids([entries[1]?.mid ?? '', 'none'])).map(({ n }) => n)).toEqual([2]);
      expect((await store.outbox.acceptedUpTo(8)).map(({ n }) => n)).toEqual([2]);
      await store.outbox.delete([2, 99]);
      expect(await store.outbox.get(2)).toBeUndefined();
      await store.outbox.clear();
      expect(await store.outbox.count()).toBe(0);
    });

    test('finds a batch among many others, also where its ids do not lie together', async () => {
      const { store } = await opened();
      await store.outbox.put(Array.from({ length: 450 }, (_, i) => entryOf(i + 1)));
      const midOf = (n: number) => entryOf(n).mid;
      const found = async (ns: number[]) => (await store.outbox.byMids(ns.map(midOf))).map(({ n }) => n).sort(inOrder);
      const batch = Array.from({ length: 250 }, (_, i) => i + 31);
      expect(await found(batch)).toEqual(batch);
      expect(await found([1, 450])).toEqual([1, 450]);
      expect(await found([])).toEqual([]);
      await store.outbox.put(batch.map((n) => entryOf(n, { version: n })));
      const waiting = (await store.outbox.unsent()).map(({ n }) => n);
      expect(waiting).toEqual(
        [...Array(30).keys(), ...Array.from({ length: 170 }, (_, i) => i + 280)].map((n) => n + 1),
      );
      expect((await store.outbox.unsent(3, 29)).map(({ n }) => n)).toEqual([30, 281, 282]);
    });
  });

  test('what was accepted is kept in order of version until a backup has it', async () => {
    const { store } = await opened();
    await store.kept.put([keptOf('b', 5), keptOf('a', 3), keptOf('c', 9)]);
    expect((await store.kept.all()).map(({ mid }) => mid)).toEqual(['a', 'b', 'c']);
    await store.kept.deleteUpTo(5);
    expect((await store.kept.all()).map(({ mid }) => mid)).toEqual(['c']);
    expect(await store.kept.count()).toBe(1);
    await store.kept.clear();
    expect(await store.kept.count()).toBe(0);
  });

  test('refused words and drafts are kept by their ids', async () => {
    const { store } = await opened();
    const rejection = { mid: newId(), mutation: null, parcel: 'x', code: 'deleted' as const, at: '' };
    await store.rejections.put(rejection);
    await store.drafts.put({ id: 'd', at: 'now', content: { text: 'words' } });
    expect(await store.rejections.get(rejection.mid)).toEqual(rejection);
    expect(await store.rejections.count()).toBe(1);
    expect(await store.drafts.get('d')).toEqual({ id: 'd', at: 'now', content: { text: 'words' } });
    await store.rejections.delete(rejection.mid);
    await store.drafts.delete('d');
    expect([await store.rejections.all(), await store.drafts.all()]).toEqual([[], []]);
  });

  test('files are kept by their ids, apart from their bytes, also without a key, and are counted with their small form as one', async () => {
    const { disk, store } = await opened();
    store.close();
    const locked = disk.open({ locked: true });
    const [photo, thumb, mine, theirs] = [
      fileOf('a', { state: 'queued' }),
      fileOf('b', { state: 'uploading', of: 'a', offset: 2 }),
      fileOf('c', { state: 'stored', space: 't' }),
      fileOf('d', { state: 'cached' }),
    ];
    await locked.transaction(async (tx) => {
      await tx.files.put([photo, thumb, mine, theirs]);
      await tx.files.putBytes('a', Uint8Array.of(1, 2, 3));
    });
    locked.close();
    const again = disk.open();
    expect(await again.files.get(['b', 'x', 'a'])).toEqual([thumb, undefined, photo]);
    expect(await again.files.bytesOf('a')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await again.files.bytesOf('b')).toBeUndefined();
    expect(await again.files.countUnsent()).toBe(1);
    await again.files.put([{ ...photo, state: 'stored' }]);
    expect(await again.files.countUnsent()).toBe(1);
    await again.files.put([photo]);
    expect((await again.files.inState('stored', 'cached')).map(({ id }) => id).sort()).toEqual(['c', 'd']);
    expect(await again.files.ofSpaces(['t'])).toEqual([mine]);
    await again.transaction(async (tx) => {
      await tx.clear('files');
      await tx.putState(state);
    });
    expect(await again.files.get(['a'])).toEqual([photo]);
    await again.files.delete(['a', 'd']);
    expect(await again.files.get(['a', 'b', 'd'])).toEqual([undefined, thumb, undefined]);
    expect(await again.files.bytesOf('a')).toBeUndefined();
    await again.transaction((tx) => tx.clear());
    expect(await again.files.get(['b', 'c'])).toEqual([undefined, undefined]);
  });

  test('documents are kept by their names with what came of them in order, and go by space, and with all', async () => {
    const { disk, store } = await opened();
    const [a, b, c] = [docOf('k/a', { due: 1 }), docOf('k/b/1', { space: 't' }), docOf('k/b/10', { seq: 7 })];
    await store.docs.put([a, b, c]);
    await store.docs.putUpdates([10, 2, 9, 1].map((seq) => updateOf('k/a', seq)));
    await store.docs.putUpdates([updateOf('k/b/1', 1, 't'), updateOf('k/b/10', 1)]);
    store.close();
    const again = disk.open();
    expect(await again.docs.get(['k/b/1', 'x', 'k/a'])).toEqual([b, undefined, a]);
    expect(await again.docs.due()).toEqual([a]);
    expect(await again.docs.under('k/b/')).toEqual([b, c]);
    const seqs = async (doc: string, after?: number) => (await again.docs.updates(doc, after)).map(({ seq }) => seq);
    expect(await seqs('k/a')).toEqual([1, 2, 9, 10]);
    expect(await seqs('k/a', 2)).toEqual([9, 10]);
    expect(await again.docs.updates('k/b/1')).toEqual([updateOf('k/b/1', 1, 't')]);
    const { due: _, ...answered } = a;
    await again.docs.put([{ ...answered, seq: 10 }]);
    expect(await again.docs.due()).toEqual([]);
    await again.docs.deleteUpTo('k/a', 9);
    expect(await seqs('k/a')).toEqual([10]);
    await again.docs.deleteSpaces(['t']);
    expect(await again.docs.get(['k/b/1'])).toEqual([undefined]);
    expect([await seqs('k/b/1'), await seqs('k/b/10')]).toEqual([[], [1]]);
    await again.docs.deleteUpTo('k/a', Infinity);
    expect([await seqs('k/a'), await again.docs.under('')]).toEqual([[], [{ ...answered, seq: 10 }, c]]);
    await again.transaction((tx) => tx.clear());
    expect(await again.docs.under('')).toEqual([]);
  });

  test('a locked handle queues and counts, sees no words, and keeps them for the next unlock', async () => {
    const { disk, store } = await opened();
    await store.outbox.put([entryOf(1)]);
    store.close();
    const locked = disk.open({ locked: true });
    const [entry] = await locked.outbox.unsent();
    expect(entry).toMatchObject({ n: 1, header: { n: 1 } });
    expect(entry).not.toHaveProperty('mutation');
    const { mutation: _, ...wordless } = entryOf(2);
    await locked.transaction(async (tx) => {
      const [read] = await tx.outbox.unsent();
      if (read !== undefined) await tx.outbox.put([{ ...read, version: 5 }, wordless]);
    });
    locked.close();
    const again = disk.open();
    expect(await again.outbox.get(1)).toEqual(entryOf(1, { version: 5 }));
    expect(await again.outbox.countUnsent()).toBe(1);
  });
}

function rowOf(some: Partial<LocalRow>): LocalRow {
  const { key = 't/1', space = 's', version = 1 } = some;
  const row = { id: key, type: 't', space, version, by: 'b', at: '', fields: { words: key } };
  return { key, type: 't', space, version, hour: '', ref: '', row, ...some };
}

function entryOf(n: number, some: Partial<OutboxEntry> = {}): OutboxEntry {
  const mid = `0190b2c0-0000-7000-8000-${String(n + 100).padStart(12, '0')}`;
  const header = { user: mid, device: mid, n, mid, kind: 'mutation' as const };
  const mutation = { n, mid, name: 'x.y', v: 1, args: { words: `of ${n}` }, base: 0, at: '' };
  const rest = { header, parcel: Uint8Array.of(n & 255), mutation };
  return { n, mid, keys: [], version: 0, bytes: 1, hour: '', ...rest, ...some };
}

function docOf(doc: string, some: Partial<DocRecord> = {}): DocRecord {
  return { doc, space: 's', seq: 0, document: `name of ${doc}`, ...some };
}

function updateOf(doc: string, seq: number, space = 's'): DocUpdate {
  return { doc, seq, space, update: `bytes ${seq}` };
}

function fileOf(id: string, some: Partial<FileRecord>): FileRecord {
  return { id, space: 's', bytes: 3, state: 'local', offset: 0, spoilt: 0, hour: '2026-01-05T09', ...some };
}

const inOrder = (a: number, b: number) => a - b;

function keptOf(mid: string, version: number): KeptEntry {
  return { ...entryOf(version), mid, version };
}

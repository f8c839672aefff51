import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { sealing } from './sealed.ts';
import type { Cipher } from './sealed.ts';
import { cipherOf } from './vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from './vault/keys.ts';

interface Note {
  readonly id: string;
  readonly place: string;
  readonly hour: string;
  readonly tags?: readonly string[];
  readonly words?: string;
  readonly deep?: { readonly list: readonly (string | null)[] };
}

const MARKER = 'zq-marker-of-health';
const CLEAR = { note: ['id', 'place', 'hour', 'tags'] };
let factory: IDBFactory;
let cipher: Cipher;
/** Ids of what did not open. */
let bad: string[];

beforeEach(() => {
  factory = new IDBFactory();
  bad = [];
  cipher = cipherOf(vaultKeysOf(generateDataKey()));
});

class Notes extends Dexie {
  declare note: Table<Note, string>;
  constructor(use: Cipher | null | 'raw') {
    super('notes', { indexedDB: factory, IDBKeyRange, cache: 'disabled' });
    this.version(1).stores({ note: 'id, place, [place+hour], *tags' });
    if (use === 'raw') return;
    const onUnreadable = ({ id }: { id: string }) => void bad.push(id);
    this.use(sealing({ clear: CLEAR, half: [], cipher: use, onUnreadable }));
  }
}

const notes: Note[] = ['a', 'b', 'c', 'd', 'e'].map((id, i) => ({
  id,
  place: i < 3 ? 'here' : 'there',
  hour: `2026-01-0${i + 1}T10`,
  tags: [id, 'all'],
  words: `${MARKER} ${id}`,
  deep: { list: ['x', null, `${MARKER}`] },
}));
const ids = (found: readonly Note[]) => found.map((note) => note.id).join('');

async function filled(): Promise<Notes> {
  const db = new Notes(cipher);
  await db.note.bulkAdd(notes);
  return db;
}

describe('a sealed table reads like a plain one', () => {
  test('by key, one and many', async () => {
    const db = await filled();
    expect(await db.note.get('b')).toEqual(notes[1]);
    expect(await db.note.bulkGet(['e', 'nobody', 'a'])).toEqual([notes[4], undefined, notes[0]]);
    expect(await db.note.get('nobody')).toBeUndefined();
  });

  test('by index: whole, limited, backwards, from an offset, any of several', async () => {
    const db = await filled();
    expect(await db.note.where('place').equals('here').toArray()).toEqual(notes.slice(0, 3));
    const range = db.note.where('[place+hour]').between(['here', ''], ['here', '\uffff']);
    expect(ids(await range.reverse().limit(2).toArray())).toBe('cb');
    expect(await db.note.orderBy('place').offset(1).limit(2).toArray()).toEqual(notes.slice(1, 3));
    expect(await db.note.where('id').anyOf(['d', 'b', 'z']).toArray()).toEqual([notes[1], notes[3]]);
    expect(await db.note.where('tags').anyOf(['a', 'all']).distinct().toArray()).toEqual(notes);
    expect(await db.note.where('tags').equals('all').reverse().first()).toEqual(notes[4]);
    expect(await db.note.where('place').equals('here').count()).toBe(3);
    expect(await db.note.where('place').equals('here').primaryKeys()).toEqual(['a', 'b', 'c']);
    expect(await db.note.where('tags').anyOf(['a', 'b']).keys()).toEqual(['a', 'b']);
  });

  test('through a cursor: filtered, each, last, sorted', async () => {
    const db = await filled();
    expect(ids(await db.note.filter((note) => note.words === `${MARKER} d`).toArray())).toBe('d');
    const seen: Note[] = [];
    await db.note
      .where('place')
      .equals('there')
      .each((note) => void seen.push(note));
    expect(seen).toEqual(notes.slice(3));
    expect(await db.note.toCollection().last()).toEqual(notes[4]);
    expect(ids(await db.note.toCollection().reverse().sortBy('words'))).toBe('edcba');
    expect(
      await db.note
        .toCollection()
        .until((note) => note.id === 'c')
        .toArray(),
    ).toEqual(notes.slice(0, 2));
  });

  test('and is changed like one: put, update, modify, delete', async () => {
    const db = await filled();
    await db.note.put({ id: 'a', place: 'here', hour: 'h', deep: { list: ['x', null, MARKER] }, words: 'new' });
    await db.note.update('b', { words: 'changed' });
    await db.note.where('place').equals('there').modify({ words: 'modified' });
    await db.note.delete('c');
    const all = await db.note.toArray();
    expect(all.map(({ words }) => words)).toEqual(['new', 'changed', 'modified', 'modified']);
    expect(all.map(({ deep }) => deep)).toEqual([0, 1, 3, 4].map((i) => notes[i]?.deep));
  });
});

async function rawNotes(): Promise<{ id: string; sealed: Uint8Array }[]> {
  const raw = new Notes('raw');
  const found: { id: string; sealed: Uint8Array }[] = await raw.table('note').toArray();
  raw.close();
  return found;
}

test('what is put back with other words is kept with them, changed in place or not; with the same it stays as it lies', async () => {
  const db = await filled();
  const raw = new Notes('raw');
  const sealedOf = async (id: string) =>
    ((await raw.note.get(id)) as (Note & { sealed?: Uint8Array }) | undefined)?.sealed;
  const before = await sealedOf('a');
  expect(before).toBeInstanceOf(Uint8Array);
  await db.note.put({ ...((await db.note.get('a')) as Note), hour: 'another' });
  expect(await sealedOf('a')).toEqual(before);
  expect(await db.note.get('a')).toEqual({ ...notes[0], hour: 'another' });
  await db.note
    .where('id')
    .equals('a')
    .modify(({ deep }) => {
      if (deep) (deep.list as string[]).push('in place');
    });
  expect((await db.note.get('a'))?.deep?.list.at(-1)).toBe('in place');
  await db.note.put({ ...((await db.note.get('a')) as Note), words: 'others' });
  expect((await db.note.get('a'))?.words).toBe('others');
  // Under another id the same words need a seal of their own.
  await db.note.put({ ...((await db.note.get('a')) as Note), id: 'z' });
  expect(await db.note.get('z')).toMatchObject({ words: 'others' });
  raw.close();
});

test('what somebody still holds is not shown for what another page has put there since, nor when it was spoilt', async () => {
  const [db, other, raw] = [await filled(), new Notes(cipher), new Notes('raw')];
  const held = await db.note.get('a');
  expect(await db.note.get('a')).toEqual(held);
  await other.note.put({ ...(held as Note), words: 'of another page' });
  expect((await db.note.get('a'))?.words).toBe('of another page');
  const stored = (await raw.note.get('a')) as Note & { sealed: Uint8Array };
  await raw.note.put({ ...stored, sealed: stored.sealed.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) } as Note);
  expect(await db.note.get('a')).toBeUndefined();
  expect(bad).toEqual(['a']);
  for (const one of [other, raw]) one.close();
});

describe('on disk', () => {
  test('only the clear members can be read', async () => {
    (await filled()).close();
    const raw = await rawNotes();
    expect(raw.map((note) => Object.keys(note).sort())).toEqual(
      notes.map(() => ['hour', 'id', 'place', 'sealed', 'tags']),
    );
    const bytes = raw.map(({ sealed }) => Array.from(sealed, (byte) => String.fromCharCode(byte)).join(''));
    for (const needle of [MARKER, MARKER.split('').join('\0'), btoa(MARKER).slice(0, -3)]) {
      expect(bytes.filter((each) => each.includes(needle))).toEqual([]);
    }
  });

  test('equal words lie there differently each time', async () => {
    const db = new Notes(cipher);
    await db.note.bulkAdd(['a', 'b'].map((id) => ({ id, place: 'p', hour: 'h', words: 'equal' })));
    db.close();
    const [a, b] = await rawNotes();
    expect(a?.sealed).not.toEqual(b?.sealed);
  });

  test('another key opens nothing', async () => {
    (await filled()).close();
    const other = new Notes(cipherOf(vaultKeysOf(generateDataKey())));
    expect(await other.note.get('a')).toBeUndefined();
    expect(await other.note.toArray()).toEqual([]);
    expect(bad).toEqual(['a', 'a', 'b', 'c', 'd', 'e']);
  });

  test('two sealed values that have changed places open nowhere, nor does one that was altered', async () => {
    (await filled()).close();
    const [a, b, c] = await rawNotes();
    if (!a || !b || !c) throw new Error('three notes');
    const altered = Uint8Array.from(c.sealed, (byte, i) => (i === 40 ? byte ^ 1 : byte));
    const raw = new Notes('raw');
    await raw.table('note').bulkPut([
      { ...a, sealed: b.sealed },
      { ...b, sealed: a.sealed },
      { ...c, sealed: altered },
    ]);
    raw.close();
    const db = new Notes(cipher);
    expect(await db.note.bulkGet(['a', 'd', 'c'])).toEqual([undefined, notes[3], undefined]);
    // One that does not open takes none of the others from their reader.
    expect(ids(await db.note.toArray())).toBe('de');
    expect([...new Set(bad)].sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('while locked', () => {
  test('clear members are read, records of clear members only are written, nothing else', async () => {
    (await filled()).close();
    const locked = new Notes(null);
    expect((await locked.note.get('a'))?.place).toBe('here');
    expect((await locked.note.get('a'))?.words).toBeUndefined();
    await locked.note.add({ id: 'z', place: 'here', hour: 'h' });
    await expect(locked.note.add({ id: 'y', place: 'here', hour: 'h', words: MARKER })).rejects.toThrow('locked');
    const a = await locked.note.get('a');
    if (a) await locked.note.put({ ...a, place: 'elsewhere' });
    locked.close();
    const db = new Notes(cipher);
    expect(await db.note.get('a')).toEqual({ ...notes[0], place: 'elsewhere' });
    expect(await db.note.get('y')).toBeUndefined();
    expect(await db.note.get('z')).toEqual({ id: 'z', place: 'here', hour: 'h' });
  });
});

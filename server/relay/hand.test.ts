// What the server says by itself, over the real rooms and guard.

import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { declared } from '../testing/papers.ts';
import type { Author, Found } from './access.ts';
import { judge } from './guard/judge.ts';
import { createHand, HandRefused } from './hand.ts';
import type { Hand } from './hand.ts';
import { Rooms } from './rooms.ts';

const practice = { id: newId(), slug: 'p' };
const kind = must(declared.documents?.['talk'], 'a kind');
const SERVER = { userId: 'automatic', memberId: newId() };

let rooms: Rooms;
let hand: Hand;
let found: Found;
beforeEach(() => {
  const store = createMemoryStore(newId());
  store.addPractice(practice);
  rooms = new Rooms({
    ...{ log: store.docs, judge, declared, now: () => new Date() },
    ...{ onTrouble: () => undefined, onAppended: () => undefined, onHeaders: () => undefined },
  });
  const row = newId();
  const place = { name: `talk:${row}`, kind: 'talk', row, space: 's' };
  found = { kind, place, segment: null, resource: { type: 'talk', id: row, space: 's' } };
  hand = createHand({ rooms, find: async () => new Map([[place.name, found]]) });
});
afterEach(() => rooms.close());

const append = (value: { id: string; by: string; text: string }) =>
  hand.append(practice, {
    document: { kind: 'talk', id: found.place.row, segment: null },
    ...{ root: 'messages', value, author: SERVER },
  });
const said = () => rooms.look(practice, found, (doc) => doc.getArray('messages').toJSON() as object[]);

/** What Ana appends to the same document. */
async function anaSays(value: object): Promise<void> {
  const doc = new Y.Doc();
  doc.getArray('messages').push([value]);
  const writer: Author = { userId: 'ana', memberId: newId(), roles: [], session: 's', mayWrite: () => true };
  const sent = { writer, update: Y.encodeStateAsUpdate(doc), origin: null };
  expect(await rooms.submit(practice, found, sent)).toMatchObject({ kind: 'kept' });
}

test('says it once, also where a client has taken its id and named it in her own words', async () => {
  const own = { id: newId(), by: SERVER.userId, text: 'Welcome.' };
  const hers = { id: own.id, by: 'ana', text: SERVER.userId };
  await anaSays(hers);
  expect([await append(own), await append(own)]).toEqual(['kept', 'kept']);
  expect(await said()).toEqual([hers, own]);
});

test('throws what the guard refuses as such, and nothing else', async () => {
  await expect(append({ id: newId(), by: 'ana', text: 'As another.' })).rejects.toThrow(HandRefused);
  await rooms.close();
  const other = { ...found, place: { ...found.place, name: `talk:${newId()}` } };
  hand = createHand({ rooms, find: async () => new Map([[found.place.name, other]]) });
  const error: unknown = await append({ id: newId(), by: SERVER.userId, text: 'Late.' }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(HandRefused);
});

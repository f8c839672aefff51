// What a room costs that somebody has open and in which nothing happens: 10,000 of them, each with one reader and one message in its
// log, asked after a collection when all have let their copies go. Rooms alone, over a log in memory: sockets and seats are not in
// it. Target: no copy is held, and less than 4 kB a room. Seen on 2026-11-30: 4,567 bytes just loaded, 1,201 when nothing happens.

import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as Y from 'yjs';
import { newId } from '../src/base/ids.ts';
import { must } from '../src/base/must.ts';
import type { Author, Found } from '../server/relay/access.ts';
import { judge } from '../server/relay/guard/judge.ts';
import { Rooms } from '../server/relay/rooms.ts';
import { createMemoryStore } from '../server/store/memory-store.ts';
import { declared } from '../server/testing/papers.ts';
import { printTable } from './ground/figures.ts';

const ROOMS = 10_000;
const MOST_BYTES = 4000;
/** Rooms are swept every 5 s, and idle after 10. */
const UNTIL_IDLE_MS = 21_000;

const practice = { id: newId(), slug: 'p' };
const store = createMemoryStore(newId());
store.addPractice(practice);
const kind = must(declared.documents?.['chapter'], 'a kind');
const writer: Author = { userId: 'ana', memberId: newId(), roles: [], session: newId(), mayWrite: () => true };
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const ignore = () => undefined;
const rooms = new Rooms({
  ...{ log: store.docs, judge, declared, now: () => new Date() },
  ...{ onTrouble: ignore, onAppended: ignore, onHeaders: ignore },
});

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const found = Array.from({ length: ROOMS }, (): Found => {
  const row = newId();
  const place = { name: `chapter:${row}`, kind: 'chapter', row, space: 's' };
  return { kind, place, segment: null, resource: { type: 'page', id: row, space: 's' } };
});
for (const one of found) {
  const doc = new Y.Doc();
  doc.getArray('messages').push([{ id: newId(), by: 'ana', text: 'some words that somebody has written' }]);
  await rooms.submit(practice, one, { writer, update: Y.encodeStateAsUpdate(doc), origin: null });
}
await delay(UNTIL_IDLE_MS);
if (rooms.openRooms > 0) throw new Error('rooms that nobody has open are still there');
const before = heap();
for (const one of found) await rooms.join(practice, one, { reader: { hear: ignore }, begin: ignore });
const loaded = heap();
await delay(UNTIL_IDLE_MS);
const idle = heap();
const each = (bytes: number) => (bytes - before) / ROOMS;
printTable(`${ROOMS} rooms that somebody has open`, [
  { what: 'heap of each just loaded', figure: `${each(loaded).toFixed(0)} bytes` },
  {
    what: 'heap of each when nothing happens',
    figure: `${each(idle).toFixed(0)} bytes`,
    target: `< ${MOST_BYTES} bytes`,
    isMet: each(idle) < MOST_BYTES,
  },
]);
await rooms.close();

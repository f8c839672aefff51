// One room among many who come, a log that may be slow, fail, or have moved on: nothing is answered or told before it is kept.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import type { Append, DocLog } from '../store/doc-log.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { declared } from '../testing/papers.ts';
import type { Author, Found } from './access.ts';
import { judge } from './guard/judge.ts';
import type { Judge, Told } from './room.ts';
import { Rooms } from './rooms.ts';
import type { RoomsParts } from './rooms.ts';

const practice = { id: newId(), slug: 'p' };
const chapter = must(declared.documents?.['page'], 'a kind');
const kind = { ...chapter, roots: must(declared.documents?.['chapter'], 'a kind').roots };

let log: DocLog;
let calls: { loads: number; appends: (readonly Append[])[] };
/** What happens at the next append, before it or instead of it. */
let gate: (() => Promise<void>) | null;
/** Once an append is kept its answer is lost. */
let failAfter: boolean;
/** What the next load waits for, once it has looked. */
let loading: (() => Promise<void>) | null;
let troubles: string[];
const open: Rooms[] = [];

beforeEach(() => {
  const store = createMemoryStore(newId());
  store.addPractice(practice);
  calls = { loads: 0, appends: [] };
  [gate, failAfter, loading, troubles] = [null, false, null, []];
  log = {
    ...store.docs,
    async load(...ask) {
      calls.loads += 1;
      const loaded = await store.docs.load(...ask);
      const hold = loading;
      loading = null;
      await hold?.();
      return loaded;
    },
    async append(id, appends) {
      calls.appends.push(appends);
      await gate?.();
      const ends = await store.docs.append(id, appends);
      if (failAfter) throw new Error('gone');
      return ends;
    },
  };
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((rooms) => rooms.close()));
  vi.useRealTimers();
});

function node(change: Partial<RoomsParts> = {}): Rooms {
  const rooms = new Rooms({
    ...{ log, judge, declared, now: () => new Date() },
    onTrouble: (code) => void troubles.push(code),
    onAppended: () => undefined,
    onHeaders: () => undefined,
    ...change,
  });
  open.push(rooms);
  return rooms;
}

function documentOf(row = newId()): Found {
  const place = { name: `page:${row}`, kind: 'page', row, space: 's' };
  return { kind, place, segment: null, resource: { type: 'page', id: row, space: 's' } };
}

const writerOf = (session: string): Author => ({
  userId: 'ana',
  memberId: newId(),
  roles: [],
  session,
  mayWrite: () => true,
});

/** A copy that says things; each is one update. */
function speaker(rooms: Rooms, found: Found, session = newId()) {
  const doc = new Y.Doc();
  const writer = writerOf(session);
  return (text: string) => {
    const before = Y.encodeStateVector(doc);
    doc.getArray('messages').push([{ id: newId(), by: 'ana', text }]);
    const update = Y.encodeStateAsUpdate(doc, before);
    return rooms.submit(practice, found, { writer, update, origin: null });
  };
}

async function reading(rooms: Rooms, found: Found) {
  const heard: Told[] = [];
  let began = -1;
  const { leave } = await rooms.join(practice, found, {
    reader: { hear: (news) => void heard.push(...news) },
    begin: ({ end }) => (began = end.seq),
  });
  return { heard, began, leave, seqs: () => heard.map(({ seq }) => seq) };
}

async function textsIn(found: Found): Promise<string[]> {
  const doc = new Y.Doc();
  for (const { update } of (await log.load(practice.id, found.place.name)).updates) Y.applyUpdate(doc, update);
  return (doc.getArray('messages').toJSON() as { text: string }[]).map(({ text }) => text);
}

/** A promise that others wait for. */
function latch() {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open: () => open() };
}

test('fifty who come at once find one room that is loaded once', async () => {
  const [rooms, found] = [node(), documentOf()];
  await speaker(node(), found)('there');
  const loads = calls.loads;
  const all = await Promise.all(Array.from({ length: 50 }, () => reading(rooms, found)));
  expect(all.map(({ began }) => began)).toEqual(all.map(() => 1));
  expect(calls.loads).toBe(loads + 1);
});

test('nothing is answered, told or read before it is in the log', async () => {
  const [rooms, found] = [node(), documentOf()];
  const reader = await reading(rooms, found);
  const slow = latch();
  gate = () => slow.promise;
  let outcome: unknown = null;
  const said = speaker(rooms, found)('slow').then((one) => (outcome = one));
  await vi.waitFor(() => expect(calls.appends).toHaveLength(1));
  const late = reading(rooms, found);
  await new Promise(setImmediate);
  expect([outcome, reader.heard]).toEqual([null, []]);
  slow.open();
  await said;
  expect(outcome).toEqual({ kind: 'kept', seq: 1 });
  expect(reader.seqs()).toEqual([1]);
  expect((await late).began).toBe(1);
  expect((await late).heard).toEqual([]);
});

test('what throws on the copy is for who has asked: the others of the practice go on', async () => {
  const [rooms, found] = [node(), documentOf()];
  const { room } = await rooms.join(practice, found, { reader: { hear: () => undefined }, begin: () => undefined });
  const deaf = {
    hear: () => {
      throw new Error('gone');
    },
  };
  await rooms.join(practice, found, { reader: deaf, begin: () => undefined });
  const reader = await reading(rooms, found);
  const slow = latch();
  gate = () => slow.promise;
  const said = speaker(rooms, found)('slow');
  await vi.waitFor(() => expect(calls.appends).toHaveLength(1));
  const looked = rooms.read(room, () => {
    throw new Error('unreadable');
  });
  const refused = expect(looked).rejects.toThrow('unreadable');
  await new Promise(setImmediate);
  slow.open();
  await refused;
  expect(await said).toEqual({ kind: 'kept', seq: 1 });
  expect(reader.seqs()).toEqual([1]);
  expect(await speaker(rooms, documentOf())('another')).toEqual({ kind: 'kept', seq: 1 });
  expect(troubles).toEqual(['document-not-told']);
});

test('a tick that breaks off leaves nobody waiting, and the next begins anew', async () => {
  let isBroken = true;
  const onAppended = () => {
    if (isBroken) throw new Error('bug');
  };
  const rooms = node({ onAppended });
  const found = documentOf();
  const say = speaker(rooms, found);
  expect(await say('kept')).toEqual({ kind: 'kept', seq: 1 });
  await vi.waitFor(() => expect(troubles).toEqual(['document-tick-failed']));
  isBroken = false;
  expect(await say('after')).toEqual({ kind: 'kept', seq: 2 });
});

test('where the append fails all are told to ask again, readers hear nothing, and what was kept all the same is told later', async () => {
  const [rooms, found] = [node(), documentOf()];
  const reader = await reading(rooms, found);
  const say = speaker(rooms, found);
  gate = async () => {
    throw new Error('away');
  };
  expect(await say('lost')).toEqual({ kind: 'again' });
  expect([reader.heard, await textsIn(found)]).toEqual([[], []]);
  expect(troubles).toEqual(['document-not-appended']);
  gate = null;
  // What stood on it is refused: the copy does not have it any more.
  expect(await say('after')).toMatchObject({ kind: 'refused', code: 'gap' });
  expect(await speaker(rooms, found)('other')).toEqual({ kind: 'kept', seq: 1 });
  expect(reader.seqs()).toEqual([1]);
});

test('what was kept though the append failed is told to other nodes and header readers when it is found', async () => {
  const told: unknown[] = [];
  const rooms = node({
    onAppended: (_, news) => void told.push(news),
    onHeaders: (_, spaces) => void told.push([...spaces]),
  });
  const found = { ...documentOf(), kind: must(declared.documents?.['talk'], 'a kind') };
  failAfter = true;
  expect(await speaker(rooms, found)('kept all the same')).toEqual({ kind: 'again' });
  expect(told).toEqual([]);
  failAfter = false;
  await rooms.followAll();
  expect(told).toEqual([[{ name: found.place.name, seq: 1 }], ['s']]);
  await rooms.followAll();
  expect(told).toHaveLength(2);
});

test('what a node has appended and told nobody, others tell when they find it', async () => {
  const told: unknown[] = [];
  const rooms = node({ onHeaders: (_, spaces) => void told.push([...spaces]) });
  const found = { ...documentOf(), kind: must(declared.documents?.['talk'], 'a kind') };
  const reader = await reading(rooms, found);
  await speaker(node(), found)('untold');
  await rooms.followAll();
  expect([told, reader.seqs()]).toEqual([[['s']], [1]]);
});

test('a room that is loaded while others append has all of it for who begins then', async () => {
  const [one, two, found] = [node(), node(), documentOf()];
  await speaker(two, found)('1');
  const reader = await reading(one, found);
  const { room } = await one.join(practice, found, { reader: { hear: () => undefined }, begin: () => undefined });
  room.unload();
  const slow = latch();
  loading = () => slow.promise;
  const late = reading(one, found);
  await vi.waitFor(() => expect(loading).toBeNull());
  await speaker(two, found)('2');
  const followed = one.follow(practice.id, new Map([[found.place.name, 2]]));
  slow.open();
  await followed;
  const { began, seqs } = await late;
  expect([began, ...seqs()].at(-1)).toBe(2);
  expect(reader.seqs()).toEqual([2]);
  expect(room.doc?.getArray('messages')).toHaveLength(2);
});

test('a copy that has fallen behind what its readers were told is brought up to the log', async () => {
  const [one, two, found] = [node(), node(), documentOf()];
  const { room } = await one.join(practice, found, { reader: { hear: () => undefined }, begin: () => undefined });
  await speaker(two, found)('1');
  room.told = 1;
  await one.followAll();
  await one.read(room, () => undefined);
  expect([room.end.seq, room.doc?.getArray('messages').length]).toEqual([1, 1]);
});

test('an update that cannot be taken is refused for good at the second try; what waits with it goes on', async () => {
  let tries = 0;
  const rooms = node({
    judge: (ask) => {
      if (ask.writer.session !== 'bad') return judge(ask);
      tries += 1;
      throw new Error('bug');
    },
  });
  const found = documentOf();
  const outcomes = Promise.all([speaker(rooms, found, 'good')('1'), speaker(rooms, found, 'bad')('2')]);
  expect(await outcomes).toEqual([
    { kind: 'kept', seq: 1 },
    { kind: 'refused', code: 'failed' },
  ]);
  expect(tries).toBe(2);
  expect(await textsIn(found)).toEqual(['1']);
});

test('a document whose log does not hold takes nothing, finally, until it has been mended', async () => {
  const [rooms, found] = [node(), documentOf()];
  await speaker(rooms, found)('1');
  const broken: DocLog['load'] = async (...ask) => ({ ...(await log.load(...ask)), isBroken: true });
  const late = node({ log: { ...log, load: (...ask) => (isBroken ? broken(...ask) : log.load(...ask)) } });
  let isBroken = true;
  expect(await speaker(late, found)('2')).toEqual({ kind: 'refused', code: 'failed' });
  expect(troubles).toEqual(['document-log-broken']);
  expect((await reading(late, found)).began).toBe(1);
  isBroken = false;
  expect(await speaker(late, found)('3')).toMatchObject({ code: 'failed' });
  expect(await speaker(late, found)('4')).toEqual({ kind: 'kept', seq: 2 });
});

test('what waits goes into one append, in order, and the same twice is kept once', async () => {
  // However slow the machine is, a tick's time is not over.
  vi.useFakeTimers({ toFake: ['performance'] });
  const [rooms, found, other] = [node(), documentOf(), documentOf()];
  const [say, sayThere] = [speaker(rooms, found), speaker(rooms, other)];
  await Promise.all([say('warm'), sayThere('warm')]);
  calls.appends.length = 0;
  const outcomes = await Promise.all([say('1'), sayThere('a'), say('2'), say('3'), sayThere('b')]);
  expect(outcomes).toEqual([2, 2, 3, 4, 3].map((seq) => ({ kind: 'kept', seq })));
  expect(calls.appends.map((appends) => appends.map(({ updates }) => updates.length))).toEqual([[3, 2]]);
  const doc = new Y.Doc();
  doc.getArray('messages').push([{ id: newId(), by: 'ana', text: 'twice' }]);
  const twice = { writer: writerOf('x'), update: Y.encodeStateAsUpdate(doc), origin: null };
  const both = await Promise.all([rooms.submit(practice, found, twice), rooms.submit(practice, found, twice)]);
  expect(both).toEqual([5, 5].map((seq) => ({ kind: 'kept', seq })));
  expect((await textsIn(found)).filter((text) => text === 'twice')).toHaveLength(1);
});

test('many rooms with much to judge leave the loop to others, and each has its turn', async () => {
  let judged = 0;
  let most = 0;
  // What another part of the server sees: how much was judged between two of its turns.
  const slow: Judge = (ask) => {
    const end = performance.now() + 12;
    while (performance.now() < end);
    judged += 1;
    return judge(ask);
  };
  const rooms = node({ judge: slow });
  const founds = Array.from({ length: 12 }, () => documentOf());
  for (const found of founds) await reading(rooms, found);
  const busy = founds.slice(0, 2).map((found) => Promise.all([1, 2, 3].map((i) => speaker(rooms, found)(`${i}`))));
  let isOver = false;
  const outcomes = Promise.all(founds.map((found) => speaker(rooms, found)('1'))).finally(() => (isOver = true));
  for (let before = 0; !isOver; before = judged) {
    await new Promise(setImmediate);
    most = Math.max(most, judged - before);
  }
  expect((await outcomes).every(({ kind: outcome }) => outcome === 'kept')).toBe(true);
  await Promise.all(busy);
  expect(most).toBeLessThan(3);
});

test('what takes a few turns to judge goes into one transaction all the same', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const slow: Judge = (ask) => {
    vi.advanceTimersByTime(12);
    return judge(ask);
  };
  const rooms = node({ judge: slow });
  const founds = Array.from({ length: 8 }, () => documentOf());
  for (const found of founds) await reading(rooms, found);
  await Promise.all(founds.map((found) => speaker(rooms, found)('1')));
  expect(calls.appends.map((appends) => appends.length)).toEqual([5, 3]);
});

test('two nodes on one log: who comes second judges again, readers of both hear each update once', async () => {
  const [one, two] = [node(), node()];
  const found = documentOf();
  const readers = [await reading(one, found), await reading(two, found)];
  const speakers = [one, two, one, two].map((rooms) => speaker(rooms, found));
  const outcomes = await Promise.all(speakers.flatMap((say, i) => [0, 1, 2, 3, 4].map((k) => say(`${i} ${k}`))));
  expect(outcomes.every(({ kind: outcome }) => outcome === 'kept')).toBe(true);
  for (const rooms of [one, two]) await rooms.followAll();
  const all = Array.from({ length: 20 }, (_, i) => i + 1);
  for (const reader of readers) expect(reader.seqs()).toEqual(all);
  expect(new Set(await textsIn(found)).size).toBe(20);
});

test('what stands on an update that another node has just kept is kept too, heard of or not', async () => {
  const found = documentOf();
  const [left, right] = [node(), node()];
  await reading(right, found);
  const session = newId();
  const doc = new Y.Doc();
  const writer = writerOf(session);
  for (const [i, rooms] of [left, right, left].entries()) {
    const before = Y.encodeStateVector(doc);
    doc.getArray('messages').push([{ id: newId(), by: 'ana', text: `word ${i}` }]);
    const update = Y.encodeStateAsUpdate(doc, before);
    expect(await rooms.submit(practice, found, { writer, update, origin: null })).toEqual({ kind: 'kept', seq: i + 1 });
  }
  expect(await textsIn(found)).toEqual(['word 0', 'word 1', 'word 2']);
});

test('where nobody can say whether a copy has fallen behind, nothing is refused', async () => {
  const [rooms, found] = [node(), documentOf()];
  const say = speaker(rooms, found);
  await say('there');
  const ahead = new Y.Doc();
  ahead.getArray('messages').push([{ id: newId(), by: 'ana', text: 'missing' }]);
  const before = Y.encodeStateVector(ahead);
  ahead.getArray('messages').push([{ id: newId(), by: 'ana', text: 'too early' }]);
  const sent = { writer: writerOf(newId()), update: Y.encodeStateAsUpdate(ahead, before), origin: null };
  const { seqs } = log;
  log.seqs = () => Promise.reject(new Error('away'));
  expect(await rooms.submit(practice, found, sent)).toEqual({ kind: 'again' });
  log.seqs = seqs;
  expect(await rooms.submit(practice, found, sent)).toMatchObject({ kind: 'refused', code: 'gap' });
});

test('one client id on two nodes is the first one’s', async () => {
  const [one, two] = [node(), node()];
  const found = documentOf();
  const made = (text: string) => {
    const doc = new Y.Doc();
    doc.clientID = 77;
    // One more each time: what has no more than is there already is known, whatever is in it.
    for (let i = 0; i < text.length; i++) doc.getArray('messages').push([{ id: newId(), by: 'ana', text }]);
    return Y.encodeStateAsUpdate(doc);
  };
  const submit = (rooms: Rooms, text: string) =>
    rooms.submit(practice, found, { writer: writerOf(text), update: made(text), origin: null });
  const outcomes = await Promise.all([submit(one, '1'), submit(two, '22')]);
  expect(outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.kind)).sort()).toEqual([
    'client-taken',
    'kept',
  ]);
  expect(await textsIn(found)).toHaveLength(1);
});

test('a long tail is made into a snapshot, from which the next load begins', async () => {
  const [rooms, found] = [node(), documentOf()];
  const say = speaker(rooms, found);
  for (let i = 0; i < 220; i++) await say(`${i}`);
  await vi.waitFor(async () => expect((await log.load(practice.id, found.place.name)).snapshot?.seq).toBe(200));
  const reader = await reading(node(), found);
  expect(reader.began).toBe(220);
});

test('a room that everybody has left looks nothing up for readers, however much comes', async () => {
  const [here, there] = [node(), node()];
  const found = documentOf();
  const tails = vi.spyOn(log, 'tails');
  const reader = await reading(here, found);
  const say = speaker(there, found);
  await say('one');
  await here.followAll();
  expect([reader.seqs(), tails.mock.calls.length]).toEqual([[1], 1]);
  reader.leave();
  await say('two');
  await here.followAll();
  await speaker(here, found)('three');
  // It is where the log is: there is nothing that anybody here has not heard.
  const before = tails.mock.calls.length;
  for (let i = 0; i < 3; i++) await here.followAll();
  expect([reader.seqs(), tails.mock.calls.length]).toEqual([[1], before]);
  const next = await reading(here, found);
  await say('four');
  await here.followAll();
  expect([next.began, next.seqs()]).toEqual([3, [4]]);
});

test('an idle room keeps no copy, and goes when nobody has it open', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'performance'] });
  const [rooms, found, other] = [node(), documentOf(), documentOf()];
  const reader = await reading(rooms, found);
  const left = await reading(rooms, other);
  left.leave();
  expect(rooms.openRooms).toBe(2);
  const loads = calls.loads;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(rooms.openRooms).toBe(1);
  expect(await speaker(rooms, found)('awake')).toEqual({ kind: 'kept', seq: 1 });
  expect(calls.loads).toBe(loads + 1);
  expect(reader.seqs()).toEqual([1]);
});

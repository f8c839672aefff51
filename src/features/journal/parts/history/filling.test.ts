import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../base/ids.ts';
import { must } from '../../../../base/must.ts';
import { applyPage } from '../../../../sync/client/apply.ts';
import { NOTHING_YET } from '../../../../sync/client/database.ts';
import { discard } from '../../../../sync/client/discard.ts';
import { mutate } from '../../../../sync/client/mutate.ts';
import type { Desk } from '../../../../sync/client/mutate.ts';
import { createReader } from '../../../../sync/client/reader.ts';
import type { Row } from '../../../../sync/core/record.ts';
import { MemoryDisk } from '../../../../sync/testing/memory-device.ts';
import { declared } from '../../../shared.ts';
import { chartOf } from '../../../space-names.ts';
import { addComment, addEntry, reviseEntry } from '../../mutators.ts';
import type { EntryView } from '../../queries.ts';
import { createFilling } from './filling.ts';
import type { Progress } from './filling.ts';
import { NOTHING_ASKED } from './question.ts';
import { createShelf } from './shelf.ts';
import type { Question, Shelf } from './shelf.ts';

const ANA = newId();
const ANA_MEMBER = newId();
const LEE = newId();
const SPACE = chartOf(ANA);
const ZONE = 'Europe/Berlin';

let desk: Desk;
let shelf: Shelf;
let catchUp: () => Promise<void>;
let progress: Progress[];
let opened: number;
let version = 0;

beforeEach(async () => {
  const store = new MemoryDisk().open();
  const sealing = { keyId: 'k', publicKey: 'p' };
  const spaces = [{ space: SPACE, hash: 'self.1' }];
  await store.putState({ ...NOTHING_YET, device: newId(), lastN: 0, cursor: 0, spaces, sealing });
  const cipher = { token: (word: string) => word };
  const memberId = ANA_MEMBER;
  desk = { store, declared, cipher, memberId, sealParcel: () => new Uint8Array(1), now: () => new Date() };
  opened = 0;
  const counted = {
    ...store,
    rows: { ...store.rows, get: (keys: readonly string[]) => ((opened += keys.length), store.rows.get(keys)) },
  };
  shelf = createShelf();
  progress = [];
  catchUp = createFilling({
    reader: createReader(counted, desk, memberId),
    client: ANA,
    shelf,
    onProgress: (now) => progress.push(now),
    breathe: () => Promise.resolve(),
  });
});

const ids = (question: Partial<Question>) => [...shelf.find({ ...NOTHING_ASKED, ...question }, 1000).ids];
const idsByWords = async (words: string) => {
  await catchUp();
  return ids({ words });
};

async function arrive(rows: readonly Row[]): Promise<void> {
  const asked = await desk.store.state();
  await applyPage(desk, { asked, rows: [...rows], more: false, drop: [], strict: false, next: (state) => state });
}

function row(type: string, fields: Row['fields'], change: Partial<Row> = {}): Row {
  version += 1;
  const at = new Date(Date.UTC(2026, 1, 1) + version * 3_600_000).toISOString();
  return {
    id: newId(),
    type,
    space: SPACE,
    version,
    by: ANA_MEMBER,
    at,
    fields: { at, zone: ZONE, ...fields },
    ...change,
  };
}
const entry = (text: string, content: object = {}) =>
  row('journalEntry', { client: ANA, kind: 'food', content: { text, ...content } });
const comment = (of: string, body: string) => row('journalComment', { entry: of, body }, { by: LEE });

async function does(act: { name: string }, args: Record<string, unknown>): Promise<string> {
  const id = newId();
  const full = { by: ANA_MEMBER, at: new Date().toISOString(), zone: ZONE, id, client: ANA, ...args };
  expect(await mutate(desk, { name: act.name, args: JSON.parse(JSON.stringify(full)) })).toBeUndefined();
  return id;
}

test('all that is on the device is found, told in pieces, also what hangs on an entry', async () => {
  const many = Array.from({ length: 100 }, (_, i) => entry(`entry n${i}x`));
  const said = comment(must(many[3], 'an entry').id, 'Nicely put');
  await arrive([...many, said]);
  expect(await idsByWords('n42x')).toEqual([many[42]?.id]);
  expect(ids({ words: 'nicely' })).toEqual([many[3]?.id]);
  expect(ids({})).toEqual(many.map(({ id }) => id).reverse());
  expect(progress).toEqual([20, 40, 60, 80, 100, 100].map((done) => ({ done, total: 100 })));
});

test('after the first time only what has changed is opened', async () => {
  const [first, second] = [entry('Soup'), entry('Bread')];
  await arrive([first, second, ...Array.from({ length: 50 }, (_, i) => entry(`other ${i}`))]);
  await catchUp();
  opened = 0;
  const said = comment(first.id, 'Sounds warm');
  await arrive([said, row('journalRevision', { entry: second.id, content: { text: 'Toast' } })]);
  expect(await idsByWords('warm')).toEqual([first.id]);
  expect(await idsByWords('toast')).toEqual([second.id]);
  expect(ids({ words: 'bread' })).toEqual([]);
  expect(opened).toBeLessThan(10);
});

test('one’s own acts are found before they are sent, and what is given up is found no more', async () => {
  await arrive([entry('Soup')]);
  await catchUp();
  const id = await does(addEntry, { kind: 'mood', content: { text: 'Offline words' } });
  expect(await idsByWords('offline')).toEqual([id]);
  await does(addComment, { entry: id, body: 'And a thought' });
  await does(reviseEntry, { entry: id, content: { text: 'Other words' } });
  expect(await idsByWords('thought other')).toEqual([id]);
  expect(ids({ words: 'offline' })).toEqual([]);
  const unsent = await desk.store.outbox.unsent();
  await discard(desk, must(unsent[2], 'an act').n);
  expect(await idsByWords('offline thought')).toEqual([id]);
  await discard(desk, must(unsent[1], 'an act').n);
  expect(await idsByWords('thought')).toEqual([]);
  await discard(desk, must(unsent[0], 'an act').n);
  expect(await idsByWords('offline')).toEqual([]);
  expect(ids({})).toHaveLength(1);
});

test('what arrives below the newest, as while a device is filled, is found too', async () => {
  const [old, older] = [entry('Old'), entry('Older')];
  const newest = entry('Newest');
  await arrive([newest]);
  await catchUp();
  await arrive([old, older]);
  expect(await idsByWords('old')).toEqual([older.id, old.id]);
});

test('an entry that was deleted goes with its comments’ words', async () => {
  const gone = entry('Soup');
  await arrive([gone, comment(gone.id, 'Warm'), entry('Bread')]);
  await catchUp();
  const tombstone = { id: gone.id, type: gone.type, space: SPACE, version: ++version, deleted: true as const };
  const asked = await desk.store.state();
  await applyPage(desk, { asked, rows: [tombstone], more: false, drop: [], strict: false, next: (state) => state });
  expect(await idsByWords('soup')).toEqual([]);
  expect(ids({ words: 'warm' })).toEqual([]);
  expect(ids({})).toHaveLength(1);
});

test('hidden numbers are found by nobody they are kept from, also when they were found before', async () => {
  const measured = entry('Sandwich', { energyKcal: 4321, portionG: 287 });
  await arrive([measured]);
  expect(await idsByWords('4321')).toEqual([measured.id]);
  const state = await desk.store.state();
  await desk.store.putState({ ...state, spaces: [{ space: SPACE, hash: 'self-strict.1', strict: true }] });
  expect(await idsByWords('4321')).toEqual([]);
  expect(ids({ words: '287' })).toEqual([]);
  expect(ids({ words: 'sandwich' })).toEqual([measured.id]);
});

test('of a photo nothing is looked through: not where it lies, not its key', async () => {
  const photo = {
    id: 'a1b2',
    key: 'k3y',
    type: 'image/jpeg',
    size: 1600,
    width: 1200,
    height: 900,
    thumb: { id: 'c3', key: 'x9', size: 88 },
  };
  const shown = entry('Sandwich', { media: [photo] });
  await arrive([shown]);
  expect(await idsByWords('sandwich')).toEqual([shown.id]);
  for (const words of ['jpeg', 'k3y', '1600', 'a1b2', 'x9']) expect(ids({ words })).toEqual([]);
});

test('what somebody answered is the ground of the filters', async () => {
  const [seen, open] = [entry('Seen'), entry('Open')];
  await arrive([seen, open, row('journalReview', { entry: seen.id, wording: seen.id }, { by: LEE })]);
  await catchUp();
  expect(ids({ notSeen: true })).toEqual([open.id]);
  await arrive([comment(open.id, 'Seen now')]);
  await catchUp();
  expect(ids({ notSeen: true })).toEqual([]);
  expect(ids({ withComments: true })).toEqual([open.id]);
});

test('who does not want to be told what was seen is not told by a filter either', async () => {
  const seen = entry('Seen');
  await arrive([seen, row('journalReview', { entry: seen.id, wording: seen.id }, { by: LEE })]);
  await catchUp();
  expect(ids({ notSeen: true })).toEqual([]);
  await arrive([row('journalReceipts', { client: ANA, receipts: 'never' }, { id: ANA })]);
  await catchUp();
  expect(ids({ notSeen: true })).toEqual([seen.id]);
});

test('asked again while it works, it goes round once more', async () => {
  await arrive([entry('First')]);
  const running = catchUp();
  await arrive([entry('Second')]);
  await Promise.all([running, catchUp()]);
  expect(ids({ words: 'second' })).toHaveLength(1);
});

test('what stands beside the chart is found with it, kept true, and read anew only when it has changed', async () => {
  let mark = '1';
  let texts = ['Slept alone', 'Walked'];
  let reads = 0;
  const view = (text: string): EntryView => ({
    id: `p-${text}`,
    client: ANA,
    by: ANA_MEMBER,
    kind: 'mood',
    at: '2026-03-01T08:00:00.000Z',
    zone: ZONE,
    arrivedAt: '2026-03-01T08:00:00.000Z',
    content: { text },
    privacy: 'open',
    wordings: [],
    comments: [],
    reviews: [],
    reactions: [],
    receipts: 'never',
    delivery: 'sent',
    news: null,
    unread: [],
  });
  const beside = {
    mark: async () => mark,
    all: async () => ((reads += 1), texts.map(view)),
  };
  const reader = createReader(desk.store, desk, ANA_MEMBER);
  const fill = createFilling({ reader, client: ANA, shelf, beside, onProgress: () => {}, breathe: async () => {} });
  await fill();
  await fill();
  expect(reads).toBe(1);
  expect(ids({ words: 'slept' })).toEqual(['p-Slept alone']);
  expect(ids({ words: 'slept', notPrivate: true })).toEqual([]);
  mark = '2';
  texts = ['Walked far'];
  await fill();
  expect(ids({})).toEqual(['p-Walked far']);
});

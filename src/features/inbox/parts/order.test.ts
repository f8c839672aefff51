import { expect, test } from 'vitest';
import { isOverdue, rowOf } from '../../journal/parts/inbox-order.ts';
import type { EntryView } from '../../journal/queries.ts';
import { matches } from '../schema.ts';
import { asTheyStood, firstOf, groupByClient } from './order.ts';

function entry(id: string, client: string, change: Partial<EntryView> & { hour: number }): EntryView {
  const at = new Date(Date.UTC(2026, 10, 1, change.hour)).toISOString();
  return {
    id,
    client,
    by: client,
    kind: 'reflection',
    at,
    zone: 'UTC',
    arrivedAt: at,
    content: { text: id },
    wordings: [],
    comments: [],
    reviews: [],
    reactions: [],
    receipts: 'seen',
    delivery: 'sent',
    news: 'entry',
    unread: [id],
    ...change,
  };
}

const DAY = 24;
const now = Date.UTC(2026, 10, 1, 20);
const asRow = (one: EntryView) => rowOf(one, { marks: undefined, me: 'lee', nowMs: now });
const group = (entries: readonly EntryView[]) => groupByClient(entries.map(asRow));
const ids = (groups: ReturnType<typeof groupByClient>) => groups.map(({ rows }) => rows.map(({ id }) => id));
const arrived = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour)).toISOString();

test('who waits longest comes first, and within a client what is open', () => {
  const groups = group([
    entry('ana seen', 'ana', { hour: 9, news: null }),
    entry('ben', 'ben', { hour: 8 }),
    entry('ana', 'ana', { hour: 7 }),
    entry('dana seen', 'dana', { hour: 1, news: null }),
  ]);
  expect(ids(groups)).toEqual([['ana', 'ana seen'], ['ben'], ['dana seen']]);
});

test('risk comes first, then what is overdue, then late arrivals, then the rest; within a client and among them', () => {
  const late = { hour: 5, arrivedAt: arrived(19) };
  const rest = entry('rest', 'ana', { hour: 1 });
  const risk = { content: { text: 'I want to die' } };
  const all = [
    rest,
    entry('late', 'ben', late),
    entry('overdue', 'dana', { hour: -3 * DAY }),
    entry('risk', 'eve', { hour: 12, ...risk }),
  ];
  expect(ids(group(all))).toEqual([['risk'], ['overdue'], ['late'], ['rest']]);
  const ofOne = all.map((one) => ({ ...one, client: 'ana' }));
  expect(ids(group(ofOne))).toEqual([['risk', 'overdue', 'late', 'rest']]);
  const done = all.map((one) => (one.id === 'rest' ? one : { ...one, news: null }));
  expect(ids(group(done))[0]).toEqual(['rest']);
});

test('the clock of what is overdue starts when the practice has it', () => {
  const old = entry('old', 'ana', { hour: -9 * DAY });
  expect(isOverdue(old, now)).toBe(true);
  expect(isOverdue({ ...old, arrivedAt: arrived(0) }, now)).toBe(false);
  expect(isOverdue({ ...old, news: null }, now)).toBe(false);
  const comment = { id: 'c', by: 'ana', at: arrived(19), zone: 'UTC', body: 'and you?', delivery: 'sent' as const };
  expect(isOverdue({ ...old, news: 'comment', comments: [comment] }, now)).toBe(false);
});

test('a comment of the client with crisis words sorts first, one of the care team does not', () => {
  const saying = (by: string) => {
    const comment = { id: 'c', by, at: arrived(2), zone: 'UTC', body: 'about suicide', delivery: 'sent' as const };
    return entry('said', 'ben', { hour: 12, comments: [comment] });
  };
  const first = entry('first', 'ana', { hour: 1 });
  expect(ids(group([first, saying('ben')]))).toEqual([['said'], ['first']]);
  expect(ids(group([first, saying('lee')]))).toEqual([['first'], ['said']]);
});

test('a page ends inside a client and never shows one without entries', () => {
  const groups = group([
    entry('a', 'ana', { hour: 1 }),
    entry('b', 'ana', { hour: 2 }),
    entry('c', 'ben', { hour: 3 }),
  ]);
  expect(ids(firstOf(groups, 1))).toEqual([['a']]);
  expect(ids(firstOf(groups, 2))).toEqual([['a', 'b']]);
  expect(ids(firstOf(groups, 9))).toEqual([['a', 'b'], ['c']]);
});

test('nothing moves under who is working: what is new comes in between, what went goes', () => {
  const [a, b, c] = [entry('a', 'ana', { hour: 1 }), entry('b', 'ana', { hour: 2 }), entry('c', 'ben', { hour: 3 })];
  const before = group([a, b, c]);
  const risk = { content: { text: 'I want to die' } };
  const after = group([a, { ...b, ...risk }, { ...c, ...risk }, entry('d', 'dana', { hour: 4, ...risk })]);
  expect(ids(after)).toEqual([['b', 'a'], ['c'], ['d']]);
  expect(ids(asTheyStood(after, before))).toEqual([['a', 'b'], ['c'], ['d']]);
  expect(ids(asTheyStood(group([b, c]), before))).toEqual([['b'], ['c']]);
  expect(ids(asTheyStood(group([entry('n', 'ana', { hour: 0 }), a, b, c]), before))).toEqual([['n', 'a', 'b'], ['c']]);
  expect(ids(asTheyStood(after, []))).toEqual(ids(after));
});

test('a message of a conversation stands among entries by the same order', () => {
  const chat = {
    ...{ id: 'chat', client: 'ben', at: arrived(3), isWaiting: true, isRisk: true },
    ...{ isOverdue: false, isLate: false, isUnread: true, isMine: true },
  };
  const rows = [asRow(entry('overdue', 'ana', { hour: -3 * DAY })), chat, asRow(entry('rest', 'ben', { hour: 1 }))];
  expect(ids(groupByClient(rows))).toEqual([['chat', 'rest'], ['overdue']]);
});

test('each filter shows what it names, and what is put off only where it is unread', () => {
  const row = { ...asRow(entry('a', 'ana', { hour: 1 })), isMine: true, isOverdue: true };
  const shown = (change: Partial<typeof row>) =>
    (['waiting', 'unread', 'mine', 'cover', 'overdue', 'client', 'all'] as const).filter((filter) =>
      matches({ ...row, ...change }, filter),
    );
  expect(shown({})).toEqual(['waiting', 'unread', 'mine', 'overdue', 'all']);
  expect(shown({ isMine: false, isOverdue: false })).toEqual(['waiting', 'unread', 'all']);
  expect(shown({ isWaiting: false })).toEqual(['unread', 'all']);
  expect(shown({ isUnread: false, isMine: false })).toEqual(['waiting', 'overdue', 'all']);
  expect(shown({ isCover: true, isMine: false })).toEqual(['waiting', 'unread', 'cover', 'overdue', 'all']);
  // What was dealt with is no more to be covered, and what the client is to answer awaits nobody here.
  expect(shown({ isCover: true, isWaiting: false, isUnread: false })).toEqual(['all']);
  expect(shown({ isOnClient: true, isWaiting: false, isUnread: false })).toEqual(['client', 'all']);
});

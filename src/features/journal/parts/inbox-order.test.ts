import { expect, test } from 'vitest';
import type { EntryView } from '../queries.ts';
import { firstOf, groupByClient } from './inbox-order.ts';

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
    delivery: 'sent',
    news: 'entry',
    ...change,
  };
}

const isOpen = ({ news }: EntryView) => news !== null;
const ids = (groups: ReturnType<typeof groupByClient>) => groups.map(({ entries }) => entries.map(({ id }) => id));

test('who waits longest comes first, and within a client what is open', () => {
  const groups = groupByClient(
    [
      entry('ana seen', 'ana', { hour: 9, news: null }),
      entry('ben', 'ben', { hour: 8 }),
      entry('ana', 'ana', { hour: 7 }),
      entry('dana seen', 'dana', { hour: 1, news: null }),
    ],
    isOpen,
  );
  expect(ids(groups)).toEqual([['ana', 'ana seen'], ['ben'], ['dana seen']]);
});

test('late arrivals come before everything, unless they were dealt with', () => {
  const late = { hour: 5, arrivedAt: new Date(Date.UTC(2026, 10, 3)).toISOString() };
  const first = entry('first', 'ana', { hour: 1 });
  expect(ids(groupByClient([first, entry('late', 'ben', late)], isOpen))).toEqual([['late'], ['first']]);
  const done = entry('late', 'ben', { ...late, news: null });
  expect(ids(groupByClient([first, done], isOpen))).toEqual([['first'], ['late']]);
});

test('a page ends inside a client and never shows one without entries', () => {
  const groups = groupByClient(
    [entry('a', 'ana', { hour: 1 }), entry('b', 'ana', { hour: 2 }), entry('c', 'ben', { hour: 3 })],
    isOpen,
  );
  expect(ids(firstOf(groups, 1))).toEqual([['a']]);
  expect(ids(firstOf(groups, 2))).toEqual([['a', 'b']]);
  expect(ids(firstOf(groups, 9))).toEqual([['a', 'b'], ['c']]);
});

import { describe, expect, test } from 'vitest';
import type { ChatItem } from './doc-fold.ts';
import { joinParts, outOfTurn, shownWith } from './doc-parts.ts';
import { chatItem } from './item.fixture.ts';

const at = (minute: number) => new Date(Date.parse('2026-06-10T12:00:00.000Z') + minute * 60_000).toISOString();

const item = (id: string, rest: Partial<ChatItem> = {}) => chatItem(id, { at: at(0), ...rest });

const shownIn = (...parts: ChatItem[][]) => {
  const joined = joinParts(parts.map((items, i) => ({ segment: i + 1, items })));
  return [...joined.values()].map((shown) => shown.map((one) => one.item));
};

describe('over its parts', () => {
  test('what betters a message of an earlier part stands there, and nowhere else', () => {
    const reactions = [{ by: 'lee', reaction: 'thank-you' as const }];
    const first = item('a', { reactions, body: 'Tuseday', readBy: [{ by: 'lee', at: at(1) }] });
    const second = item('b', { corrects: 'a', body: 'Tusday' });
    const third = item('c', { corrects: 'b', body: 'Tuesday' });
    const [one, two, three] = shownIn([first, item('x')], [second, item('y')], [third]);
    expect(one).toMatchObject([
      { id: 'a', body: 'Tuesday', earlier: ['Tuseday', 'Tusday'], ids: ['a', 'b', 'c'], reactions, readBy: [] },
      { id: 'x' },
    ]);
    expect([two, three]).toMatchObject([[{ id: 'y' }], []]);
  });

  test('it stands for itself where that part is not open', () => {
    expect(shownIn([item('b', { corrects: 'a' })])).toMatchObject([[{ id: 'b', corrects: 'a', earlier: [] }]]);
  });

  test('nobody betters another’s, nor what comes later', () => {
    const foreign = item('b', { by: 'lee', corrects: 'a' });
    const before = item('c', { corrects: 'd' });
    expect(shownIn([item('a'), before], [foreign, item('d')])).toMatchObject([
      [{ id: 'a', body: 'a' }, { id: 'c' }],
      [{ id: 'b' }, { id: 'd', body: 'd' }],
    ]);
  });

  test('taken back is taken back, whichever wording says so', () => {
    const retractedAt = at(9);
    const better = item('b', { corrects: 'a' });
    expect(shownIn([item('a', { retractedAt })], [better])[0]).toMatchObject([{ retractedAt }]);
    expect(shownIn([item('a')], [{ ...better, retractedAt }])[0]).toMatchObject([{ retractedAt }]);
  });

  test('a message is found by any of its wordings, and an id that two claim is whose it was first', () => {
    const joined = joinParts([
      { segment: 1, items: [item('a')] },
      { segment: 2, items: [item('b', { corrects: 'a' }), item('a', { by: 'lee' })] },
    ]);
    expect(['a', 'b', 'z'].map((id) => shownWith(joined, id)?.item.by)).toEqual(['ana', 'ana', undefined]);
  });
});

describe('what was written out of its turn', () => {
  const late = (...minutes: number[]) => {
    const items = minutes.map((minute, i) => item(`${i}`, { at: at(minute) }));
    const marked = outOfTurn(items);
    return items.flatMap((one, i) => (marked.has(one) ? [i] : []));
  };

  test('is what came late, wherever the documents have put it', () => {
    expect(late(0, 10, 20, 30)).toEqual([]);
    expect(late(100, 110, 20, 120)).toEqual([2]);
    expect(late(90, 100, 20, 21, 110, 120)).toEqual([2, 3]);
    // Where it stands before what was written later nothing is odd about it.
    expect(late(20, 100, 110)).toEqual([]);
    expect(late()).toEqual([]);
  });

  test('of two it is the one that came second', () => {
    expect(late(60, 0)).toEqual([1]);
  });

  test('one clock that is a year ahead makes nobody else late', () => {
    expect(late(0, 500_000, 10, 20, 30)).toEqual([1]);
  });

  test('clocks that differ by little are not talked of', () => {
    expect(late(10, 8, 11, 9, 12)).toEqual([]);
  });
});

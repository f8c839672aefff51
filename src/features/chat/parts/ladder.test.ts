import { expect, test } from 'vitest';
import { must } from '../../../base/must.ts';
import type { ChatItem } from '../doc-fold.ts';
import { chatItem } from '../item.fixture.ts';
import { ladderOf } from './ladder.ts';
import type { Ground } from './ladder.ts';

const [ana, lee] = ['user-ana', 'user-lee'];
const at = '2026-06-10T12:00:00.000Z';

const item = (id: string, by: string, readBy: string[] = []) =>
  chatItem(id, { by, at, readBy: readBy.map((reader) => ({ by: reader, at })) });

/** What is said of the messages of Ana's second segment, in order. */
function states(items: ChatItem[], ground: Partial<Ground>): (string | undefined)[] {
  const head = { segment: 2, seq: 5, version: 50 };
  const stateOf = ladderOf({
    me: ana,
    head,
    segment: 2,
    items,
    standing: { seq: 5, own: [] },
    delivered: 50,
    ...ground,
  });
  return items.map(stateOf);
}
const says = (id: string, version: number) => ({ n: 1, version, intent: { say: { id } } });

test('what waits here, or is about to be done again, is on this device only', () => {
  const items = [item('a', ana), item('b', lee), item('c', ana), item('d', ana)];
  const own = [says('c', 0), { ...says('d', 0), n: undefined }];
  expect(states(items, { standing: { seq: 5, own } })).toEqual(['delivered', undefined, 'device', 'device']);
});

test('an accepted one has arrived once the others have come as far as it, not as far as the header that knows nothing of it', () => {
  const items = [item('a', ana)];
  const standing = { seq: 5, own: [says('a', 60)] };
  expect(states(items, { standing, delivered: 59 })).toEqual(['sent']);
  expect(states(items, { standing, delivered: 60 })).toEqual(['delivered']);
});

test('what is back from the server has arrived with a header that counts it', () => {
  const items = [item('a', ana)];
  const standing = { seq: 6, own: [] };
  expect(states(items, { standing })).toEqual(['sent']);
  expect(states(items, { standing, head: { segment: 2, seq: 6, version: 51 } })).toEqual(['sent']);
  expect(states(items, { standing, head: { segment: 2, seq: 6, version: 50 } })).toEqual(['delivered']);
  expect(states(items, { standing, head: { segment: 3, seq: 1, version: 50 } })).toEqual(['delivered']);
  expect(states(items, { standing, head: { segment: 1, seq: 9, version: 0 } })).toEqual(['sent']);
});

test('that it was seen is said once, beside the newest of which it is true', () => {
  const items = [item('a', ana, [lee]), item('b', ana, [lee]), item('c', ana)];
  expect(states(items, {})).toEqual([undefined, 'seen', 'delivered']);
  expect(must(items[2], 'an item').readBy).toEqual([]);
});

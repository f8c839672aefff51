import { expect, test } from 'vitest';
import type { ChatItem } from './doc-fold.ts';
import { trailOf } from './doc-trail.ts';

const item = (id: string, by: string, more: Partial<ChatItem> = {}): ChatItem => ({
  ...{ id, by, at: '2026-06-10T12:00:00.000Z', body: `words of ${id}`, earlier: [], ids: [id] },
  ...{ replyTo: undefined, corrects: undefined, automatic: undefined, retractedAt: undefined },
  ...{ media: [], discarded: [], reactions: [], readBy: [] },
  ...more,
});
const isStaff = (by: string) => by === 'sam';
const all = [item('a', 'ana'), item('b', 'sam'), item('c', 'ana'), item('d', 'ana'), item('e', 'sam')];
const idsOf = (found: ReturnType<typeof trailOf>) => found?.quotes.map(({ body }) => body.slice(-1)).join('');

test('what waits is handed over from the first of it, with the two before it', () => {
  const found = trailOf(all, { open: ['d'], isStaff });
  expect(found?.message).toBe('d');
  expect(idsOf(found)).toBe('bcde');
});

test('where nothing waits it is the client’s newest', () => {
  expect(trailOf(all, { open: [], isStaff })?.message).toBe('d');
  expect(trailOf([item('b', 'sam')], { open: [], isStaff })).toBeUndefined();
});

test('what was taken back is handed to nobody', () => {
  const gone = all.map((one) => (one.id === 'c' ? { ...one, retractedAt: one.at } : one));
  expect(idsOf(trailOf(gone, { open: ['c', 'd'], isStaff }))).toBe('abde');
});

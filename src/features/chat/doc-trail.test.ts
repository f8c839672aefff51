import { expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import type { Medium } from '../file/schema.ts';
import type { ChatItem } from './doc-fold.ts';
import { trailOf } from './doc-trail.ts';
import { chatItem } from './item.fixture.ts';
import { quoted } from './schema-head.ts';

const item = (id: string, by: string, more: Partial<ChatItem> = {}) =>
  chatItem(id, { by, body: `words of ${id}`, ...more });
const isStaff = (by: string) => by === 'sam';
const all = [item('a', 'ana'), item('b', 'sam'), item('c', 'ana'), item('d', 'ana'), item('e', 'sam')];
/** Came one a minute. */
const waits = (...open: string[]) => ({ open, cameAt: open.map((_, i) => minute(i)) });
const minute = (i: number) => `2026-06-10T13:${String(i).padStart(2, '0')}:00.000Z`;
const idsOf = (found: ReturnType<typeof trailOf>) => found?.quotes.map(({ body }) => body.slice(-1)).join('');

test('what waits is handed over from the first of it, with the two before it', () => {
  const found = trailOf(all, { duty: waits('d'), isStaff });
  expect(found?.message).toBe('d');
  expect(idsOf(found)).toBe('bcde');
});

test('where nothing waits it is the client’s newest', () => {
  expect(trailOf(all, { duty: undefined, isStaff })?.message).toBe('d');
  expect(trailOf([item('b', 'sam')], { duty: undefined, isStaff })).toBeUndefined();
});

test('what was taken back is handed to nobody', () => {
  const gone = all.map((one) => (one.id === 'c' ? { ...one, retractedAt: one.at } : one));
  expect(idsOf(trailOf(gone, { duty: waits('c', 'd'), isStaff }))).toBe('abde');
});

test('a photo or a voice note alone goes over as that it is there', () => {
  const [photo, both] = [{ id: 'f', key: 'k', size: 1, type: 'image/jpeg' } as Medium, 'Look.'];
  const media = [
    item('a', 'ana', { body: '', media: [photo] }),
    item('b', 'ana', { body: both, media: [photo, photo] }),
  ];
  const quotes = trailOf(media, { duty: waits('a', 'b'), isStaff })?.quotes;
  expect(quotes).toMatchObject([
    { body: '', media: 1 },
    { body: both, media: 2 },
  ]);
  for (const quote of quotes ?? []) expect(quoted.parse(quote)).toEqual(quote);
  const { media: _, ...nothing } = must(quotes?.[0], 'a quote');
  expect(() => quoted.parse(nothing)).toThrow();
});

test('what the practice said by itself is not taken for the client’s newest', () => {
  const automatic = item('f', 'automatic', { automatic: { onBehalfOf: undefined, cause: undefined } });
  const found = trailOf([...all, automatic], { duty: undefined, isStaff });
  expect(found?.message).toBe('d');
  expect(idsOf(found)).toBe('bcdef');
});

test('dealt with is what went over, and nothing behind the first that did not', () => {
  const many = Array.from({ length: 25 }, (_, i) => item(`m${i}`, 'ana'));
  const duty = waits(...many.map(({ id }) => id));
  expect(trailOf(many, { duty, isStaff })).toMatchObject({ message: 'm0', through: minute(19), left: 5 });
  expect(trailOf(many.slice(0, 20), { duty: waits('m0', 'm19'), isStaff })).toMatchObject({
    through: minute(1),
    left: 0,
  });
  // The rest of it, once that is settled: with two before, for who reads it.
  const rest = { open: duty.open.slice(20), cameAt: duty.cameAt.slice(20) };
  expect(trailOf(many, { duty: rest, isStaff })).toMatchObject({ message: 'm20', through: minute(24), left: 0 });
});

test('what waits in an earlier part goes on waiting, and so does what came in one moment with what does not fit', () => {
  expect(trailOf(all, { duty: waits('earlier', 'd'), isStaff })).toMatchObject({ through: undefined, left: 1 });
  const moment = { open: ['c', 'd', 'later'], cameAt: [minute(0), minute(1), minute(1)] };
  expect(trailOf(all, { duty: moment, isStaff })).toMatchObject({ through: minute(0), left: 1 });
});

test('what was taken back while it waited keeps nothing waiting', () => {
  const gone = all.map((one) => (one.id === 'c' ? { ...one, retractedAt: one.at } : one));
  expect(trailOf(gone, { duty: waits('c', 'd'), isStaff })).toMatchObject({
    message: 'd',
    through: minute(1),
    left: 0,
  });
});

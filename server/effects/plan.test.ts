import { expect, test } from 'vitest';
import { FETCH_MS, GAP_MS, planFor } from './plan.ts';
import type { Pending, Standing } from './plan.ts';

const NOON = new Date('2026-06-10T12:00:00Z');
const later = (ms: number, from = NOON) => new Date(from.getTime() + ms);
const HOUR = 3_600_000;

const notice = (change: Partial<Pending> = {}): Pending => ({
  ...{ source: 'a', kind: 'comment', version: 5, at: NOON, push: true, mail: true },
  ...change,
});
const standing = (change: Partial<Standing> = {}): Standing => ({
  ...{ switches: undefined, quiet: { from: 21, to: 8 }, digestHour: 8, zone: 'UTC', pushedAt: null, digestDay: null },
  ...{ seenThrough: 0, canPush: true },
  ...change,
});

test('a push goes out once an open device has had time to fetch; the letter waits for the next morning', () => {
  expect(planFor([notice()], standing(), NOON)).toMatchObject({ push: null, mail: null, nextAt: later(FETCH_MS) });
  const due = planFor([notice()], standing(), later(FETCH_MS));
  expect(due).toMatchObject({ push: { isUrgent: false }, mail: null, nextAt: later(20 * HOUR) });
  expect(due.kept).toEqual([notice({ push: false })]);
  const morning = planFor(due.kept, standing({ pushedAt: later(FETCH_MS) }), later(20 * HOUR));
  expect(morning).toEqual({ push: null, mail: { day: '2026-06-11' }, kept: [], nextAt: null });
});

test('what one of the person’s devices has fetched is no news', () => {
  const plan = planFor([notice(), notice({ source: 'b', version: 9 })], standing({ seenThrough: 5 }), NOON);
  expect(plan.kept.map(({ source }) => source)).toEqual(['b']);
  expect(planFor([notice()], standing({ seenThrough: 5 }), later(20 * HOUR))).toEqual({
    ...{ push: null, mail: null, kept: [], nextAt: null },
  });
});

test('a burst is one push, and what comes after it waits', () => {
  const burst = [notice(), notice({ source: 'b' }), notice({ source: 'c' })];
  const plan = planFor(burst, standing(), later(FETCH_MS));
  expect(plan.push).toEqual({ isUrgent: false });
  expect(plan.kept.every(({ push }) => !push)).toBe(true);
  const next = planFor([notice({ at: later(60_000) })], standing({ pushedAt: later(FETCH_MS) }), later(90_000));
  expect(next).toMatchObject({ push: null, nextAt: later(FETCH_MS + GAP_MS) });
});

test('in quiet hours no push; it comes when they end', () => {
  const night = new Date('2026-06-10T22:00:00Z');
  const plan = planFor([notice({ at: night })], standing(), later(FETCH_MS, night));
  expect(plan).toMatchObject({ push: null, nextAt: new Date('2026-06-11T08:00:00Z') });
  expect(planFor(plan.kept, standing(), new Date('2026-06-11T08:00:00Z')).push).toEqual({ isUrgent: false });
});

test('crisis words are pushed to who chose it, at once and in quiet hours too, and to nobody else', () => {
  const night = new Date('2026-06-10T22:00:00Z');
  const risk = notice({ kind: 'risk', at: night });
  expect(planFor([risk], standing(), night)).toEqual({ push: null, mail: null, kept: [], nextAt: null });
  const chosen = standing({ switches: { 'risk.push': true }, pushedAt: later(-1000, night) });
  expect(planFor([risk], chosen, night)).toMatchObject({ push: { isUrgent: true }, mail: null, kept: [] });
  // It wakes nobody for what is not urgent: that was in the same push.
  expect(planFor([risk, notice({ at: night })], chosen, night).kept.map(({ push }) => push)).toEqual([false]);
});

test('one digest a day: who has had today’s gets the next tomorrow', () => {
  const had = standing({ digestDay: '2026-06-11', canPush: false });
  const morning = later(20 * HOUR);
  // She has set the hour to later in the day, after the letter had come.
  const plan = planFor([notice({ at: morning })], { ...had, digestHour: 10 }, later(22 * HOUR));
  expect(plan).toMatchObject({ mail: null, nextAt: new Date('2026-06-12T10:00:00Z') });
  // What was to come while the server was away comes once it is there, as that day's.
  const late = planFor([notice()], standing({ canPush: false }), later(70 * HOUR));
  expect(late).toMatchObject({ mail: { day: '2026-06-13' }, kept: [], nextAt: null });
});

test('switches and ways that are not there end a notice at once', () => {
  const off = standing({ switches: { 'comment.push': false, 'comment.mail': false } });
  expect(planFor([notice()], off, NOON)).toEqual({ push: null, mail: null, kept: [], nextAt: null });
  expect(planFor([notice()], standing({ canPush: false }), NOON).kept).toEqual([notice({ push: false })]);
  // A reaction is told of only where somebody asks for it.
  expect(planFor([notice({ kind: 'reaction' })], standing(), NOON).kept).toEqual([]);
  const asked = planFor([notice({ kind: 'reaction' })], standing({ switches: { 'reaction.mail': true } }), NOON);
  expect(asked.kept).toEqual([notice({ kind: 'reaction', push: false })]);
});

test('who is quiet the whole day gets letters and no push', () => {
  const plan = planFor([notice()], standing({ quiet: { from: 9, to: 9 } }), later(HOUR));
  expect(plan).toMatchObject({ push: null, nextAt: later(20 * HOUR) });
  expect(plan.kept).toEqual([notice({ push: false })]);
});

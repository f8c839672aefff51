import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { JsonObject } from '../../base/json.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Row, StoredRow } from '../../sync/core/record.ts';
import { parseMutation, runParsed } from '../../sync/core/run.ts';
import { rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { declared } from '../shared.ts';
import { PUBLIC } from '../space-names.ts';
import { mayEndAt } from './schema.ts';
import type { Cover } from './schema.ts';

const [lee, okafor, owner, id] = [newId(), newId(), newId(), newId()];
const MINUTE = 60_000;
const NOON = Date.parse('2026-06-10T12:00:00.000Z');
const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString();
const ids = { absent: lee, member: okafor };

/** A practice in which these acts are done, each at its time, as the server does them; gives why not. */
function practice() {
  const member = (one: string, role: string): StoredRow => ({
    ...{ type: 'member', id: one, space: PUBLIC, version: 1, by: one, at: at(0) },
    fields: { name: role, roles: [role] },
  });
  const rows: ReadSet = new Map(
    [member(lee, 'provider'), member(okafor, 'provider'), member(owner, 'owner')].map((row) => [rowKey(row), row]),
  );
  function act(name: string, by: string, args: JsonObject, minutes = 0): string | undefined {
    const now = at(minutes);
    const parsed = parseMutation(declared.mutators, { name, args: { by, at: now, zone: 'UTC', id, ...args } });
    if (typeof parsed === 'string') throw new Error('an act');
    if (isRefusal(parsed)) return parsed.code;
    const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), rows.get(rowKey(ref)) ?? null]));
    const tx = runParsed(declared, parsed, { by, known, device: 'd', base: 0, version: 0, context: { now } });
    if (isRefusal(tx)) return tx.code;
    tx.commitTo(rows);
    return undefined;
  }
  const cover = () => (rows.get(`cover/${id}`) as Row<Cover> | undefined)?.fields;
  return { act, cover };
}

test.each([
  ['a start that is before all as text alone', '+275000-01-01T00:00:00.000Z', '9999-12-31T00:00:00.000Z'],
  ['a start of before our era', '-000001-12-31T00:00:00.000Z', '2026-06-10T13:00:00.000Z'],
  ['an end of which the year has more digits', at(60), '+275000-01-01T00:00:00.000Z'],
  ['an end before the start', at(60), at(30)],
  ['more than a year', at(60), at(60 + 367 * 1440)],
])('no time: %s', (_, start, end) => {
  const { act, cover } = practice();
  expect(act('cover.ask', owner, { ...ids, start, end })).toBe('invalid-arguments');
  expect(cover()).toBeUndefined();
});

test('it begins no earlier than it was agreed: nobody stood in before', () => {
  const { act, cover } = practice();
  expect(act('cover.ask', owner, { ...ids, start: at(-1440), end: at(1440) })).toBeUndefined();
  expect(cover()).toMatchObject({ start: at(0), end: at(1440) });
});

test('that it was ended is taken back soon after or never: who stands in opens nothing again by himself', () => {
  const { act, cover } = practice();
  act('cover.ask', owner, { ...ids, start: at(0), end: at(9000) });
  expect(act('cover.end', okafor, {}, 60)).toBeUndefined();
  expect(act('cover.resume', okafor, {}, 62)).toBeUndefined();
  expect(cover()?.endedAt).toBeNull();
  act('cover.end', okafor, {}, 100);
  expect(act('cover.resume', okafor, {}, 111)).toBe('changed');
  // Whatever the device says of when it was pressed.
  expect(act('cover.resume', okafor, { at: at(101) }, 111)).toBe('changed');
  expect(cover()?.endedAt).toBe(at(100));
});

test('who was away and says so after the other has ended it is who has ended it', () => {
  const { act, cover } = practice();
  act('cover.ask', owner, { ...ids, start: at(0), end: at(9000) });
  act('cover.end', okafor, {}, 60);
  expect(act('cover.end', lee, {}, 61)).toBeUndefined();
  expect(act('cover.resume', okafor, {}, 62)).toBe('not-allowed');
  expect(cover()).toMatchObject({ endedAt: at(60), changedBy: lee });
});

test('what was declined is called off by who asked, and accepted by nobody after that', () => {
  const { act, cover } = practice();
  act('cover.ask', lee, { ...ids, start: at(60), end: at(9000) });
  act('cover.answer', okafor, { accepts: false });
  const may = (me: string, isManager = false) => mayEndAt(must(cover(), 'a cover'), at(1), { me, isManager });
  expect([may(lee), may(owner, true), may(okafor), may(newId())]).toEqual([true, true, false, false]);
  expect(act('cover.end', lee, {}, 1)).toBeUndefined();
  expect(act('cover.answer', okafor, { accepts: true }, 2)).toBe('changed');
  expect(may(lee)).toBe(false);
});

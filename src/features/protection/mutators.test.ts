import { describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Row, StoredRow } from '../../sync/core/record.ts';
import { parseMutation, runParsed } from '../../sync/core/run.ts';
import { rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { clientSample } from '../client/samples.ts';
import { declared } from '../shared.ts';
import { officeOf, staffOf } from '../space-names.ts';
import { protectionRecord } from './schema.ts';

const [me, other, client, id] = [newId(), newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const act = { by: me, at: AT, zone: 'Europe/Berlin', id, client, reason: 'Agreed at intake' };
const SET = 'protection.setProtection';
const LIFT = 'protection.liftProtection';
const stamp = { version: 1, by: me, at: AT };
const clientRow: Row = { ...stamp, type: 'client', id: client, space: officeOf(client), fields: clientSample() };
const state = (edSafe: boolean): Row => {
  return { ...stamp, type: 'protection', id: client, space: staffOf(client), fields: { client, edSafe } };
};
const fact: Row = {
  ...stamp,
  type: 'protectionFact',
  id,
  space: staffOf(client),
  fields: { client, edSafe: true, reason: 'x', at: AT, zone: 'UTC' },
};

interface Ground {
  readonly by?: string;
  readonly base?: number;
  readonly version?: number;
}

function run(name: string, args: JsonObject, rows: readonly StoredRow[], ground: Ground = {}): ReadSet | Refusal {
  const { by = me, base = 1, version = 0 } = ground;
  const parsed = parseMutation(declared.mutators, { name, args: { ...args, by } });
  if (typeof parsed === 'string') throw new Error('an act');
  if (isRefusal(parsed)) return parsed;
  const there = new Map(rows.map((one) => [rowKey(one), one]));
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), there.get(rowKey(ref)) ?? null]));
  const tx = runParsed(declared, parsed, { by, known, device: by, base, version, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known;
}

function after(...given: Parameters<typeof run>): { held: Row; rows: ReadSet } {
  const rows = run(...given);
  if (isRefusal(rows)) throw new Error(rows.code);
  const held = rows.get(`protection/${client}`);
  if (!held || 'deleted' in held) throw new Error('a state');
  return { held, rows };
}

const NOT_THERE = { code: 'not-there', where: 'client' };

describe('protection.setProtection', () => {
  test('holds in the care team’s space, and keeps who set it and why', () => {
    const { held, rows } = after(SET, act, [clientRow]);
    expect(held).toMatchObject({ space: staffOf(client), fields: { client, edSafe: true } });
    expect(rows.get(`protectionFact/${id}`)).toMatchObject({
      space: staffOf(client),
      by: me,
      fields: { client, edSafe: true, reason: 'Agreed at intake', at: AT },
    });
  });

  test('sets again what was lifted, and may say once more why it holds', () => {
    expect(after(SET, act, [clientRow, state(false)]).held.fields['edSafe']).toBe(true);
    expect(after(SET, act, [clientRow, state(true)]).held.fields['edSafe']).toBe(true);
  });

  test('is refused twice, without a reason, and for a client who is not there', () => {
    expect(run(SET, act, [clientRow, state(true), fact])).toEqual({ code: 'already-there', where: 'id' });
    expect(run(SET, { ...act, reason: ' ' }, [clientRow])).toEqual({ code: 'invalid-arguments', where: 'reason' });
    expect(run(SET, act, [])).toEqual(NOT_THERE);
  });
});

describe('protection.liftProtection', () => {
  test('lifts it, and keeps who lifted it and why', () => {
    const { held, rows } = after(LIFT, act, [state(true)]);
    expect(held.fields['edSafe']).toBe(false);
    expect(rows.get(`protectionFact/${id}`)).toMatchObject({ fields: { edSafe: false, reason: 'Agreed at intake' } });
  });

  test('is refused where it does not hold, twice, and without a reason', () => {
    expect(run(LIFT, act, [])).toEqual(NOT_THERE);
    expect(run(LIFT, act, [state(false)])).toEqual(NOT_THERE);
    expect(run(LIFT, act, [state(false), fact])).toEqual({ code: 'already-there', where: 'id' });
    expect(run(LIFT, { ...act, reason: '' }, [state(true)])).toEqual({ code: 'invalid-arguments', where: 'reason' });
  });

  test('it sticks: who has not seen that it was set anew does not lift it', () => {
    const { held } = after(SET, act, [clientRow, state(false)], { version: 7 });
    const lift = { ...act, id: newId() };
    expect(run(LIFT, lift, [held], { by: other, base: 6 })).toEqual({ code: 'changed' });
    expect(after(LIFT, lift, [held], { by: other, base: 7 }).held.fields['edSafe']).toBe(false);
  });

  test('set by one and lifted by another who did not know of each other, it holds', () => {
    const lifted = after(LIFT, act, [state(true)], { version: 7 }).held;
    const set = after(SET, { ...act, id: newId() }, [clientRow, lifted], { by: other, version: 8 });
    expect(set.held.fields['edSafe']).toBe(true);
  });
});

test('while it holds, and only then, the whole practice knows it of the client', () => {
  const tuples = (edSafe: boolean) => protectionRecord.relations?.({ id: client, fields: { client, edSafe } });
  expect(tuples(true)).toEqual([{ object: `client:${client}`, relation: 'ed_safe', subject: 'practice' }]);
  expect(tuples(false)).toEqual([]);
});

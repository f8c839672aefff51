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
import { allergySample, conditionSample, medicationSample } from './samples.ts';
import { isSince } from './schema.ts';

const [me, client, id] = [newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const named = { by: me, at: AT, zone: 'Europe/Berlin', client };
const stamp = { version: 1, by: me, at: AT };
const clientRow: Row = { ...stamp, type: 'client', id: client, space: officeOf(client), fields: clientSample() };
const { type: _, ...dose } = medicationSample();
const row = { ...stamp, type: 'medicationStatement', id, space: staffOf(client), fields: { client, ...dose } } as Row;
const nil = (section: string): Row => {
  const fields = { client, [section]: { by: me, at: AT } };
  return { ...stamp, type: 'nilKnown', id: client, space: staffOf(client), fields };
};

function run(name: string, args: JsonObject, rows: readonly StoredRow[]): ReadSet | Refusal {
  const parsed = parseMutation(declared.mutators, { name, args });
  if (typeof parsed === 'string') throw new Error('an act');
  if (isRefusal(parsed)) return parsed;
  const there = new Map(rows.map((one) => [rowKey(one), one]));
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), there.get(rowKey(ref)) ?? null]));
  const tx = runParsed(declared, parsed, { by: me, known, device: 'd', base: 1, version: 2, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known;
}

function after(key: string, ...act: Parameters<typeof run>): Row {
  const rows = run(...act);
  if (isRefusal(rows)) throw new Error(`${rows.code} ${rows.where}`);
  const found = rows.get(key);
  if (!found || 'deleted' in found) throw new Error('a row');
  return found;
}

const ADD = 'chartSummary.addItem';
const CHANGE = 'chartSummary.changeItem';
const NONE = 'chartSummary.sayNone';

describe('chartSummary.addItem', () => {
  test.each([allergySample(), medicationSample(), conditionSample()])(
    'keeps it in the team’s own space: %o',
    (item) => {
      const made = after(`${item.type}/${id}`, ADD, { ...named, id, item: { ...item } }, [clientRow]);
      const { type: _type, ...fields } = item;
      expect(made).toMatchObject({ space: staffOf(client), by: me, fields: { client, ...fields } });
    },
  );

  test('takes away that there was none known, in its section alone', () => {
    const both = nil('allergyIntolerance');
    const rows = [clientRow, { ...both, fields: { ...both.fields, condition: { by: me, at: AT } } }];
    const said = after(`nilKnown/${client}`, ADD, { ...named, id, item: { ...allergySample() } }, rows).fields;
    const was = { by: me, at: AT };
    expect(said).toEqual({ client, allergyIntolerance: null, condition: was, former: { allergyIntolerance: was } });
  });

  test.each<[string, JsonObject]>([
    ['item.name', { ...allergySample(), name: ' ' }],
    ['item.name', { ...allergySample(), name: 'x'.repeat(201) }],
    ['item.criticality', { ...allergySample(), criticality: 'very' }],
    ['item.status', { ...allergySample(), status: 'stopped' }],
    ['item.since', { ...medicationSample(), since: 'last spring' }],
    ['item.since', { ...conditionSample(), since: '2025-02-30' }],
    ['item', { ...conditionSample(), dose: '5 mg' }],
    ['item.type', { ...conditionSample(), type: 'weight' }],
  ])('is refused where %s does not fit: %o', (where, item) => {
    expect(run(ADD, { ...named, id, item }, [clientRow])).toEqual({ code: 'invalid-arguments', where });
  });

  test('is refused twice, and for a client who is not there', () => {
    const act = { ...named, id, item: { ...medicationSample() } };
    expect(run(ADD, act, [clientRow, row])).toEqual({ code: 'already-there', where: 'id' });
    expect(run(ADD, act, [])).toEqual({ code: 'not-there', where: 'client' });
  });
});

describe('chartSummary.changeItem', () => {
  const change = (to: object, seen: object = {}) => ({
    ...named,
    id,
    item: { ...medicationSample(), ...to },
    seen: { ...medicationSample(), ...seen },
  });
  const key = `medicationStatement/${id}`;

  test('changes what differs alone, and twice the same leaves what once left', () => {
    const act = change({ dose: '100 mg', note: 'With food' });
    const once = after(key, CHANGE, act, [row]);
    expect(once.fields).toEqual({ ...row.fields, dose: '100 mg', note: 'With food' });
    expect(after(key, CHANGE, act, [once]).fields).toEqual(once.fields);
  });

  test('of two who change one item the second finds his back, whichever members they changed', () => {
    const there = { ...row, fields: { ...row.fields, dose: '75 mg' } };
    expect(run(CHANGE, change({ dose: '100 mg' }), [there])).toEqual({ code: 'changed', where: 'item.dose' });
    expect(run(CHANGE, change({ status: 'stopped' }), [there])).toEqual({ code: 'changed', where: 'item.dose' });
    const gone = { ...row, fields: { ...row.fields, status: 'entered-in-error' } };
    expect(run(CHANGE, change({ dose: '100 mg' }), [gone])).toEqual({ code: 'changed', where: 'item.status' });
  });

  test('is refused where nothing changes, where its kind does, and for a row that is not this client’s', () => {
    expect(run(CHANGE, change({}), [row])).toEqual({ code: 'invalid-arguments', where: 'item' });
    const other = { ...named, id, item: { ...allergySample() }, seen: { ...medicationSample() } };
    expect(run(CHANGE, other, [row])).toMatchObject({ code: 'invalid-arguments' });
    const elsewhere = { ...row, space: staffOf(newId()) };
    expect(run(CHANGE, change({ dose: '1' }), [elsewhere])).toEqual({ code: 'not-there', where: 'id' });
    expect(run(CHANGE, change({ dose: '1' }), [])).toEqual({ code: 'not-there', where: 'id' });
  });

  test('a name is not changed into another: that is another item', () => {
    expect(run(CHANGE, change({ name: 'Citalopram' }), [row])).toEqual({
      code: 'invalid-arguments',
      where: 'item.name',
    });
  });

  test('what becomes past leaves nothing that says there never was any', () => {
    const said = after(`nilKnown/${client}`, CHANGE, change({ status: 'stopped' }), [row, nil('medicationStatement')]);
    expect(said.fields['medicationStatement']).toBeNull();
  });
});

test('that there is none says who asked and when, in its section; and is taken back', () => {
  const said = after(`nilKnown/${client}`, NONE, { ...named, section: 'condition', none: true }, [clientRow]);
  expect([said.space, said.fields]).toEqual([staffOf(client), { client, condition: { by: me, at: AT } }]);
  const back = after(`nilKnown/${client}`, NONE, { ...named, section: 'condition', none: false }, [clientRow, said]);
  expect(back.fields['condition']).toBeNull();
  expect(run(NONE, { ...named, section: 'condition', none: true }, [])).toEqual({ code: 'not-there', where: 'client' });
  const wrong = { ...named, section: 'weight', none: true };
  expect(run(NONE, wrong, [clientRow])).toEqual({ code: 'invalid-arguments', where: 'section' });
});

test('a statement is not changed by who saw another, and comes back as it was said', () => {
  const [other, before] = [newId(), { by: newId(), at: '2026-01-01T00:00:00.000Z' }];
  const there = nil('condition');
  const on = { ...named, section: 'condition' };
  for (const seen of [null, { by: other, at: AT }])
    expect(run(NONE, { ...on, none: true, seen }, [clientRow, there])).toEqual({ code: 'changed', where: 'seen' });
  const stands = { ...there, fields: { client, condition: before } };
  const taken = after(`nilKnown/${client}`, NONE, { ...on, none: false, seen: before }, [clientRow, stands]);
  expect(taken.fields).toMatchObject({ condition: null, former: { condition: before } });
  const back = { ...on, none: true, seen: null, former: true };
  expect(after(`nilKnown/${client}`, NONE, back, [clientRow, taken]).fields['condition']).toEqual(before);
  expect(run(NONE, back, [clientRow]), 'what nobody said').toEqual({ code: 'changed', where: 'former' });
  const elsewhere = { ...back, section: 'allergyIntolerance' };
  expect(run(NONE, elsewhere, [clientRow, taken])).toEqual({ code: 'changed', where: 'former' });
});

test('nothing is written of who has died', () => {
  const dead: Row = { ...clientRow, fields: { ...clientSample(), status: 'deceased' } };
  const closed = { code: 'closed', where: 'client' };
  expect(run(ADD, { ...named, id: newId(), item: { ...allergySample() } }, [dead])).toEqual(closed);
  const seen = { ...medicationSample() };
  expect(run(CHANGE, { ...named, id, item: { ...seen, status: 'stopped' }, seen }, [dead, row])).toEqual(closed);
  expect(run(NONE, { ...named, section: 'condition', none: true }, [dead])).toEqual(closed);
});

test.each([
  ['2024', true],
  ['2024-05', true],
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2024-13', false],
  ['1024', false],
  ['24', false],
  ['2024-5', false],
  ['', false],
])('%s is a date: %s', (text, is) => expect(isSince(text)).toBe(is));

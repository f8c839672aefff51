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
import { officeOf } from '../space-names.ts';
import { contactSample } from './samples.ts';

const [me, other, client, id] = [newId(), newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const named = { by: me, at: AT, zone: 'Europe/Berlin', id, client };
const details = contactSample();
const clientRow: Row = {
  type: 'client',
  id: client,
  space: officeOf(client),
  version: 1,
  by: me,
  at: AT,
  fields: clientSample(),
};
const row: Row = { ...clientRow, type: 'contact', id, fields: { client, ...details } };
const gone: StoredRow = { type: 'contact', id, space: officeOf(client), version: 2, deleted: true };

interface Ground {
  readonly by?: string;
  readonly device?: string;
  readonly base?: number;
  readonly version?: number;
}

/** Runs one act over these rows; gives the rows as they are afterwards, or why not. */
function run(name: string, args: JsonObject, rows: readonly StoredRow[], ground: Ground = {}): ReadSet | Refusal {
  const { by = me, device = 'd', base = 1, version = 0 } = ground;
  const parsed = parseMutation(declared.mutators, { name, args: { ...args, by } });
  if (typeof parsed === 'string') throw new Error('an act');
  if (isRefusal(parsed)) return parsed;
  const there = new Map(rows.map((one) => [rowKey(one), one]));
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), there.get(rowKey(ref)) ?? null]));
  const tx = runParsed(declared, parsed, { by, known, device, base, version, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known;
}

/** The contact after an act that was taken. */
function after(...act: Parameters<typeof run>): Row {
  const rows = run(...act);
  if (isRefusal(rows)) throw new Error(rows.code);
  const found = rows.get(`contact/${id}`);
  if (!found || 'deleted' in found) throw new Error('a contact');
  return found;
}

const changing = (changes: JsonObject, seen: JsonObject = details) => ({ ...named, changes, seen });
const NOT_HERE = { code: 'not-there', where: 'id' };

describe('contact.addContact', () => {
  test('makes a row in the client’s office space', () => {
    expect(after('contact.addContact', { ...named, details }, [clientRow])).toMatchObject({
      space: officeOf(client),
      by: me,
      fields: { client, ...details },
    });
  });

  test('is refused twice, over a removed one, and for a client who is not there', () => {
    const act = { ...named, details };
    expect(run('contact.addContact', act, [clientRow, row])).toEqual({ code: 'already-there', where: 'id' });
    expect(run('contact.addContact', act, [clientRow, gone])).toEqual({ code: 'deleted' });
    expect(run('contact.addContact', act, [])).toEqual({ code: 'not-there', where: 'client' });
  });

  test.each([
    ['details.value', { value: 'call her' }],
    ['details.value', { value: '12' }],
    ['details.value', { value: '  ' }],
    ['details.value', { kind: 'phone', value: 'ana@example.org' }],
    ['details.value', { kind: 'email', value: '+1 555 010 0143' }],
    ['details.value', { kind: 'email', value: 'ana@example' }],
    ['details.value', { kind: 'email', value: 'ana @example.org' }],
    ['details.value', { kind: 'other', value: 'x'.repeat(321) }],
    ['details.kind', { kind: 'fax' }],
    ['details.name', { name: '' }],
    ['details.note', { note: 'x'.repeat(1001) }],
    ['details', { extra: 1 }],
  ])('is refused where %s does not fit: %o', (where, change) => {
    const act = { ...named, details: { ...details, ...change } };
    expect(run('contact.addContact', act, [clientRow])).toEqual({ code: 'invalid-arguments', where });
  });

  test.each([
    { value: '911' },
    { value: '(555) 010-0143 ext. 12' },
    { value: '+٩٦٦ ٥٥ ٥٠١ ٠١٤٣' },
    { kind: 'email', value: 'lucía.torres+a@correo.example.org' },
    { kind: 'other', value: 'The neighbour, second bell' },
    { name: null, relationship: null, note: null },
  ])('takes %o', (change) => {
    const act = { ...named, details: { ...details, ...change } };
    expect(isRefusal(run('contact.addContact', act, [clientRow]))).toBe(false);
  });
});

describe('contact.changeContact', () => {
  test('changes the named fields alone, and keeps what they were', () => {
    const { fields } = after('contact.changeContact', changing({ value: '+1 555 010 0199', note: null }), [row]);
    expect(fields).toEqual({
      client,
      ...details,
      value: '+1 555 010 0199',
      note: null,
      valueWas: details.value,
      noteWas: null,
    });
  });

  test('twice the same leaves what once left', () => {
    const act = changing({ value: '+1 555 010 0199' });
    const once = after('contact.changeContact', act, [row]);
    expect(after('contact.changeContact', act, [once])).toEqual(once);
  });

  test('the same field by two who did not know of each other keeps both values; who saw both settles it', () => {
    const [first, second] = ['+1 555 010 0001', '+1 555 010 0002'];
    const once = after('contact.changeContact', changing({ value: first }), [row], { version: 5, device: 'a' });
    const ground = { by: other, device: 'b', version: 6 };
    const twice = after('contact.changeContact', changing({ value: second }), [once], ground);
    expect(twice.fields['value']).toBe(second);
    expect(twice.heads?.['value']?.map(({ by, value }) => [by, value])).toEqual([
      [me, first],
      [other, second],
    ]);
    expect(twice.heads?.['valueWas'], 'both had the same before them').toHaveLength(1);
    const settled = after('contact.changeContact', changing({ value: first }), [twice], { base: 6, version: 7 });
    expect([settled.fields['value'], settled.heads?.['value']?.length]).toEqual([first, 1]);
    // The choice taken back: both stand again, though its author had seen both.
    const beside = { ...changing({ value: second }), beside: true };
    const asked = after('contact.changeContact', beside, [settled], { base: 7, version: 8 });
    expect(asked.heads?.['value']?.map(({ value }) => value)).toEqual([first, second]);
    // Of a question about the kind too, each field comes by itself: a number beside an address fits only its own kind.
    const address = { ...changing({ value: 'ana@example.org' }), beside: true };
    expect(after('contact.changeContact', address, [settled], { base: 7, version: 8 }).heads?.['value']).toHaveLength(
      2,
    );
  });

  test('is refused where it is removed, not there, or another client’s', () => {
    const act = changing({ value: '+1 555 010 0199' });
    expect(run('contact.changeContact', act, [gone])).toEqual({ code: 'deleted' });
    expect(run('contact.changeContact', act, [])).toEqual(NOT_HERE);
    expect(run('contact.changeContact', { ...act, client: newId() }, [row])).toEqual(NOT_HERE);
  });

  test.each([
    ['changes', {}],
    ['changes', { client: newId() }],
    ['changes.kind', { kind: null }],
    ['changes.value', { value: null }],
    ['changes.value', { value: 'ana@example.org' }],
    ['changes.value', { kind: 'email' }],
  ])('is refused where %s does not fit: %o', (where, changes) => {
    expect(run('contact.changeContact', changing(changes), [row])).toEqual({ code: 'invalid-arguments', where });
  });

  test('a number that was there is not asked of who changes something else', () => {
    const seen = { ...details, value: 'ask at the door' };
    expect(isRefusal(run('contact.changeContact', changing({ note: 'New note' }, seen), [row]))).toBe(false);
  });
});

describe('contact.removeContact', () => {
  const act = { ...named, seen: details };

  test('leaves nothing of it', () => {
    const rows = run('contact.removeContact', act, [row]);
    expect(isRefusal(rows) ? rows : rows.get(`contact/${id}`)).toEqual({ ...gone, version: 1 });
  });

  test('is refused where somebody else has changed it, unseen; not where it was seen, or was one’s own', () => {
    const changed = after('contact.changeContact', changing({ note: 'Moved' }), [row], { version: 5 });
    expect(run('contact.removeContact', act, [changed], { by: other })).toEqual({ code: 'changed' });
    expect(isRefusal(run('contact.removeContact', act, [changed], { by: other, base: 5 }))).toBe(false);
    expect(isRefusal(run('contact.removeContact', act, [changed]))).toBe(false);
  });

  test('is refused twice, not there, or another client’s', () => {
    expect(run('contact.removeContact', act, [gone])).toEqual({ code: 'deleted' });
    expect(run('contact.removeContact', act, [])).toEqual(NOT_HERE);
    expect(run('contact.removeContact', { ...act, client: newId() }, [row])).toEqual(NOT_HERE);
  });
});

describe('contact.restoreContact', () => {
  const act = { ...named, details };

  test('puts it back under the id it had', () => {
    expect(after('contact.restoreContact', act, [clientRow, gone])).toMatchObject({
      id,
      fields: { client, ...details },
    });
  });

  test('is refused where it is there, and for a client who is not', () => {
    expect(run('contact.restoreContact', act, [clientRow, row])).toEqual({ code: 'already-there', where: 'id' });
    expect(run('contact.restoreContact', act, [gone])).toEqual({ code: 'not-there', where: 'client' });
  });
});

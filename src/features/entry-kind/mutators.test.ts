import { describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Row, StoredRow } from '../../sync/core/record.ts';
import { parseMutation, runParsed } from '../../sync/core/run.ts';
import { rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { declared } from '../shared.ts';
import { PUBLIC } from '../space-names.ts';
import { kindsFrom, withoutSensitiveQuestions } from './schema.ts';
import type { KindSetting } from './schema.ts';

const [me, id, own] = [newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const authored = { by: me, at: AT, zone: 'Europe/Berlin' };
const question = { own: { id: own, label: 'Who was there?', is: 'line' as const }, isOn: true };
const water: KindSetting = { kind: 'water', isOn: false, questions: [{ asked: 'text', isOn: true }, question] };

function run(args: JsonObject, rows: readonly StoredRow[] = []): ReadSet | Refusal {
  const parsed = parseMutation(declared.mutators, {
    name: 'entryKind.decideKind',
    args: { ...authored, id, ...args },
  });
  if (typeof parsed === 'string') throw new Error('an act');
  if (isRefusal(parsed)) return parsed;
  const there = new Map(rows.map((row) => [rowKey(row), row]));
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), there.get(rowKey(ref)) ?? null]));
  const tx = runParsed(declared, parsed, { by: me, known, device: 'd', base: 0, version: 0, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known;
}

const rowOf = (fields: KindSetting, version = 1, row = newId()): Row & { fields: KindSetting } => {
  return { type: 'entryKind', id: row, space: PUBLIC, version, by: me, at: AT, fields };
};

describe('entryKind.decideKind', () => {
  test('makes a row for everybody', () => {
    const rows = run({ setting: water }) as ReadSet;
    expect(rows.get(`entryKind/${id}`)).toMatchObject({ space: PUBLIC, fields: water });
  });

  test('twice is once', () => {
    expect(run({ setting: water }, [rowOf(water, 1, id)])).toEqual({ code: 'already-there', where: 'id' });
  });

  test('a question of the practice’s own is neither dropped nor made into another, nor taken from under its protection', () => {
    const before = rowOf({ ...water, questions: [{ own: { ...question.own, sensitive: true }, isOn: true }] });
    const after = (questions: KindSetting['questions']) =>
      run({ basis: before.id, setting: { ...water, questions } }, [before]);
    const changed = { code: 'changed', where: 'questions' };
    expect(after([])).toEqual(changed);
    expect(after([question])).toEqual(changed);
    expect(after([{ own: { ...question.own, is: 'number', sensitive: true }, isOn: true }])).toEqual(changed);
    expect(isRefusal(after([{ own: { ...question.own, label: 'With whom?', sensitive: true }, isOn: false }]))).toBe(
      false,
    );
  });

  test('what it says it follows must be there, and of the same kind', () => {
    const sleep = rowOf({ ...water, kind: 'sleep' });
    expect(run({ basis: newId(), setting: water })).toEqual({ code: 'not-there', where: 'basis' });
    expect(run({ basis: sleep.id, setting: water }, [sleep])).toEqual({ code: 'not-there', where: 'basis' });
  });

  test.each([
    ['a built-in kind under another name', { ...water, name: 'Drinks' }],
    ['an own kind without a name', { ...water, kind: newId() }],
    ['a kind that nobody knows', { ...water, kind: 'drinks' }],
    ['a question that nobody knows', { ...water, questions: [{ asked: 'salt', isOn: true }] }],
    ['a choice with nothing to choose', { ...water, questions: [{ own: { ...question.own, of: [] }, isOn: true }] }],
  ])('%s is refused', (_, setting) => {
    expect(run({ setting: setting })).toMatchObject({ code: 'invalid-arguments' });
  });
});

describe('the kinds as they are offered', () => {
  const kindOf = (kind: string, ...decisions: Parameters<typeof kindsFrom>[0]) =>
    kindsFrom(decisions).find((one) => one.kind === kind);

  test('without a word of the practice all are on and ask what stands', () => {
    expect(kindsFrom([]).every(({ isOn }) => isOn)).toBe(true);
    expect(kindOf('water')?.asks).toEqual([{ asked: 'volumeMl' }, { asked: 'text' }]);
  });

  test('the newest word holds, and one that is not sent yet above all', () => {
    const [older, newer, unsent] = [rowOf(water, 3), rowOf({ ...water, isOn: true }, 7), rowOf(water, 0)];
    expect(kindOf('water', newer, older)?.isOn).toBe(true);
    expect(kindOf('water', newer, unsent, older)?.isOn).toBe(false);
  });

  test('what is off is kept to be switched on, and what the practice never decided on stands at the end', () => {
    const kind = kindOf('water', rowOf({ ...water, questions: [{ asked: 'text', isOn: false }, question] }));
    expect(kind?.asks).toEqual([{ own: question.own }, { asked: 'volumeMl' }]);
    expect(kind?.off).toEqual([{ asked: 'text' }]);
  });

  test('a question of a decision that another one did not know of is kept, switched off', () => {
    const [one, other] = [rowOf({ ...water, questions: [question] }, 3), rowOf({ ...water, questions: [] }, 4)];
    expect(kindOf('water', one, other)?.off).toEqual([{ own: question.own }]);
    expect(kindOf('water', other, one)?.off).toEqual([{ own: question.own }]);
  });

  test('a protected client is not told of questions that are kept from her', () => {
    const hidden = { own: { ...question.own, id: newId(), sensitive: true as const }, isOn: true };
    expect(withoutSensitiveQuestions({ ...water, questions: [hidden, question] }).questions).toEqual([question]);
  });

  test('a kind of the practice’s own comes after the built-in ones, by its name', () => {
    const made = newId();
    expect(kindsFrom([rowOf({ kind: made, name: 'Gratitude', isOn: true, questions: [] })]).at(-1)).toMatchObject({
      kind: made,
      name: 'Gratitude',
      asks: [{ asked: 'text' }],
    });
  });
});

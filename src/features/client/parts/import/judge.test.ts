import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvReader } from '../../../../base/csv.ts';
import { isId } from '../../../../base/ids.ts';
import { must } from '../../../../base/must.ts';
import type { Messages } from '../../../../ui/words.ts';
import { isRefusal } from '../../../../sync/core/mutation.ts';
import { parseMutation } from '../../../../sync/core/run.ts';
import { declared } from '../../../shared.ts';
import { asReached } from '../../queries-duplicates.ts';
import type { Known } from '../../queries-duplicates.ts';
import { en } from '../../words/en.ts';
import { IMPORT_FIELDS } from './columns.ts';
import type { Columns } from './columns.ts';
import { cleanCell, judgeRows, listName } from './judge.ts';
import type { Judging } from './judge.ts';
import { withoutLate } from './late.ts';
import { readList } from './read-list.ts';
import { reportOf } from './report.ts';
import { isTicked } from './ticks.ts';
import type { Ticks } from './ticks.ts';

const COLUMNS: Columns = ['legalName', 'birthDate', 'phone', 'email', 'language', null];

const ANA: Known = {
  ...{ id: 'ana', legalName: 'Ana Núñez', preferredName: null, birthDate: '1991-04-17' },
  reachedBy: [asReached('+1 555 010 0178')],
};

const rowsOf = (cells: readonly (readonly string[])[]) => cells.map((row, i) => ({ n: i + 2, cells: row }));
const judge = (cells: readonly (readonly string[])[], more: Partial<Judging> = {}) =>
  judgeRows({
    ...{
      rows: rowsOf(cells),
      columns: COLUMNS,
      separator: ',',
      order: 'dmy',
      known: [ANA],
      list: 'practice digest',
      primary: '',
    },
    ...{ today: '2026-06-10', ...more },
  });

test('a row says who she is and how she is reached; what is not said is not sent', async () => {
  const [one, other] = await judge([
    [' Ben\n Ortiz ', '3/5/1990', '+1 555 010 0199', 'ben@example.org', 'Español', 'ignored'],
    ['Cleo Dunn', '1990-05-03', '', '', '', ''],
  ]);
  expect(one).toMatchObject({
    state: 'ready',
    newcomer: {
      details: { legalName: 'Ben Ortiz', birthDate: '1990-05-03', language: 'es' },
      contacts: [
        { kind: 'phone', value: '+1 555 010 0199' },
        { kind: 'email', value: 'ben@example.org' },
      ],
    },
  });
  expect(other).toMatchObject({
    newcomer: { details: { legalName: 'Cleo Dunn', birthDate: '1990-05-03' }, contacts: [] },
  });
});

test.each([
  ['no name', ['', '3/5/1990'], [['name', 0]]],
  ['no birth date', ['Ben Ortiz', ''], [['birth', 1]]],
  ['a short row', ['Ben Ortiz'], [['birth', 1]]],
  ['no such day', ['Ben Ortiz', '31/02/1990'], [['date', 1]]],
  ['nobody lives so long', ['Ben Ortiz', '1/1/1790'], [['date', 1]]],
  ['another calendar', ['Ben Ortiz', '1/1/1412'], [['date', 1]]],
  ['two digits of a year', ['Ben Ortiz', '3/5/90'], [['year', 1]]],
  ['a day to come', ['Ben Ortiz', '11/6/2026'], [['future', 1]]],
  ['a long name', ['x'.repeat(201), '3/5/1990'], [['long', 0]]],
  ['no number', ['Ben Ortiz', '3/5/1990', '9.36E+08'], [['phone', 2]]],
  ['a long number', ['Ben Ortiz', '3/5/1990', '5'.repeat(321)], [['long', 2]]],
  ['no address', ['Ben Ortiz', '3/5/1990', '', 'ben at example'], [['email', 3]]],
  ['no language', ['Ben Ortiz', '3/5/1990', '', '', 'Klingonese'], [['language', 4]]],
  ['lost letters', ['Jos\ufffd Ortiz', '3/5/1990'], [['letters', 0]]],
  ['a zero among letters', ['Ben\u0000 Ortiz', '3/5/1990'], [['letters', 0]]],
  ['half of a letter', ['Ben \ud83d Ortiz', '3/5/1990'], [['letters', 0]]],
  ['too many cells', ['Ortiz', '3/5/1990', '', '', '', '', 'Ben'], [['cells', null]]],
  [
    'all at once',
    ['', 'x', 'soon', 'ben'],
    [
      ['name', 0],
      ['date', 1],
      ['phone', 2],
      ['email', 3],
    ],
  ],
])('%s is refused, with its column', async (_, cells, faults) => {
  const [one] = await judge([cells]);
  expect(one).toMatchObject({ state: 'refused', row: { n: 2 } });
  const found = one?.state === 'refused' ? one.faults.map(({ kind, column }) => [kind, column]) : [];
  expect(found).toEqual(faults);
});

test('two quotes that stand wrong swallow nobody in silence', async () => {
  const text =
    'Name,Born,Note\n"Ana,1990-01-01,\nBen,1990-01-02,\nCleo" ,1990-01-03,x\nDan,1990-01-04,"a\nb"\nEve,1990-01-05,"z" y\n';
  const list = await readList(new File([text], 'list.csv'));
  if ('fault' in list) throw new Error(list.fault);
  const columns: Columns = ['legalName', 'birthDate', null];
  const judged = await judge([], { rows: list.rows.slice(1), columns });
  expect(judged).toMatchObject([
    { state: 'refused', faults: [{ kind: 'quote', column: null, lines: [2, 4] }] },
    { state: 'ready', newcomer: { details: { legalName: 'Dan' } } },
    { state: 'refused', faults: [{ kind: 'quote', column: null }] },
  ]);
});

test('who may be here already is named, from the practice and from the list', async () => {
  const [ana, ben, benToo, phone] = await judge([
    ['Nunez, Ana', '17/4/1991'],
    ['Ben Ortiz', '3/5/1990'],
    ['Ben Ortiz', '3/5/1990'],
    ['Somebody Else', '1/1/1980', '(555) 010-0178'],
  ]);
  expect(ana).toMatchObject({ state: 'alike', alike: [{ by: 'name-and-birth', client: 'ana', row: null }] });
  expect(ben).toMatchObject({ state: 'ready' });
  expect(benToo).toMatchObject({ state: 'alike', alike: [{ by: 'name-and-birth', name: 'Ben Ortiz', row: 3 }] });
  expect(phone).toMatchObject({ state: 'alike', alike: [{ by: 'contact', client: 'ana' }] });
});

test('the same row of the same list is the same person, and no other row or list is', async () => {
  const idOf = async (cells: readonly string[][], more?: Partial<Judging>) =>
    (await judge(cells, more)).map((one) => ('newcomer' in one ? one.newcomer.id : ''));
  const ben = ['Ben Ortiz', '3/5/1990'];
  const [first, second] = await idOf([ben, ben]);
  expect(await idOf([ben, ben])).toEqual([first, second]);
  expect(first).not.toBe(second);
  expect(await idOf([ben], { list: 'another digest' })).not.toEqual([first]);
  const known = [ANA, { ...ANA, id: must(first, 'an id'), legalName: 'Ben Ortiz', birthDate: '1990-05-03' }];
  expect((await judge([ben, ben], { known })).map(({ state }) => state)).toEqual(['here', 'alike']);
});

test('who was added before is told with whose client she is, and what is other than the row says', async () => {
  const row = ['Ben Ortiz', '3/5/1990'];
  const [first] = await judge([row]);
  const id = first !== undefined && 'newcomer' in first ? first.newcomer.id : '';
  const there = { ...ANA, id, legalName: 'Ben Ortiz', birthDate: '1990-05-03', primary: 'lee' };
  const again = (known: Partial<Known>, primary = '') => judge([row], { known: [{ ...there, ...known }], primary });
  expect(await again({})).toMatchObject([{ state: 'here', primary: 'lee' }]);
  expect(await again({ preferredName: 'Benny' }, 'lee')).toMatchObject([{ state: 'here' }]);
  expect(await again({ legalName: 'Cleo Dunn', birthDate: '1980-01-01' })).toMatchObject([
    {
      state: 'differs',
      there: [
        { field: 'legalName', value: 'Cleo Dunn' },
        { field: 'birthDate', value: '1980-01-01' },
      ],
    },
  ]);
  expect(await again({}, 'okafor')).toMatchObject([{ state: 'differs', there: [{ field: 'primary', value: 'lee' }] }]);
  expect(await again({ primary: null }, 'okafor')).toMatchObject([{ there: [{ field: 'primary', value: null }] }]);
  const named = await judge([[...row, 'Benny']], {
    columns: ['legalName', 'birthDate', 'preferredName'],
    known: [there],
  });
  expect(named).toMatchObject([{ state: 'differs', there: [{ field: 'preferredName', value: null }] }]);
});

test('each provider’s ids are his own, and the office’s are one', () => {
  const names = [null, 'lee', 'okafor'].map((provider) => listName('willow', 'digest', provider));
  expect(new Set(names).size).toBe(3);
});

test('who has come meanwhile is not taken on a second time', async () => {
  const judged = await judge([
    ['Ben Ortiz', '3/5/1990'],
    ['Ana Núñez', '17/4/1991'],
    ['Cleo Dunn', '1/1/1980'],
    ['Dan Fox', '2/2/1982'],
  ]);
  expect(judged.map(({ state }) => state)).toEqual(['ready', 'alike', 'ready', 'ready']);
  const ids = judged.map((one) => ('newcomer' in one ? one.newcomer.id : ''));
  const ben = { ...ANA, id: 'ben', legalName: 'Ortiz, Ben', birthDate: '1990-05-03', reachedBy: [] };
  const dan = { ...ben, id: ids[3] ?? '', legalName: 'Dan Fox', birthDate: '1982-02-02' };
  const before = new Set(['ana']);
  const ticks: Ticks = new Map([
    [2, true],
    [3, true],
  ]);
  const now = await withoutLate({ judged, ticks, before, known: [ANA, ben, dan], primary: '' });
  expect(now.judged.map(({ state }) => state)).toEqual(['alike', 'alike', 'ready', 'here']);
  expect(now.judged[0]).toMatchObject({ alike: [{ by: 'name-and-birth', client: 'ben', row: null }] });
  // Of Ana somebody has said that she is another.
  expect(now.judged.map((one) => isTicked(one, now.ticks))).toEqual([false, true, true, false]);
  const more = { ...ANA, id: 'ana too' };
  const late = await withoutLate({ judged, ticks, before, known: [ANA, more], primary: '' });
  expect(late.judged.map((one) => isTicked(one, late.ticks))).toEqual([true, false, true, true]);
});

test('what is written stays text: nothing directs letters, and a formula is a name like any other', async () => {
  const [one] = await judge([['\u202e=HYPERLINK("x")\u200b', '3/5/1990']]);
  expect(one).toMatchObject({ newcomer: { details: { legalName: '=HYPERLINK("x")' } } });
  expect(cleanCell("'+34 600 000 000")).toBe('+34 600 000 000');
  expect(cleanCell("O'Neil")).toBe("O'Neil");
  // Joiners are letters to their readers.
  expect(cleanCell('می\u200cخواهم')).toBe('می\u200cخواهم');
});

test('the report has the row as it was, opens no formula, and can be chosen again', async () => {
  const words = (key: string, values: Readonly<Record<string, unknown>> = {}) =>
    ((en as Messages)[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  const cells = ['=1+1', '3/5/90', '+1 555 010 0199', 'two\nlines', '', '', 'left over'];
  const [one] = await judge([cells]);
  const text = reportOf(words, { headings: ['Name', 'Born', 'Phone', '', 'E', 'F'], separator: ';' }, [
    { row: must(one, 'a row').row, why: ['Born: the year needs four digits'] },
  ]);
  const reader = csvReader(';');
  const [head, row] = [...reader.push(text), ...reader.end()];
  expect(head).toEqual(['Name', 'Born', 'Phone', 'Column 4', 'E', 'F', 'Row', 'Why it was not added']);
  const reasons = ['2', 'Born: the year needs four digits', 'left over'];
  expect(row).toEqual(["'=1+1", '3/5/90', "'+1 555 010 0199", 'two\nlines', '', '', ...reasons]);
  expect(row?.slice(0, 3).map(cleanCell)).toEqual(cells.slice(0, 3));
});

test('whatever stands in a list, what is to be sent is what the act takes', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('Ben Ortiz', '3/5/1990', '1991-04-17', '555 0100', 'a@b.org', 'es', 'zh-Hant', 'pt_BR', ''),
  );
  const rows = fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 6 });
  const columns = fc.array(fc.constantFrom(...IMPORT_FIELDS, null), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, columns, async (cells, chosen) => {
      for (const one of await judge(cells, { columns: chosen })) {
        if (!('newcomer' in one)) continue;
        const { id, details, contacts } = one.newcomer;
        const who = { by: id, at: '2026-06-10T08:00:00.000Z', zone: 'UTC' };
        const args = { ...who, id, details: { ...details }, status: 'active', contacts: contacts.slice(0, 4) };
        expect(isId(id)).toBe(true);
        const parsed = parseMutation(declared.mutators, { name: 'client.addClient', args });
        expect(typeof parsed === 'string' || isRefusal(parsed), JSON.stringify(args)).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});

test('ten thousand rows beside ten thousand who are known, and the screen has its turns', async () => {
  const names = (i: number) => `Given${i % 97} Middle${i % 89} Family${i}`;
  const known = Array.from({ length: 10_000 }, (_, i) => ({
    ...{ id: `known${i}`, legalName: names(i), preferredName: null, birthDate: '1990-01-01' },
    reachedBy: [asReached(`555${i + 1_000_000}`)],
  }));
  const born = (i: number) => `${1 + (i % 28)}/${1 + (Math.floor(i / 28) % 12)}/${1940 + Math.floor(i / 336)}`;
  const cells = Array.from({ length: 10_000 }, (_, i) => [names(i * 2), born(i), `555${i + 5_000_000}`]);
  let turns = 0;
  const judged = await judgeRows(
    {
      ...{ rows: rowsOf(cells), columns: COLUMNS, separator: ',', order: 'dmy', known },
      list: 'l',
      primary: '',
      today: '2026-06-10',
    },
    () => void (turns += 1),
  );
  const of = (state: string) => judged.filter((one) => one.state === state).length;
  expect([judged.length, of('ready'), of('alike')]).toEqual([10_000, 5_000, 5_000]);
  expect(turns).toBeGreaterThan(3);
});

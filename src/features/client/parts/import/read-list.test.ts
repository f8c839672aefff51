import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeRows } from './judge.ts';
import { BYTES_MOST, readList, ROWS_MOST } from './read-list.ts';
import { guessSettings, headingsOf, headRowsOf, numbersOf, rowsOf } from './settings.ts';

const fileOf = (bytes: BlobPart, name = 'list.csv') => new File([bytes], name);
const TEXT = 'Nombre;Fecha de nacimiento\r\nJosé Núñez;17/04/1991\r\n';
const CELLS = [
  ['Nombre', 'Fecha de nacimiento'],
  ['José Núñez', '17/04/1991'],
];

/** As programs write it. */
function encoded(encoding: string): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(TEXT);
  if (encoding === 'windows-1252') return Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0));
  const isLittle = encoding === 'utf-16le';
  return Uint8Array.from(
    TEXT.split('').flatMap((letter) => {
      const code = letter.charCodeAt(0);
      return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );
}
const MARKS: Readonly<Record<string, readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
};

test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])(
  '%s is read, with its mark and without',
  async (encoding) => {
    for (const mark of [[], ...(MARKS[encoding] ? [MARKS[encoding]] : [])]) {
      const list = await readList(fileOf(new Uint8Array([...mark, ...encoded(encoding)])));
      expect(list).toMatchObject({ encoding, separator: ';', rows: [{ n: 1 }, { n: 2 }] });
      expect('rows' in list && list.rows.map(({ cells }) => cells)).toEqual(CELLS);
    }
  },
);

test('what was read in the wrong letters is read in those that are said', async () => {
  const arabic = Uint8Array.of(0xe3, 0xd1, 0xed, 0xe3, 0x2c, 0x31, 0x0a);
  expect(await readList(fileOf(arabic))).toMatchObject({ encoding: 'windows-1252' });
  expect(await readList(fileOf(arabic), { encoding: 'windows-1256' })).toMatchObject({
    rows: [{ n: 1, cells: ['مريم', '1'] }],
  });
});

test('one byte that was hurt changes one name, and a mark is believed', async () => {
  const text = 'Name,Born\nJosé Núñez,1991-04-17\nZoë X,1990-01-01\nمريم,1990-01-02\n';
  const bytes = [...new TextEncoder().encode(text)];
  const hurt = bytes.map((byte, i) => (bytes[i - 1] === 0x58 && byte === 0x2c ? 0x2c : byte === 0x58 ? 0xe9 : byte));
  for (const mark of [[], [0xef, 0xbb, 0xbf]]) {
    const list = await readList(fileOf(new Uint8Array([...mark, ...hurt])));
    expect(list).toMatchObject({ encoding: 'utf-8' });
    const names = 'rows' in list ? list.rows.map(({ cells }) => cells[0]) : [];
    expect(names).toEqual(['Name', 'José Núñez', 'Zoë \ufffd', 'مريم']);
  }
  // With the mark even where nothing else says so.
  expect(await readList(fileOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xe9, 0x0a)))).toMatchObject({
    encoding: 'utf-8',
  });
  expect(await readList(fileOf(Uint8Array.of(0x61, 0xe9, 0x0a)))).toMatchObject({ encoding: 'windows-1252' });
});

test('a row knows its lines, and what is not sure in it', async () => {
  const list = await readList(fileOf('sep=;\r\na;b\r\n"two\nlines";c\r\n\r\n"x" y;d\r\n"1\r\n\r\n3";e'));
  expect('rows' in list && list.rows).toEqual([
    { n: 2, cells: ['a', 'b'] },
    { n: 3, cells: ['two\nlines', 'c'], lines: [3, 4] },
    { n: 5, cells: ['x y', 'd'], lines: [6, 6], isUnsure: true },
    { n: 6, cells: ['1\r\n\r\n3', 'e'], lines: [7, 9] },
  ]);
});

test('letters and lines that are cut between two pieces stay whole, in a long list', async () => {
  const text = `name,born\n${'"Zoë 🦄, ""Zo""\nline",1990-01-02\n'.repeat(9000)}`;
  const list = await readList(fileOf(text));
  const rows = 'rows' in list ? list.rows : [];
  expect(rows).toHaveLength(9001);
  expect(new Set(rows.slice(1).map(({ cells }) => cells.join('|')))).toEqual(
    new Set(['Zoë 🦄, "Zo"\nline|1990-01-02']),
  );
});

test('rows are counted as programs of tables count them', async () => {
  const list = await readList(fileOf('sep=;\r\na;b\r\n;\r\n\r\n"two\nlines";c\r\n'));
  expect('rows' in list && list.rows.map(({ n }) => n)).toEqual([2, 5]);
});

test('what is no list says why', async () => {
  expect(await readList(fileOf(''))).toEqual({ fault: 'empty' });
  expect(await readList(fileOf('\n \n;;\n;;\n'))).toEqual({ fault: 'empty' });
  expect(await readList(fileOf('a,b\nc,"d\ne,f\n'))).toEqual({ fault: 'quote', n: 2 });
  for (const other of ['PK\u0003\u0004\u0014', '%PDF-1.7', 'GIF89a\u0000\u0001'])
    expect(await readList(fileOf(other))).toEqual({ fault: 'kind' });
  expect(await readList(fileOf(`a,b\n${','.repeat(200)}x\n`))).toEqual({ fault: 'big' });
  expect(await readList(fileOf(`a,b\n${','.repeat(199)}x\n`))).toMatchObject({ encoding: 'utf-8' });
  expect(await readList(fileOf('a\n'.repeat(ROWS_MOST + 2)))).toEqual({ fault: 'rows' });
  expect(await readList({ size: BYTES_MOST + 1 } as File)).toEqual({ fault: 'big' });
  const gone = {
    size: 1,
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
  } as Partial<File>;
  expect(await readList(gone as File)).toEqual({ fault: 'gone' });
});

test('any bytes are rows or a reason, never an error', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(undefined, 'utf-16be', 'utf-8'), async (some, encoding) => {
      const list = await readList(fileOf(new Uint8Array(some)), encoding && { encoding });
      if ('fault' in list) return;
      const settings = guessSettings(list);
      const { columns } = settings;
      const what = {
        rows: rowsOf(list, settings),
        columns,
        separator: list.separator,
        order: 'dmy',
        known: [],
        list: 'l',
        primary: '',
        today: '2026-06-10',
      } as const;
      expect(await judgeRows(what)).toHaveLength(what.rows.length);
    }),
    { numRuns: 100 },
  );
});

test('a list without headings has none', async () => {
  const list = await readList(fileOf('Ana Morales,1991-04-17\nBen Ortiz,1990-05-03\n'));
  if ('fault' in list) throw new Error(list.fault);
  const settings = guessSettings(list);
  expect(settings.hasHead).toBe(false);
  expect(headingsOf(list, settings)).toEqual(['', '']);
  expect(rowsOf(list, settings)).toHaveLength(2);
});

test('what stands over the headings is no row', async () => {
  const list = await readList(fileOf('All clients,,\nas of June,,\n\nName,Born,Phone\nAna Morales,1991-04-17,\n'));
  if ('fault' in list) throw new Error(list.fault);
  const settings = guessSettings(list);
  expect(headingsOf(list, settings)).toEqual(['Name', 'Born', 'Phone']);
  expect(settings.columns).toEqual(['legalName', 'birthDate', 'phone']);
  expect(rowsOf(list, settings).map(({ n }) => n)).toEqual([5]);
  expect(headRowsOf(list, settings).map(({ n }) => n)).toEqual([1, 2, 4]);
  expect(numbersOf(headRowsOf(list, settings))).toBe('1–4');
  expect(headRowsOf(list, { hasHead: false })).toEqual([]);
});

// Lists of another system, where they lie beside the checkout; its own way says nothing of a birth date, and nobody is made up.
const SHARED = ['../shared/data/client-lists', '/work/shared/data/client-lists'].find((path) => existsSync(path));
test.runIf(SHARED !== undefined)(
  'lists of another system are read, and nobody is taken on without a birth date',
  async () => {
    const names = readdirSync(SHARED ?? '');
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const list = await readList(fileOf(readFileSync(`${SHARED}/${name}`), name));
      if ('fault' in list) throw new Error(`${name}: ${list.fault}`);
      const settings = guessSettings(list);
      expect(settings.hasHead, name).toBe(true);
      expect(settings.columns.filter((field) => field !== null).sort(), name).toEqual(['legalName', 'phone']);
      const columns = settings.columns.map((field, i) =>
        /age$/i.test(headingsOf(list, settings)[i] ?? '') ? 'birthDate' : field,
      );
      const rows = rowsOf(list, settings);
      const judged = await judgeRows({
        rows,
        columns,
        separator: list.separator,
        order: 'dmy',
        known: [],
        list: 'l',
        primary: '',
        today: '2026-06-10',
      });
      expect(new Set(judged.map(({ state }) => state)), name).toEqual(new Set(['refused']));
    }
  },
);

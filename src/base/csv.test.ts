import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asText, csvReader, csvText, fromText, SEPARATORS, separatorOf } from './csv.ts';
import type { Separator } from './csv.ts';

function read(text: string, separator: Separator = ',', pieces: readonly number[] = []): string[][] {
  const reader = csvReader(separator);
  const rows: string[][] = [];
  let at = 0;
  for (const length of pieces) {
    rows.push(...reader.push(text.slice(at, at + length)));
    at += length;
  }
  rows.push(...reader.push(text.slice(at)), ...reader.end());
  return rows;
}

const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.stringMatching(/^[",;|\t\r\n a'=]{0,8}$/));
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
const separator = fc.constantFrom(...SEPARATORS);

test('what was written is read as it was, however it comes in pieces', () => {
  fc.assert(
    fc.property(table, separator, fc.array(fc.nat(9)), (rows, between, pieces) => {
      expect(read(csvText(rows, between), between, pieces)).toEqual(rows);
    }),
  );
});

test('any text is cells, the same in one piece as in many', () => {
  const letters = fc.stringMatching(/^[",;a\r\n]{0,30}$/);
  fc.assert(
    fc.property(
      fc.oneof(letters, fc.string({ unit: 'binary' })),
      separator,
      fc.array(fc.nat(4)),
      (text, one, pieces) => {
        expect(read(text, one, pieces)).toEqual(read(text, one));
      },
    ),
  );
});

test.each([
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\rc,d\r',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['"a,1","b ""x"" y"\n', [['a,1', 'b "x" y']]],
  ['"two\r\nlines",b', [['two\r\nlines', 'b']]],
  ['5\'4" tall,b', [['5\'4" tall', 'b']]],
  ['"a"b,c', [['ab', 'c']]],
  ['a,,\n', [['a', '', '']]],
  ['a\n\nb', [['a'], [''], ['b']]],
  ['', []],
  ['""', [['']]],
])('%j', (text, rows) => {
  expect(read(text)).toEqual(rows);
});

test('a quote that nothing closes is told, with its row', () => {
  const closed = csvReader(',');
  closed.push('a,"b"\n');
  expect(closed.openQuote()).toBeNull();
  const open = csvReader(',');
  open.push('a,b\nc,"d\ne,f\n');
  expect(open.openQuote()).toBe(2);
});

test.each([
  ['"a"b,c\n"a""b",c\n', [1]],
  ['"a" ,c\nd,"e" f\n', [2]],
  ['x,"two\nlines"\ny,"a" "b"', [2]],
  ['x,"Ana,1990\n2,"Ben" x,1991\n3,y', [1]],
  ['5\'4" tall,"b"\n', []],
])('a cell that goes on behind its closing quote is told: %j', (text, rows) => {
  for (const pieces of [[text], text.split('')]) {
    const reader = csvReader(',');
    for (const piece of pieces) reader.push(piece);
    reader.end();
    expect([...reader.goingOn()]).toEqual(rows);
  }
});

test('what stands between the cells is told by the beginning', () => {
  expect(separatorOf('Name;Born\n"Morales, Ana";1990-01-02\n"Ortiz, Ben";1990')).toBe(';');
  expect(separatorOf('Name\tBorn\nMorales, Ana\t1990')).toBe('\t');
  expect(separatorOf('Name,Born\nAna;Ben,1990\n')).toBe(',');
  expect(separatorOf('Name|Born\nAna|1990\n')).toBe('|');
  expect(separatorOf('sep=;\r\na,b;c')).toBe(';');
  expect(separatorOf('Clients, as of today\n\nName;Born\nAna;1990\nBen;1991\n')).toBe(';');
  expect(separatorOf('Name\nAna\n')).toBe(',');
  expect(separatorOf('')).toBe(',');
});

test('no cell that is written out is a formula, and comes back as it was', () => {
  for (const text of ['=1+1', '+34 600', '-2', '@x', '\t=1', 'Ana', "'=1", '']) {
    expect(asText(text)).not.toMatch(/^[=+\-@\t\r]/);
    if (text !== "'=1") expect(fromText(asText(text))).toBe(text);
  }
});

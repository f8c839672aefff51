import { expect, test } from 'vitest';
import { keepForPrint, keptForPrint, PRINT_MOST, toPrint } from './for-print.ts';

const found = ['a', 'b', 'c'].map((id) => ({ id }));

test.each([
  ['nobody is chosen', [], ['a', 'b', 'c']],
  ['some are, in the order of the list', ['c', 'a'], ['a', 'c']],
  ['some of them are filtered out', ['z', 'c'], ['c', 'z']],
  ['all of them are filtered out', ['z', 'y'], ['z', 'y']],
])('where %s, they are printed and nobody else', (_, chosen, printed) => {
  expect(toPrint(found, new Set(chosen))).toEqual(printed);
});

test('that they are too many is known, and no more of them is kept', () => {
  keepForPrint(Array.from({ length: PRINT_MOST * 3 }, (_unused, i) => `${i}`));
  expect(keptForPrint()).toHaveLength(PRINT_MOST + 1);
});

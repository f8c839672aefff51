import { expect, test } from 'vitest';
import { dialled, withNumbers } from './phone.ts';

test.each([
  ['+1 (555) 010-0143 ext. 12', '+15550100143'],
  ['٠٥٠ ١٢٣ ٤٥٦٧', '0501234567'],
  ['555.010.0143', '5550100143'],
])('%s is dialled as %s', (written, number) => expect(dialled(written)).toBe(number));

test.each([
  ['Mom: +1 555 010 0143, after 6', ['+15550100143']],
  ['Call or text 988 at any hour.', ['988']],
  ['Text HOME to 741741', ['741741']],
  ['Nora (050) 123-4567\nSam 555-010-0199', ['0501234567', '5550100199']],
  ['أمي ٠٥٠ ١٢٣ ٤٥٦٧', ['0501234567']],
  ['Room 204, since 2019, 24/7, 10 minutes', []],
  ['', []],
])('in “%s” these can be called: %j', (text, numbers) => {
  const pieces = withNumbers(text);
  expect(pieces.flatMap(({ number }) => number ?? [])).toEqual(numbers);
  expect(pieces.map((piece) => piece.text).join(''), 'nothing is lost').toBe(text);
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { qrCode } from './qr-code.ts';

const LINK = 'https://care.example.org/join#harbor-care.018f3f2a-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAA';

/** As it was when another program (jsQR 1.4) read each back; of other lengths it read all that fit. */
test.each([
  ['A', 21, 'bc9009ae87ca68f1'],
  ['https://care.example.org', 25, '12ce6a9a5fb66285'],
  [LINK, 41, 'df3fc072b34b6f55'],
  ['مرحبا بكم', 25, 'cf69c66fcbc9a564'],
  ['x'.repeat(213), 57, 'f8a692e420006d88'],
  ['x'.repeat(412), 77, '1545cdf36ca5be9f'],
])('%.30s is what a camera reads', (text, width, digest) => {
  const rows = qrCode(text);
  expect(rows.map((row) => row.length)).toEqual(Array.from({ length: width }, () => width));
  const modules = rows.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')).join('\n');
  expect(createHash('sha256').update(modules).digest('hex').slice(0, 16)).toBe(digest);
});

test('a finder stands in three corners, with light around it', () => {
  const rows = qrCode(LINK);
  const last = rows.length - 7;
  const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
  for (const [x, y] of [
    [0, 0],
    [last, 0],
    [0, last],
  ] as const) {
    const found = rows.slice(y, y + 7).map((row) =>
      row
        .slice(x, x + 7)
        .map(Number)
        .join(''),
    );
    expect(found).toEqual(finder);
  }
  expect(rows[7]?.slice(0, 8).some(Boolean)).toBe(false);
});

test('what no size holds is refused, not cut off', () => {
  expect(() => qrCode('x'.repeat(413))).toThrow('too long');
});

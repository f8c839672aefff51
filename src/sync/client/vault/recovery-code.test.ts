import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODE_GROUPS, groupsOfCode, newRecoveryCode, readRecoveryCode } from './recovery-code.ts';

test('a code is read as it was shown, and in whatever way a person copies it', () => {
  const code = newRecoveryCode();
  const groups = groupsOfCode(code);
  expect(groups).toHaveLength(CODE_GROUPS);
  expect(groups.every((group) => /^[0-9A-HJKMNP-TV-Z]{4}$/.test(group))).toBe(true);
  for (const typed of [code, groups.join('-'), groups.join('  '), code.toLowerCase(), ` ${groups.join('·')}\n`])
    expect(readRecoveryCode(typed)).toBe(code);
  const mistaken = code.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('V', 'u');
  expect(readRecoveryCode(mistaken)).toBe(code);
  for (const zero of [0x660, 0x6f0]) {
    const arabic = code.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
    expect(readRecoveryCode(arabic)).toBe(code);
  }
});

test('no two codes are the same, and every letter is used', () => {
  const codes = Array.from({ length: 400 }, newRecoveryCode);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(Array.from(codes.join(''))).size).toBe(32);
});

test('a slip is told from a code: a letter changed, left out, or two exchanged', () => {
  let passed = 0;
  let tried = 0;
  fc.assert(
    fc.property(fc.nat(27), fc.nat(30), (at, by) => {
      const code = newRecoveryCode();
      const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      const other = letters[(letters.indexOf(code[at] ?? '') + 1 + by) % 32];
      const changed = code.slice(0, at) + other + code.slice(at + 1);
      expect(readRecoveryCode(code.slice(0, at) + code.slice(at + 1))).toBeNull();
      tried += 1;
      if (readRecoveryCode(changed) !== null) passed += 1;
    }),
    { numRuns: 2000 },
  );
  // One in 1024 by chance.
  expect(passed).toBeLessThan(tried / 100);
  for (const typed of ['', 'not a code', '?'.repeat(28), 'é'.repeat(28)]) expect(readRecoveryCode(typed)).toBeNull();
});

import { expect, test } from 'vitest';
import { accountAddress, isEmailName, signInName, takesLetters } from './sign-in-name.ts';

test.each([
  [' Ana@Example.ORG ', 'ana@example.org'],
  ['+1 (555) 010-0143', '+15550100143'],
  ['٠٥٥٥ ٠١٠ ٠١٤٣', '05550100143'],
  ['Ana.Morales-2', 'ana.morales-2'],
])('%s is kept as %s', (typed, name) => expect(signInName(typed)).toBe(name));

test.each([
  '',
  'an',
  'ana morales',
  '123',
  'ana@',
  '@example.org',
  'ana..m',
  'ana.',
  '+1+2',
  'x'.repeat(41),
  'ana@nowhere',
])('%s can be none', (typed) => expect(signInName(typed)).toBeNull());

test('a name has an address of its own, to which nothing is sent', () => {
  expect([isEmailName('ana.m'), accountAddress('ana.m')]).toEqual([false, 'ana.m@account.invalid']);
  expect(takesLetters(accountAddress('ana.m'))).toBe(false);
  expect(takesLetters(accountAddress('ana@example.org'))).toBe(true);
});

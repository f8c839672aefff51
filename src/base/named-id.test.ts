import { expect, test } from 'vitest';
import { isId } from './ids.ts';
import { namedId } from './named-id.ts';

test('one name has one id, for ever, and two names have two', () => {
  expect(namedId('interlude')).toBe('98589fff-8f43-8ad4-8625-a22601b50a94');
  expect(namedId('interlude ')).not.toBe(namedId('interlude'));
  expect(isId(namedId(''))).toBe(true);
});

import { expect, test } from 'vitest';
import { termsOf } from './fold.ts';
import { snippetOf } from './snippet.ts';

const shown = (text: string, typed: string) =>
  snippetOf(text, termsOf(typed))
    ?.map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('');

test('a short text is whole, with every place marked', () => {
  expect(shown('Dormí mal, dormí poco', 'dormi')).toBe('[Dormí] mal, [dormí] poco');
});

test('where nothing is found there is none', () => {
  expect(shown('Soup', 'bread')).toBeUndefined();
});

test('of a long text it is what lies around the first place', () => {
  const long = `${'before '.repeat(100)}needle ${'after '.repeat(100)}`;
  const text = shown(long, 'needle') ?? '';
  expect(text).toMatch(/^… before .*\[needle\] after .*after…$/s);
  expect(text.length).toBeLessThan(260);
});

test('no letter is cut in two, and a very long word ends', () => {
  const text = shown(`${'😴'.repeat(300)} needle${'𝒳'.repeat(300)}`, 'needle') ?? '';
  expect(() => encodeURIComponent(text)).not.toThrow();
  expect(text.length).toBeLessThan(500);
});

test('what looks like markup stays text', () => {
  expect(shown('<b onclick="x">bold</b>', 'bold')).toBe('<b onclick="x">[bold]</b>');
});

import { describe, expect, it } from 'vitest';
import { LOCALES } from './locale.ts';
import type { Locale } from './locale.ts';
import { activateLocale, addWords, showLocale, word } from './words.ts';
import type { Catalogue, Messages } from './words.ts';
import { ar } from './words/ar.ts';
import { catalogueFaults } from './words/catalogue-faults.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

const words: Record<Locale, Messages> = { en, es, ar };
const page = { lang: '', dir: '' };
const reader = { page, languages: [] };
const COUNTS = [0, 1, 2, 3, 10, 11, 99, 100, 1_000_000];

describe('the words of the design system', () => {
  it('have no faults', () => {
    expect(catalogueFaults(words)).toEqual([]);
  });

  it.each(LOCALES.map(({ id }) => id))('all read as finished sentences in %s', (locale) => {
    activateLocale(locale, words[locale], reader);
    for (const key of Object.keys(en)) {
      for (const count of COUNTS) {
        const said = word(key, { count });
        expect(said, key).not.toMatch(/[{}#]|undefined|^ui\./);
        expect(said.trim(), key).not.toBe('');
      }
    }
  });

  it('count as each language counts', () => {
    activateLocale('en', en, reader);
    expect(word('ui.line.notSent', { count: 3 })).toBe('Not sent yet (3)');
    activateLocale('es', es, reader);
    expect([1, 2].map((count) => word('ui.nav.new', { count }))).toEqual(['1 novedad', '2 novedades']);
    activateLocale('ar', ar, reader);
    expect(
      new Set([0, 1, 2, 3, 11, 100].map((count) => word('ui.nav.new', { count }).replace(/\p{N}+/gu, ''))),
    ).toHaveLength(6);
  });
});

describe('a language', () => {
  it('sets the language and direction of the page', () => {
    activateLocale('ar', ar, reader);
    expect(page).toEqual({ lang: 'ar', dir: 'rtl' });
    activateLocale('es', es, reader);
    expect(page).toEqual({ lang: 'es', dir: 'ltr' });
  });

  it('takes later words without changing or losing the earlier ones', () => {
    activateLocale('en', en, reader);
    addWords('en', { 'sample.hello': 'Hello {name}' });
    expect(word('sample.hello', { name: 'Ana' })).toBe('Hello Ana');
    expect(word('ui.close')).toBe('Close');
    expect(Object.keys(en)).not.toContain('sample.hello');
  });

  it('keeps a name of the other direction together', () => {
    addWords('ar', { 'sample.from': 'من {name}' });
    addWords('en', { 'sample.from': 'From {name}' });
    activateLocale('ar', ar, reader);
    expect(word('sample.from', { name: 'Dr. Lee' })).toBe('من \u2068Dr. Lee\u2069');
    expect(word('sample.from', { name: 'ليلى' })).toBe('من ليلى');
    activateLocale('en', en, reader);
    expect(word('sample.from', { name: 'ليلى' })).toBe('From \u2068ليلى\u2069');
  });
});

describe('a change of language while another is on its way', () => {
  it('ends with the one chosen last', async () => {
    const slow = deferred<Messages>();
    const catalogue: Catalogue = { en: async () => en, es: () => slow.promise, ar: async () => ar };
    const first = showLocale('es', [catalogue], reader);
    await showLocale('ar', [catalogue], reader);
    slow.resolve(es);
    await first;
    expect(page).toEqual({ lang: 'ar', dir: 'rtl' });
    expect(word('ui.close')).toBe(ar['ui.close']);
  });
});

function deferred<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

describe('catalogueFaults', () => {
  const base = { 'a.b': 'Hello {name}', 'a.n': '{n, plural, one {# day} other {# days}}' };
  const faults = (spanish: Messages) => catalogueFaults({ en: base, es: spanish, ar: { ...base } });

  it('names what is missing, empty, lost in translation or never to be said', () => {
    expect(faults({ 'a.n': base['a.n'] })).toContain('es a.b: missing');
    expect(faults({ ...base, 'a.b': 'Hola' })).toContain('es a.b: other placeholders than English');
    expect(faults({ ...base, 'a.b': 'Pendiente {name}' })).toContain('es a.b: a word that people never see');
    expect(faults({ ...base, 'a.n': '{n, plural, other {# días}}' })).toContain('es a.n: no plural form "one"');
    expect(faults({ ...base })).toContain('ar a.n: no plural form "few"');
  });
});

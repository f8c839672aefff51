import { expect, test } from 'vitest';
import { guidelinesFor } from './schema-guidelines.ts';

test('guidelines are read in one’s own language, or else in the first there is, and it is known in which', () => {
  const all = { ar: 'نقرأ في أيام العمل.', en: 'We read on working days.', es: 'Leemos de día.' };
  const read = (guidelines: Record<string, string>, locale: string) =>
    guidelinesFor({ guidelines }, [locale, 'en', 'es', 'ar']);
  expect(read(all, 'es')).toEqual({ lang: 'es', text: all.es });
  expect(read(all, 'tr')).toEqual({ lang: 'en', text: all.en });
  expect(read({ ar: all.ar }, 'en')).toEqual({ lang: 'ar', text: all.ar });
  expect(read({ 'fr-CA': 'Nous lisons.' }, 'en')).toEqual({ lang: 'fr-CA', text: 'Nous lisons.' });
  expect(read({}, 'en')).toBeUndefined();
});

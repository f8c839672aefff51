import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { ar as reviewAr } from './words/review/ar.ts';
import { en as reviewEn } from './words/review/en.ts';
import { es as reviewEs } from './words/review/es.ts';

test('the words of the journal have no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
  expect(catalogueFaults({ en: reviewEn, es: reviewEs, ar: reviewAr })).toEqual([]);
});

test('names that people and checks find controls by stay what they are', () => {
  expect([en['journal.new'], en['journal.entry'], en['journal.save']]).toEqual(['New entry', 'Entry', 'Save entry']);
  expect([
    en['journal.kind.reflection'],
    en['journal.kind.food'],
    en['journal.kind.mood'],
    en['journal.kind.symptom'],
  ]).toEqual(['Reflection', 'Food', 'Mood', 'Symptom']);
});

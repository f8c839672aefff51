import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { saidDefault } from './words/said.ts';

test('the words about clients have no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
});

test('what she reads as her care ends is in her language, and in nobody’s guess', () => {
  expect(saidDefault('es-MX')).toBe(es['client.said.default']);
  expect(saidDefault('ar')).toBe(ar['client.said.default']);
  for (const unknown of [null, undefined, 'fr', 'toString']) expect(saidDefault(unknown)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

test('the words about saved views have no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
});

import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

test('what is said of notices and letters has no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
});

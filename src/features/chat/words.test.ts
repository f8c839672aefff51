import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar } from './words/ar.ts';
import { ar as dutyAr } from './words/duty/ar.ts';
import { en as dutyEn } from './words/duty/en.ts';
import { es as dutyEs } from './words/duty/es.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

test('the words of conversations have no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
});

test('what only the staff read of them has no faults in any language', () => {
  expect(catalogueFaults({ en: dutyEn, es: dutyEs, ar: dutyAr })).toEqual([]);
});

import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

test('what is said of private entries has no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
});

test('the promise is said in full', () => {
  expect(en['app.private.how.only']).toBe('Only you can read these entries. Your care team and the practice cannot.');
  expect(en['app.private.how.lost']).toBe(
    'If you lose your password and your recovery code, nobody can bring them back.',
  );
});

import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { ar as photoAr } from './parts/photos/words/ar.ts';
import { en as photoEn } from './parts/photos/words/en.ts';
import { es as photoEs } from './parts/photos/words/es.ts';
import { ar as voiceAr } from './parts/voice/words/ar.ts';
import { en as voiceEn } from './parts/voice/words/en.ts';
import { es as voiceEs } from './parts/voice/words/es.ts';

test('the words of photos and voice notes have no faults in any language', () => {
  expect(catalogueFaults({ en: photoEn, es: photoEs, ar: photoAr })).toEqual([]);
  expect(catalogueFaults({ en: voiceEn, es: voiceEs, ar: voiceAr })).toEqual([]);
});

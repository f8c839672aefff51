// The settings of notices, fetched with the words that only they and the letters' screen say.

import { lazy } from 'react';
import type { ComponentType } from 'react';
import { showAlso } from '../../ui/words.ts';
import { noticeCatalogue } from './words/catalogue.ts';

export const showNoticeWords = (): Promise<void> => showAlso([noticeCatalogue]);

export const NoticesSection = lazy<ComponentType>(async () => {
  const fetched = await Promise.all([import('./notices-section.tsx'), showNoticeWords()]).catch(() => null);
  // What cannot be fetched must not take the other settings from the screen.
  return fetched?.[0] ?? { default: () => null };
});

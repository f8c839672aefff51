// What only staff read of the journal: a client's phone does not fetch it.

import type { Catalogue } from '../../../../ui/words.ts';
import type { en } from './en.ts';

export type ReviewWord = keyof typeof en;

export const reviewCatalogue: Catalogue = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  ar: async () => (await import('./ar.ts')).ar,
};

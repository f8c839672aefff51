import type { Catalogue } from '../../../ui/words.ts';
import type { en } from './en.ts';

export type SavedViewWord = keyof typeof en;

export const savedViewCatalogue: Catalogue = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  ar: async () => (await import('./ar.ts')).ar,
};

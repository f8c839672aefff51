import type { Catalogue } from '../../../../ui/words.ts';
import type { en } from './en.ts';

/** What only the staff read of conversations. */
export type DutyWord = keyof typeof en;

export const dutyCatalogue: Catalogue = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  ar: async () => (await import('./ar.ts')).ar,
};

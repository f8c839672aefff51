import type { Catalogue } from '../words.ts';

export const uiCatalogue: Catalogue = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
  ar: async () => (await import('./ar.ts')).ar,
};

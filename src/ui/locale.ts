/**
 * The languages Interlude speaks, each by its own name, and which one to begin with. Pure, but for the two
 * functions that keep a person's choice on the device. Whether a practice offers a language is not known here.
 */
export type Locale = 'en' | 'es' | 'ar';
export type Direction = 'ltr' | 'rtl';

export const LOCALES: readonly { id: Locale; name: string; direction: Direction }[] = [
  { id: 'en', name: 'English', direction: 'ltr' },
  { id: 'es', name: 'Español', direction: 'ltr' },
  { id: 'ar', name: 'العربية', direction: 'rtl' },
];

const KEY = 'interlude.locale';

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale.id === value);

export const directionOf = (locale: Locale): Direction =>
  LOCALES.find((known) => known.id === locale)?.direction ?? 'ltr';

const languageOf = (tag: string): string => (tag.split('-')[0] ?? tag).toLowerCase();

/** The kept choice, else the first of the person's languages that we speak, else English. */
export function pickLocale(languages: readonly string[], kept?: string | null): Locale {
  if (isLocale(kept)) return kept;
  return languages.map(languageOf).find(isLocale) ?? 'en';
}

/** Tags for dates and numbers: the person's own region where their device names one for this language. */
export function formatTags(locale: Locale, languages: readonly string[]): string[] {
  return [...languages.filter((tag) => languageOf(tag) === locale), locale];
}

export function startLocale(): Locale {
  return pickLocale(navigator.languages, keptLocale());
}

function keptLocale(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage switched off in the browser: the device's languages decide
  }
}

export function keepLocale(locale: Locale): void {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // as above: the choice then lasts as long as the page
  }
}

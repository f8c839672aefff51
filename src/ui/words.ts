/**
 * What people read, in their language. Owns the one Lingui instance and `<html lang dir>`. Catalogues are typed TypeScript, brought by ui, features and app, keyed
 * with their own prefix (`journal.newEntry`), loaded per locale. It holds no words itself.
 */
import { setupI18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { createElement, useMemo } from 'react';
import type { ReactNode } from 'react';
import { isolate } from './bidi.ts';
import { directionOf, formatTags, isLocale } from './locale.ts';
import type { Direction, Locale } from './locale.ts';

export type Messages = Readonly<Record<string, string>>;
/** One catalogue: how to fetch its words in each language. */
export type Catalogue = Readonly<Record<Locale, () => Promise<Messages>>>;
export type WordValues = Readonly<Record<string, string | number>>;
export type Words<Keys extends string> = (key: Keys, values?: WordValues) => string;

// Builds compile every catalogue (vite.config.ts), so that no parser travels; elsewhere Lingui compiles as it goes.
const i18n = setupI18n();
let newestLoad = 0;

/** Whom a language is shown to: the page that carries it, and the tags their device prefers. */
export interface Reader {
  page: { lang: string; dir: string };
  languages: readonly string[];
}

const browserReader = (): Reader => ({ page: document.documentElement, languages: navigator.languages });

/** Adds `messages` to what is known of `locale` and shows that language everywhere. */
export function activateLocale(locale: Locale, messages: Messages, reader: Reader = browserReader()): void {
  addWords(locale, messages);
  reader.page.lang = locale;
  reader.page.dir = directionOf(locale);
  i18n.activate(locale, formatTags(locale, reader.languages));
}

/** For a part that arrives later with its own words: adds them without changing the language shown. */
export function addWords(locale: Locale, messages: Messages): void {
  // a copy: Lingui merges into the object it was first given
  i18n.load(locale, { ...messages });
}

/** What arrived later, with the languages it is there in. */
const late = new Map<Catalogue, Map<Locale, Promise<void>>>();

/** Adds what only some parts say, in the language shown now and in every one that is chosen later. */
export async function showAlso(catalogues: readonly Catalogue[]): Promise<void> {
  const { locale } = i18n;
  await Promise.all(catalogues.map((catalogue) => addLate(catalogue, isLocale(locale) ? locale : 'en')));
}

function addLate(catalogue: Catalogue, locale: Locale): Promise<void> {
  const languages = late.get(catalogue) ?? new Map<Locale, Promise<void>>();
  late.set(catalogue, languages);
  const adding =
    languages.get(locale) ??
    catalogue[locale]().then(
      (words) => addWords(locale, words),
      (error: unknown) => {
        // Asked again with the next part that says them.
        languages.delete(locale);
        throw error;
      },
    );
  languages.set(locale, adding);
  return adding;
}

/** Fetches every catalogue in `locale`, and what arrived later, then shows it. When called again meanwhile, the last call wins. */
export async function showLocale(
  locale: Locale,
  catalogues: readonly Catalogue[],
  reader: Reader = browserReader(),
): Promise<void> {
  newestLoad += 1;
  const load = newestLoad;
  const loaded = await Promise.all([...catalogues, ...late.keys()].map((catalogue) => catalogue[locale]()));
  if (load === newestLoad) activateLocale(locale, Object.assign({}, ...loaded), reader);
}

/** Shows nothing until a locale is active; what is under it renders again when the language changes. */
export function WordsProvider({ children }: { children: ReactNode }): ReactNode {
  return createElement(I18nProvider, { i18n, children });
}

export interface LocaleState {
  locale: Locale;
  direction: Direction;
  /** For Intl: the device's own region of this language first. */
  tags: readonly string[];
}

export function useLocale(): LocaleState {
  const shown = useLingui().i18n;
  return useMemo(() => localeState(shown.locale, shown.locales), [shown.locale, shown.locales]);
}

function localeState(shown: string, locales: string | string[] | undefined): LocaleState {
  const locale = isLocale(shown) ? shown : 'en';
  return { locale, direction: directionOf(locale), tags: locales === undefined ? [locale] : [locales].flat() };
}

export function useWords<Keys extends string>(): Words<Keys> {
  const lingui = useLingui();
  // the context object is new at every change of language, which is what makes readers render again
  return useMemo(() => (key, values) => lingui.i18n._(key, isolated(values)), [lingui]);
}

/** Outside React (document title, notifications, tests). Throws before a locale is active. */
export function word(key: string, values?: WordValues): string {
  return i18n._(key, isolated(values));
}

function isolated(values: WordValues | undefined): Record<string, string | number> {
  const around = isLocale(i18n.locale) ? directionOf(i18n.locale) : 'ltr';
  const entries = Object.entries(values ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? isolate(value, around) : value]),
  );
}

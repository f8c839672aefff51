/**
 * What is wrong with a noun's words, for the test beside them: a placeholder lost in translation, a plural form the
 * language needs, text ICU cannot read, words that people are never to see. An empty list means: fit to ship.
 */
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { LOCALES } from '../locale.ts';
import type { Locale } from '../locale.ts';
import type { Messages } from '../words.ts';

type Token = string | [name: string, type?: string, format?: unknown];

const NEVER_SAID = /\b(sync\w*|pending|conflict\w*|sincroniz\w*|pendiente\w*|conflicto\w*)\b|مزامنة/iu;

export function catalogueFaults(words: Readonly<Record<Locale, Messages>>): string[] {
  return LOCALES.flatMap(({ id }) =>
    Object.keys(words.en).flatMap((key) => {
      const text = words[id][key];
      return text === undefined
        ? [`${id} ${key}: missing`]
        : textFaults(id, text, words.en[key] ?? '').map((fault) => `${id} ${key}: ${fault}`);
    }),
  );
}

function textFaults(locale: Locale, text: string, english: string): string[] {
  const faults: string[] = [];
  if (text.trim() === '') faults.push('empty');
  if (NEVER_SAID.test(text)) faults.push('a word that people never see');
  if (names(tokens(text)).join() !== names(tokens(english)).join()) faults.push('other placeholders than English');
  return [...faults, ...pluralFaults(locale, tokens(text))];
}

function tokens(text: string): Token[] {
  const compiled: unknown = compileMessage(text);
  return Array.isArray(compiled) ? compiled : [];
}

function names(of: readonly Token[]): string[] {
  return [...new Set(of.flatMap((token) => (typeof token === 'string' ? [] : [token[0]])))].sort();
}

function pluralFaults(locale: Locale, of: readonly Token[]): string[] {
  return of.flatMap((token) => {
    if (typeof token === 'string' || token[1] !== 'plural') return [];
    const given = Object.keys(token[2] ?? {});
    return wantedForms(locale)
      .filter((form) => !given.includes(form))
      .map((form) => `no plural form "${form}"`);
  });
}

/** Spanish and English `many` (millions, compact) read like `other`. */
const wantedForms = (locale: Locale): string[] =>
  new Intl.PluralRules(locale).resolvedOptions().pluralCategories.filter((form) => locale === 'ar' || form !== 'many');

// Which words are shown: the design system's, the app's and every noun's, in one language. What only staff read is fetched with
// their first screen, and what no first screen says with the screen that does: on a client's phone it would be weight for nothing.

import { journalCatalogue } from '../features/journal/words/catalogue.ts';
import { keepLocale } from '../ui/locale.ts';
import type { Locale } from '../ui/locale.ts';
import { showAlso, showLocale } from '../ui/words.ts';
import { uiCatalogue } from '../ui/words/catalogue.ts';
import { appCatalogue } from './words/catalogue.ts';

const EVERYBODYS = [uiCatalogue, appCatalogue, journalCatalogue];

export const showAppIn = (locale: Locale): Promise<void> => showLocale(locale, EVERYBODYS);

/** Adds what only staff read, in the language shown now and in every one that is chosen later. */
export async function showStaffWords(): Promise<void> {
  await showAlso((await import('./staff/words.ts')).STAFFS);
}

/** The same for what no first screen says. */
export async function showRareWords(): Promise<void> {
  await showAlso([(await import('./rare/words/catalogue.ts')).rareCatalogue]);
}

/** The same for conversations. */
export async function showChatWords(): Promise<void> {
  await showAlso([(await import('../features/chat/words/catalogue.ts')).chatCatalogue]);
}

/** The same for what forms ask, and what was answered. */
export async function showKindWords(): Promise<void> {
  await showAlso([(await import('../features/entry-kind/words/catalogue.ts')).entryKindCatalogue]);
}

/** Shows another language and keeps the choice on this device. */
export function chooseLanguage(locale: Locale): Promise<void> {
  keepLocale(locale);
  return showAppIn(locale);
}

// Which words are shown: the design system's, the app's and every noun's, in one language. What only staff read is fetched with
// their first screen: on a client's phone it would be weight for nothing.

import { clientCatalogue } from '../features/client/words/catalogue.ts';
import { contactCatalogue } from '../features/contact/words/catalogue.ts';
import { journalCatalogue } from '../features/journal/words/catalogue.ts';
import { protectionCatalogue } from '../features/protection/words/catalogue.ts';
import { keepLocale } from '../ui/locale.ts';
import type { Locale } from '../ui/locale.ts';
import { addWords, showLocale } from '../ui/words.ts';
import { uiCatalogue } from '../ui/words/catalogue.ts';
import { appCatalogue } from './words/catalogue.ts';

const EVERYBODYS = [uiCatalogue, appCatalogue, journalCatalogue];
const STAFFS = [clientCatalogue, contactCatalogue, protectionCatalogue];

let shown: Locale = 'en';
let isStaffHere = false;
const staffWordsIn = new Map<Locale, Promise<void>>();

export async function showAppIn(locale: Locale): Promise<void> {
  await showLocale(locale, isStaffHere ? [...EVERYBODYS, ...STAFFS] : EVERYBODYS);
  shown = locale;
}

/** Adds what only staff read, in the language shown now and in every one that is chosen later. */
export function showStaffWords(): Promise<void> {
  isStaffHere = true;
  const adding = staffWordsIn.get(shown) ?? addStaffWords(shown);
  staffWordsIn.set(shown, adding);
  return adding;
}

async function addStaffWords(locale: Locale): Promise<void> {
  try {
    for (const words of await Promise.all(STAFFS.map((catalogue) => catalogue[locale]()))) addWords(locale, words);
  } catch (error) {
    // Asked again with the next screen.
    staffWordsIn.delete(locale);
    throw error;
  }
}

/** Shows another language and keeps the choice on this device. */
export function chooseLanguage(locale: Locale): Promise<void> {
  keepLocale(locale);
  return showAppIn(locale);
}

// Which words are shown: the design system's, the app's and every noun's, in one language. What only staff read is fetched with
// their first screen, and what no first screen says with the screen that does: on a client's phone it would be weight for nothing.

import { dutyCatalogue } from '../features/chat/words/duty/catalogue.ts';
import { clientCatalogue } from '../features/client/words/catalogue.ts';
import { contactCatalogue } from '../features/contact/words/catalogue.ts';
import { entryKindCatalogue } from '../features/entry-kind/words/catalogue.ts';
import { journalCatalogue } from '../features/journal/words/catalogue.ts';
import { reviewCatalogue } from '../features/journal/words/review/catalogue.ts';
import { officeHoursCatalogue } from '../features/office-hours/words/catalogue.ts';
import { protectionCatalogue } from '../features/protection/words/catalogue.ts';
import { taskCatalogue } from '../features/task/words/catalogue.ts';
import { keepLocale } from '../ui/locale.ts';
import type { Locale } from '../ui/locale.ts';
import { showAlso, showLocale } from '../ui/words.ts';
import { uiCatalogue } from '../ui/words/catalogue.ts';
import { rareCatalogue } from './rare/words/catalogue.ts';
import { appCatalogue } from './words/catalogue.ts';

const EVERYBODYS = [uiCatalogue, appCatalogue, journalCatalogue];
const STAFFS = [
  clientCatalogue,
  contactCatalogue,
  dutyCatalogue,
  officeHoursCatalogue,
  protectionCatalogue,
  reviewCatalogue,
  taskCatalogue,
];
const RARE = [rareCatalogue];
const KINDS = [entryKindCatalogue];

export const showAppIn = (locale: Locale): Promise<void> => showLocale(locale, EVERYBODYS);

/** Adds what only staff read, in the language shown now and in every one that is chosen later. */
export const showStaffWords = (): Promise<void> => showAlso(STAFFS);

/** The same for what no first screen says. */
export const showRareWords = (): Promise<void> => showAlso(RARE);

/** The same for conversations. */
export async function showChatWords(): Promise<void> {
  await showAlso([(await import('../features/chat/words/catalogue.ts')).chatCatalogue]);
}

/** The same for what forms ask, and what was answered. */
export const showKindWords = (): Promise<void> => showAlso(KINDS);

/** Shows another language and keeps the choice on this device. */
export function chooseLanguage(locale: Locale): Promise<void> {
  keepLocale(locale);
  return showAppIn(locale);
}

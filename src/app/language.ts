// Which words are shown: the design system's, the app's and every noun's, in one language, fetched together.

import { clientCatalogue } from '../features/client/words/catalogue.ts';
import { journalCatalogue } from '../features/journal/words/catalogue.ts';
import { keepLocale } from '../ui/locale.ts';
import type { Locale } from '../ui/locale.ts';
import { showLocale } from '../ui/words.ts';
import { uiCatalogue } from '../ui/words/catalogue.ts';
import { appCatalogue } from './words/catalogue.ts';

const CATALOGUES = [uiCatalogue, appCatalogue, journalCatalogue, clientCatalogue];

export function showAppIn(locale: Locale): Promise<void> {
  return showLocale(locale, CATALOGUES);
}

/** Shows another language and keeps the choice on this device. */
export function chooseLanguage(locale: Locale): Promise<void> {
  keepLocale(locale);
  return showAppIn(locale);
}

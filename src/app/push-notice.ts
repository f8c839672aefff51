// What a push is shown as. It says that there is something new and nothing else, in the device's language.

/** One stands at a time: a later one takes its place. */
export const PUSH_TAG = 'news';

/** What the worker asks a page that has the focus: whether it is open for the one person whom a push can be for. */
export const ASK_WHO_IS_IN = 'who-is-in';

const WORDS = {
  en: 'New activity in Interlude',
  es: 'Actividad nueva en Interlude',
  ar: 'نشاط جديد في Interlude',
} as const;

export function pushNotice(language: string): { title: string; options: NotificationOptions & { renotify: boolean } } {
  const known = Object.entries(WORDS).find(([lang]) => language.toLowerCase().split('-')[0] === lang);
  const [lang, title] = known ?? ['en', WORDS.en];
  const dir = lang === 'ar' ? ('rtl' as const) : ('ltr' as const);
  return { title, options: { tag: PUSH_TAG, renotify: true, lang, dir, icon: '/icons/icon-192.png' } };
}

import type { Hours } from './schema-hours.ts';

/** What the practice says of how it reads messages, in the first of these languages in which it says it, or else in any. */
export function guidelinesFor(
  { guidelines }: Pick<Hours, 'guidelines'>,
  languages: readonly string[],
): { readonly lang: string; readonly text: string } | undefined {
  const lang = [...languages, ...Object.keys(guidelines)].find((one) => Object.hasOwn(guidelines, one));
  const text = lang === undefined ? undefined : guidelines[lang];
  return lang === undefined || text === undefined ? undefined : { lang, text };
}

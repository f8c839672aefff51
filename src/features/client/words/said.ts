// What she reads where nothing else is written as her care ends: in the language that she reads, whoever of the staff ends it.

export const SAID_DEFAULT = {
  en: 'Your care here has ended. What was said stays here for you to read.',
  es: 'Tu atención aquí ha terminado. Lo dicho sigue aquí para leer.',
  ar: 'انتهت رعايتك هنا. ما قيل يبقى هنا للقراءة.',
} as const;

/** In the language that she reads, where there is one of ours: a tag may name a country too. */
export function saidDefault(language: string | null | undefined): string | undefined {
  const [short = ''] = (language ?? '').split('-');
  return Object.entries(SAID_DEFAULT).find(([name]) => name === short)?.[1];
}

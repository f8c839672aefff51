// Words by which an entry is sorted first, and at which the card of crisis help is shown to who writes them. They do nothing
// else: nobody is told, and nobody is said to watch. A practice's reader decides what was meant. A star stands for any ending.

export const CRISIS_WORDS = {
  en: [
    'suicid*',
    'kill myself',
    'killing myself',
    'kill me',
    'end my life',
    'ending my life',
    'take my own life',
    'end it all',
    'want to die',
    'wanna die',
    'wish i was dead',
    'wish i were dead',
    'better off dead',
    'better off without me',
    'no reason to live',
    'don t want to live',
    'dont want to live',
    'do not want to live',
    'don t want to be alive',
    'dont want to be alive',
    'do not want to be alive',
    'self harm*',
    'selfharm*',
    'hurt myself',
    'hurting myself',
    'harm myself',
    'cut myself',
    'cutting myself',
    'hang myself',
    'overdos*',
  ],
  es: [
    'suicid*',
    'matarme',
    'me quiero matar',
    'quitarme la vida',
    'acabar con mi vida',
    'terminar con mi vida',
    'quiero morir*',
    'ganas de morir*',
    'no quiero vivir',
    'mejor muert*',
    'hacerme dano',
    'lastimarme',
    'cortarme',
    'autolesi*',
    'sobredosis',
  ],
  ar: [
    'انتحار*',
    'الانتحار',
    'انتحر',
    'سانتحر',
    'اقتل نفسي',
    'ساقتل نفسي',
    'قتل نفسي',
    'انهي حياتي',
    'انهاء حياتي',
    'اريد ان اموت',
    'اتمنى الموت',
    'لا اريد ان اعيش',
    'ايذاء نفسي',
    'اوذي نفسي',
    'اجرح نفسي',
    'جرح نفسي',
    'جرعة زائدة',
  ],
} as const;

/** Whether somebody wrote one of them, in whatever language the screen is. */
export function holdsCrisisWords(text: string): boolean {
  const known = answers.get(text);
  if (known !== undefined) return known;
  const spoken = ` ${plain(text)} `;
  const found = PHRASES.some((phrase) => spoken.includes(phrase));
  if (answers.size >= ANSWERS_MOST) answers.clear();
  answers.set(text, found);
  return found;
}

/** A list asks of the same words at every change of it. */
const ANSWERS_MOST = 2000;
const answers = new Map<string, boolean>();

const PHRASES = Object.values(CRISIS_WORDS)
  .flat()
  .map((phrase) => ` ${plain(phrase)}${phrase.endsWith('*') ? '' : ' '}`);

/** Small letters without accents, as different hands write them, with one space between words. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}ـ]/gu, '')
    .toLowerCase()
    .replace(/[ىی]/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

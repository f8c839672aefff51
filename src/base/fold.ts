// Words as a search sees them, in any script: without case, accents, vowel points and the variants in which a letter or a digit is
// written. The same folding makes what is looked through and what is looked for, so it need not be good writing, only the same.

/**
 * Marks that a reader does not type: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic tashkeel and tatweel, what joins
 * or directs letters. Not the vowel signs of Indic scripts, which are letters to their readers.
 */
const UNTYPED: readonly (readonly [from: number, to: number])[] = [
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x0591, 0x05bd],
  [0x05bf, 0x05bf],
  [0x05c1, 0x05c1],
  [0x05c2, 0x05c2],
  [0x05c4, 0x05c4],
  [0x05c5, 0x05c5],
  [0x05c7, 0x05c7],
  [0x0610, 0x061a],
  [0x0640, 0x0640],
  [0x064b, 0x065f],
  [0x0670, 0x0670],
  [0x06d6, 0x06dc],
  [0x06df, 0x06e8],
  [0x06ea, 0x06ed],
  [0x08d3, 0x08ff],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
];

function isTyped(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return !UNTYPED.some(([from, to]) => code >= from && code <= to);
}

/** Letters that stand for the same one and have no decomposition. */
const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ', ħ: 'h', ŧ: 't' },
    // Alef with wasla, alef maksura and the Persian ya, the Persian kaf, ta marbuta.
    ...{ '\u0671': '\u0627', '\u0649': '\u064a', '\u06cc': '\u064a', '\u06a9': '\u0643', '\u0629': '\u0647' },
  }),
);

/** The zero of each script's digits, which are ten in a row. */
const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20];
const OTHER_ZEROS = [0x1040, 0x17e0, 0x1810];

/** Scripts that are written without spaces: any part of them can be looked for. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u30fc\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const TERM = new RegExp(`([${UNSPACED}]+)|\\p{Extended_Pictographic}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');
const SPACED_ARABIC = /^[\u0621-\u064a]/;
const ARTICLE = '\u0627\u0644';

/** So much is looked for at once. */
export const TERMS_MAX = 16;

const folded = new Map<string, string>();

/** One written character as it is compared; empty where it is not. */
function foldCharacter(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const plain = Array.from(character.normalize('NFKD').toLowerCase().normalize('NFKD')).filter(isTyped);
  const result = plain.map((one) => SAME.get(one) ?? digitOf(one) ?? one).join('');
  folded.set(character, result);
  return result;
}

function digitOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const zero = code < 0x660 ? undefined : [...ZEROS, ...OTHER_ZEROS].find((one) => code >= one && code < one + 10);
  return zero === undefined ? undefined : String(code - zero);
}

/** The text folded, and for each of its letters, and its end, where in the text it comes from. */
function foldWithPlaces(text: string): { plain: string; places: number[] } {
  const places: number[] = [];
  let plain = '';
  let at = 0;
  for (const character of text) {
    const made = foldCharacter(character);
    for (let i = 0; i < made.length; i++) places.push(at);
    plain += made;
    at += character.length;
  }
  places.push(text.length);
  return { plain, places };
}

/** What is looked for. */
export interface Term {
  readonly text: string;
  /** It may stand anywhere in a word; else it begins one. */
  readonly inside: boolean;
  /** What a text that was made ready has where it has the term, any of them. */
  readonly needles: readonly string[];
}

/** The terms of what somebody typed, each once: all of them must be there. */
export function termsOf(typed: string): Term[] {
  let plain = '';
  for (const character of typed) plain += foldCharacter(character);
  const terms = new Map<string, Term>();
  for (const [text, unspaced] of plain.matchAll(TERM)) terms.set(text, termOf(text, unspaced !== undefined));
  return [...terms.values()].slice(0, TERMS_MAX);
}

function termOf(text: string, inside: boolean): Term {
  if (inside) return { text, inside, needles: [text] };
  // In Arabic a word is looked for without its article, which is written as a part of it.
  const after = SPACED_ARABIC.test(text) ? [` ${ARTICLE}${text}`] : [];
  return { text, inside, needles: [` ${text}`, ...after] };
}

/** A text made ready to be looked through: its words folded, a space before each. */
export function readyText(text: string): string {
  let plain = '';
  for (const character of text) plain += foldCharacter(character);
  // Joined at once, not letter by letter: what is looked through again and again is to lie in one piece.
  const words = plain.match(TERM) ?? [];
  return ['', ...words].join(' ');
}

/** Whether a text that was made ready has the term. */
export function hasTerm(ready: string, { needles }: Term): boolean {
  return needles.some((needle) => ready.includes(needle));
}

/** Where in the text the terms stand, in order and apart. */
export function placesIn(text: string, terms: readonly Term[]): [start: number, end: number][] {
  if (terms.length === 0) return [];
  const { plain, places } = foldWithPlaces(text);
  const found: [number, number][] = [];
  for (const { 0: word, index } of plain.matchAll(TERM)) {
    for (const { text: term, inside } of terms) {
      const at = placeIn(word, term, inside);
      // The end goes to where the next letter begins, so that accents and points are in it.
      if (at >= 0) found.push([places[index + at] ?? 0, places[index + at + term.length] ?? text.length]);
    }
  }
  return apart(found.sort((a, b) => a[0] - b[0]));
}

function placeIn(word: string, term: string, inside: boolean): number {
  if (inside) return word.indexOf(term);
  if (word.startsWith(term)) return 0;
  return SPACED_ARABIC.test(term) && word.startsWith(ARTICLE + term) ? ARTICLE.length : -1;
}

function apart(sorted: readonly (readonly [number, number])[]): [number, number][] {
  const result: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (end > start) result.push([start, end]);
  }
  return result;
}

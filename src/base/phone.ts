// Telephone numbers as people write them.

/** What a phone dials: digits of every script as western ones, a plus before them; an extension behind is for the person. */
export function dialled(written: string): string {
  // A nought in brackets is for who calls from within the country.
  const [number = ''] = written.replace(/^(\+.*?)\(0\)/, '$1').split(/[a-z#]/i);
  return number.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit))).replace(/[^\d+]/g, '');
}

export interface WrittenPiece {
  readonly text: string;
  /** What to dial, where this piece is a number. */
  readonly number?: string;
  /** What a press of it opens: a call, or a message where nobody answers calls. */
  readonly href?: string;
  /** Where in the text it begins. */
  readonly at: number;
}

/** Lines that only read messages. */
const TEXT_LINES = ['741741', '686868'];
/** Shorter than any other number, and dialled by many; not where three or four digits behind them make them an area code. */
const SHORT = String.raw`(?:988|911|112|999|000|024|116 ?123|${TEXT_LINES.join('|')})(?![\p{L}\d]|[.\-\u2011/]\d|[ ]\d{3,4}(?![\d/]|-\d\d-\d\d))`;
/** Days and spans of years, which have as many digits as a number. */
const DAY = String.raw`\d{4}-\d\d-\d\d(?!\d)|\d\d?(?<mark>[./\-])\d\d?\k<mark>(?:19|20)\d\d(?!\d)|(?:19|20)\d\d[\-\u2013](?:19|20)\d\d(?!\d)`;
/** Three, three and four: whole, whatever comes behind. */
const AMERICAN = String.raw`(?:\+?1[ .\-\u2011]?)?(?:\(\d{3}\) ?|\d{3}[ .\-\u2011]?)\d{3}[ .\-\u2011]?\d{4}(?!\d|[\-\u2011]\d)`;
/** Any other: one sign between two digits, brackets round an area code alone, and no hour of the day at its end. */
const GROUP = String.raw`\d+(?![\d:/]| ?[ap]\.?m\b)`;
const OTHER = String.raw`\+?(?:\d{1,4} ?)?(?:\(\d{1,5}\)[ \-]?)?${GROUP}(?:[ .\-\u2011]${GROUP})*`;
const WRITTEN = new RegExp(
  String.raw`(?<![\p{L}\d+])(?:(?<day>${DAY})|(?<short>${SHORT})|(?<whole>${AMERICAN})|(?<other>${OTHER}))`,
  'gu',
);
const LEAST_DIGITS = 7;
/** With the code of a country, and without. */
const mostDigits = (text: string) => (text.startsWith('+') ? 15 : 12);
const digitsIn = (text: string) => text.replace(/\D/g, '').length;
/** From nine to five, not a part of the number before it. */
const HOURS = /^(.*\d) \d\d?[-\u2011]\d\d?$/;

/**
 * The text in pieces, in order and whole: what can be dialled, and what is between. Years and house numbers are none; and where nobody
 * can tell where one number ends and the next begins, neither is one: no number that nobody wrote is ever dialled.
 */
export function withNumbers(text: string): WrittenPiece[] {
  const pieces: WrittenPiece[] = [];
  let at = 0;
  const add = (end: number, number?: string) => {
    const href = number !== undefined && `${TEXT_LINES.includes(number) ? 'sms' : 'tel'}:${number}`;
    if (end > at) pieces.push({ text: text.slice(at, end), ...(number !== undefined && href && { number, href }), at });
    at = Math.max(at, end);
  };
  // As long as it was: what lies outside the first plane stays, and is no number.
  const western = text.replace(/\p{Nd}/gu, (digit) => (digit.length === 1 ? String(digitValue(digit)) : digit));
  for (const { groups = {}, index } of western.matchAll(WRITTEN)) {
    const { short, whole, other } = groups;
    const single = short ?? whole;
    for (const { from, number } of single === undefined ? numbersOf(other ?? '') : [{ from: 0, number: single }]) {
      add(index + from);
      add(index + from + number.length, dialled(number));
    }
  }
  add(text.length);
  return pieces;
}

/** One number, two that only a space parts, or none. */
function numbersOf(run: string): { from: number; number: string }[] {
  const written = HOURS.exec(run)?.[1] ?? run;
  const isNumber = (text: string) => digitsIn(text) >= LEAST_DIGITS && digitsIn(text) <= mostDigits(text);
  if (isNumber(written)) return [{ from: 0, number: written }];
  const [first = ''] = /\d+/.exec(written) ?? [];
  const cuts = [...written.matchAll(/ /g)]
    .map(({ index }) => ({ head: written.slice(0, index), tail: written.slice(index + 1) }))
    .filter(({ head, tail }) => isNumber(head) && isNumber(tail));
  const alike = cuts.filter(({ tail }) => tail.startsWith('0') || tail.startsWith(first));
  const [cut, another] = alike.length > 0 ? alike : cuts;
  if (cut === undefined || another !== undefined) return [];
  return [
    { from: 0, number: cut.head },
    { from: cut.head.length + 1, number: cut.tail },
  ];
}

/** Digits of every script stand in runs of ten that begin with its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

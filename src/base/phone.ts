// Telephone numbers as people write them.

/** What a phone dials: digits of every script as western ones, a plus before them; an extension behind is for the person. */
export function dialled(written: string): string {
  const [number = ''] = written.split(/[a-z#]/i);
  return number.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit))).replace(/[^\d+]/g, '');
}

export interface WrittenPiece {
  readonly text: string;
  /** What to dial, where this piece is a number. */
  readonly number?: string;
  /** Where in the text it begins. */
  readonly at: number;
}

const WRITTEN = /\+?\(?\p{Nd}(?:[ ().\-\u2011]{0,2}\p{Nd}){2,14}/gu;
/** Shorter than any other number, and dialled by many. */
const SHORT = ['988', '911', '112', '999', '000', '116123', '741741'];
const LEAST_DIGITS = 7;

/** The text in pieces, in order and whole: what can be dialled, and what is between. Years and house numbers are none. */
export function withNumbers(text: string): WrittenPiece[] {
  const pieces: WrittenPiece[] = [];
  let at = 0;
  const add = (end: number, number?: string) => {
    if (end > at) pieces.push({ text: text.slice(at, end), ...(number !== undefined && { number }), at });
    at = Math.max(at, end);
  };
  for (const { 0: found, index } of text.matchAll(WRITTEN)) {
    const number = dialled(found);
    const isNumber = SHORT.includes(number) || number.replace('+', '').length >= LEAST_DIGITS;
    if (!isNumber || /\p{Nd}$/u.test(text.slice(0, index))) continue;
    add(index);
    add(index + found.length, number);
  }
  add(text.length);
  return pieces;
}

/** Digits of every script stand in runs of ten that begin with its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

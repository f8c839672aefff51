// Days as lists write them. Which of two numbers is the month is never guessed: the list says so itself, or somebody is asked.

import { readyText } from '../../../../base/fold.ts';
import { westernDigits } from '../../../../base/sign-in-name.ts';

export const DAY_ORDERS = ['dmy', 'mdy'] as const;
export type DayOrder = (typeof DAY_ORDERS)[number];

export type ReadDay = { readonly day: string } | { readonly fault: 'date' | 'year' };

interface Numbers {
  /** Day and month, in the order in which they stand. */
  readonly pair: readonly [number, number];
  readonly year: number;
}

const TIME = /[T ,]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*([ap]\.?\s?m\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const MONTHS_SAID_IN = ['en', 'es', 'ar', 'fr', 'de', 'pt'];
const YEAR_FIRST = /^(\d{4})[./\- ]+(\d{1,2})[./\- ]+(\d{1,2})$/;
const AS_ONE_NUMBER = /^(\d{4})(\d{2})(\d{2})$/;
/** No day is longer, in any language. What is, no pattern is tried on. */
const LONGEST = 64;
const BETWEEN = /[\s./\-,،]+/;
const SMALL_WORDS = ['de', 'del', 'of'];

/** The day that is written here; `order` says which of two numbers comes first, where the year stands last. */
export function readDay(text: string, order: DayOrder): ReadDay {
  const plain = dayPartOf(text);
  if (plain === null) return { fault: 'date' };
  const numbers = numbersOf(plain);
  if (numbers !== null) {
    const [a, b] = numbers.pair;
    return order === 'dmy' ? dayOf(numbers.year, b, a) : dayOf(numbers.year, a, b);
  }
  const [, year, month, day] = YEAR_FIRST.exec(plain) ?? AS_ONE_NUMBER.exec(plain) ?? [];
  if (year !== undefined) return dayOf(Number(year), Number(month), Number(day));
  return namedDay(plain);
}

export interface OrderQuestion {
  /** What the days of the list say by themselves; null where they say nothing, or both. */
  readonly said: DayOrder | null;
  /** A day that can be read in two ways, or by which it was told; undefined where no order matters. */
  readonly example: string | undefined;
}

/** Whether the order of day and month has to be known, and whether the list says it: by a number that can be no month. */
export function orderIn(texts: Iterable<string>): OrderQuestion {
  const seen: Record<DayOrder | 'either', string | undefined> = { dmy: undefined, mdy: undefined, either: undefined };
  for (const text of texts) {
    const numbers = numbersOf(dayPartOf(text) ?? '');
    if (numbers === null) continue;
    const [a, b] = numbers.pair;
    if (a === b) continue;
    const [isDmy, isMdy] = [dayOf(numbers.year, b, a), dayOf(numbers.year, a, b)].map((read) => 'day' in read);
    if (isDmy && isMdy) seen.either ??= text;
    else if (isDmy) seen.dmy ??= text;
    else if (isMdy) seen.mdy ??= text;
  }
  const { dmy, mdy, either } = seen;
  const said = (dmy === undefined) === (mdy === undefined) ? null : dmy === undefined ? 'mdy' : 'dmy';
  return { said, example: said === null ? (either ?? dmy) : seen[said] };
}

/** Without a time of day. A time in a zone may be another day elsewhere: only midnight is a day. */
function dayPartOf(text: string): string | null {
  if (text.length > LONGEST) return null;
  const typed = westernDigits(text).trim();
  const [all = '', clock = '', , zone] = TIME.exec(typed) ?? [];
  if (zone !== undefined && !/^0?0(:00)+([.,]0+)?$/.test(clock)) return null;
  return typed.slice(0, typed.length - all.length);
}

/** Three numbers of which the year stands last. */
function numbersOf(plain: string): Numbers | null {
  const [, a, b, year] = /^(\d{1,2})[./\- ]+(\d{1,2})[./\- ]+(\d{4})$/.exec(plain) ?? [];
  return year === undefined ? null : { pair: [Number(a), Number(b)], year: Number(year) };
}

/** With the month as a word. */
function namedDay(plain: string): ReadDay {
  const parts = plain.split(BETWEEN).filter((part) => part !== '' && !SMALL_WORDS.includes(part.toLowerCase()));
  const month = parts.map(monthOf).find((one) => one !== null) ?? null;
  const numbers = parts
    .filter((part) => /^\d+(st|nd|rd|th|\.?º)?$/i.test(part))
    .map((part) => Number.parseInt(part, 10));
  if (parts.length !== 3) return { fault: 'date' };
  const year = numbers.find((number) => number > 99);
  if (year === undefined) return { fault: month !== null || numbers.length === 3 ? 'year' : 'date' };
  const day = numbers.find((number) => number !== year);
  return month === null || numbers.length !== 2 || day === undefined ? { fault: 'date' } : dayOf(year, month, day);
}

let months: readonly (readonly [string, number])[] | undefined;

/** The month that the word, or its beginning, names in one of the languages, where it is the same in all of them. */
function monthOf(word: string): number | null {
  months ??= MONTHS_SAID_IN.flatMap((tag) => {
    const format = new Intl.DateTimeFormat(tag, { month: 'long', calendar: 'gregory', timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, i) => [readyText(format.format(Date.UTC(2001, i, 15))), i + 1] as const);
  });
  const ready = readyText(word);
  if (ready.length < 4 || /\d/.test(ready)) return null;
  const found = new Set(months.filter(([name]) => name.startsWith(ready)).map(([, month]) => month));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

function dayOf(year: number, month: number, day: number): ReadDay {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isThere = year > 999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isThere ? { day: date.toISOString().slice(0, 10) } : { fault: 'date' };
}

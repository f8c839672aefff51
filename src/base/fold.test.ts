import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasTerm, placesIn, readyText, TERMS_MAX, termsOf } from './fold.ts';

/** Texts beside this checkout, where somebody has put them: hostile ones, and what programs say in other scripts. */
const files = import.meta.glob<string>('../../../shared/data/text/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const outside = Object.entries(files).flatMap(([name, text]) =>
  name.endsWith('.json') ? stringsOf(JSON.parse(text)) : text.split('\n').filter((line) => line.trim() !== ''),
);

const found = (text: string, typed: string) => {
  const terms = termsOf(typed);
  const ready = readyText(text);
  return terms.length > 0 && terms.every((term) => hasTerm(ready, term));
};
const marked = (text: string, typed: string) =>
  placesIn(text, termsOf(typed)).map(([start, end]) => text.slice(start, end));

describe('a text is found', () => {
  test.each([
    ['Lentil soup, at my desk', 'SOUP'],
    ['Lentil soup', 'len sou'],
    ['Dormí mal; mañana será mejor', 'dormi manana'],
    ['DORMI MAL', 'dormí'],
    ['Straße nach Łódź, Ægir und Øre', 'strasse lodz aegir ore'],
    ['İstanbul ışık', 'istanbul isik'],
    ['ο Οδυσσεύς', 'οδυσσευσ'],
    ['Ёлка и вечер', 'елка'],
    ['שָׁלוֹם עֲלֵיכֶם', 'שלום'],
    ['نِمتُ جيِّدًا الليلةَ', 'نمت جيدا الليله'],
    ['أكلتُ في المطعم', 'اكلت'],
    ['إفطار', 'افطار'],
    ['مستشفى', 'مستشفي'],
    ['شربت القهوة', 'قهوه'],
    ['صـــداع', 'صداع'],
    ['می‌خواهم', 'میخواهم'],
    ['مشيت ٣٥ دقيقة', '35'],
    ['आज मैं बहुत खुश हूँ', 'बहुत'],
    ['১২ কাপ চা', '12 কাপ'],
    ['நான் நன்றாக தூங்கினேன்', 'நன்றாக'],
    ['በጣም ደህና ነኝ', 'ደህና'],
    ['დღეს კარგად მეძინა', 'კარგ'],
    ['今日はよく眠れました', '眠れ'],
    ['今日はよく眠れました', '今日 眠'],
    ['东京塔tower很高', 'tower'],
    ['东京塔tower很高', '京塔'],
    ['ｶﾌｪ', 'カフェ'],
    ['오늘은 잘 잤어요', '오늘'],
    ['วันนี้ฉันนอนหลับดี', 'นอนหลับ'],
    ['Slept well 😴 finally', '😴'],
    ['ﬁne', 'fine'],
    ['x² + y²', 'x2'],
    ['hasOwnProperty constructor __proto__', '__proto__'],
    ['<script>alert("x")</script>', 'script alert'],
  ])('%j by %j', (text, typed) => {
    expect(found(text, typed)).toBe(true);
    expect(marked(text, typed).length).toBeGreaterThan(0);
  });
});

describe('a text is not found', () => {
  test.each([
    ['Lentil soup', 'oup'],
    ['Lentil soup', 'soup bread'],
    ['किताब', 'कतब'],
    ['东京塔', '塔东'],
    ['4321', '321'],
    ['anything', ''],
    ['anything', '—!?'],
  ])('%j by %j', (text, typed) => {
    expect(found(text, typed)).toBe(false);
  });
});

test('what is marked is the person’s own writing, with its accents and in its case', () => {
  expect(marked('Dormí mal. DORMI bien.', 'dormi')).toEqual(['Dormí', 'DORMI']);
  expect(marked('Cafe\u0301s open', 'cafe')).toEqual(['Cafe\u0301']);
  expect(marked('شربت القهوة', 'قهوه')).toEqual(['قهوة']);
  expect(marked('نِمتُ', 'نمت')).toEqual(['نِمتُ']);
  expect(marked('ﬁne', 'fi')).toEqual(['ﬁ']);
  expect(marked('aa ab', 'a aa')).toEqual(['aa', 'a']);
});

test('of a very long question only the first terms are looked for', () => {
  const typed = Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' ');
  expect(termsOf(typed)).toHaveLength(TERMS_MAX);
});

test('every text is found by each of its own words, and what is marked lies in it, whatever it holds', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), holdsOf), { numRuns: 500 });
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), holdsOf), { numRuns: 500 });
});

test(`the same holds of ${outside.length} texts from ${Object.keys(files).length} files beside this checkout`, () => {
  for (const text of outside) holdsOf(text);
  expect(outside.length).toBeGreaterThanOrEqual(Object.keys(files).length);
});

function holdsOf(text: string): void {
  const ready = readyText(text);
  for (const word of text.split(/\s+/)) {
    for (const term of termsOf(word)) expect(hasTerm(ready, term), `${JSON.stringify(word)}: ${term.text}`).toBe(true);
  }
  let before = 0;
  for (const [start, end] of placesIn(text, termsOf(text))) {
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThan(start);
    before = end;
  }
  expect(before).toBeLessThanOrEqual(text.length);
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

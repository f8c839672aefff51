import { expect, test } from 'vitest';
import { CRISIS_WORDS, holdsCrisisWords } from './crisis-words.ts';

test.each([
  'I want to DIE.',
  'Sometimes I think of suicide',
  'having suicidal thoughts again',
  'I don’t want to live like this',
  'i keep\nhurting  myself',
  'Hoy quiero morirme',
  'pensé en hacerme daño',
  'Pensamientos de SUICIDIO',
  'أريد أن أموت',
  'أفكر في الانتحار',
  'أُؤذي نفسي أحيانًا',
])('is found: %s', (text) => expect(holdsCrisisWords(text)).toBe(true));

test.each([
  '',
  'The diet soup was good',
  'I cut the bread myself',
  'We laughed until we nearly died of it',
  'Mi vida es buena',
  'قتلت الوقت بالقراءة',
])('is not found: %s', (text) => expect(holdsCrisisWords(text)).toBe(false));

test('every language has its own, and each finds itself', () => {
  for (const list of Object.values(CRISIS_WORDS)) {
    expect(list.length).toBeGreaterThan(10);
    for (const phrase of list) expect(holdsCrisisWords(`x ${phrase.replace('*', '')}, y`), phrase).toBe(true);
  }
});

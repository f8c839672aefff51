import { expect, test } from 'vitest';
import { speaksOfWeight } from './weight-words.ts';

test.each([
  'You weigh less than in spring.',
  'Your weight is stable',
  'BMI of 19',
  'about 300kcal more',
  '62 kg is fine',
  '120lbs',
  'count no calories today',
  'Su peso va bien.',
  'unas 300 calorías',
  'وزنك مستقر',
  'عدد السعرات',
])('"%s" speaks of it', (text) => expect(speaksOfWeight(text)).toBe(true));

test.each([
  '',
  'Eating without the phone is a good thing.',
  'The kgb museum',
  'Local food',
  'Despeso',
  'تناول الطعام بهدوء',
])('"%s" does not', (text) => expect(speaksOfWeight(text)).toBe(false));

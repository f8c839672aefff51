import { expect, test } from 'vitest';
import { en as summary } from '../features/chart-summary/words/en.ts';
import { awaySample } from '../features/away/samples.ts';
import { hoursSample } from '../features/office-hours/samples.ts';
import { declared } from '../features/shared.ts';
import { ar } from './rare/words/ar.ts';
import { en } from './rare/words/en.ts';
import { es } from './rare/words/es.ts';
import { wordOfAct, wordsOf } from './unsent-words.ts';

test.each(['sync.update', ...Object.keys(declared.mutators).map((name) => name.replace(/@\d+$/, ''))])(
  'an act %s that was not taken has a name in every language',
  (name) => {
    const word = wordOfAct(name);
    expect(word).toBe(`app.notSent.${name}`);
    for (const words of [en, es, ar]) expect(Object.hasOwn(words, word)).toBe(true);
  },
);

test('what nobody knows is something that one did', () => {
  expect(wordOfAct('from.another')).toBe('app.notSent.other');
});

test('the words that go to clients by themselves are not lost from sight', () => {
  const once = { from: '2026-01-01T00:00:00.000Z', text: 'On leave.' };
  const weekly = { days: [], text: 'At night.', zone: 'UTC' };
  expect(wordsOf({ args: { setting: { isOn: true, once, weekly } } })).toBe('On leave.\nAt night.');
  expect(wordsOf({ args: { setting: { ...awaySample() } } })).toContain(awaySample().once?.text ?? '');
  expect(wordsOf({ args: { welcome: { isOn: true, text: 'Welcome here.' } } })).toBe('Welcome here.');
  const hours = { ...hoursSample(), guidelines: { en: 'We read on working days.', es: 'Leemos de día.' } };
  expect(wordsOf({ args: { hours } })).toBe('We read on working days.\nLeemos de día.');
  expect(wordsOf({ args: { rule: { body: 'Not forgotten.' } } })).toBe('Not forgotten.');
  const item = { type: 'allergyIntolerance', name: 'Latex', criticality: 'high', reaction: 'Hives', status: 'active' };
  expect(wordsOf({ args: { item } })).toBe('Latex\nHives');
  expect(wordsOf({ name: 'chartSummary.changeItem', args: { item } }, (word) => summary[word])).toBe(
    'Allergies\nLatex\nHives\nSevere: can be dangerous\nNow',
  );
  const none = { section: 'condition', none: false };
  expect(wordsOf({ name: 'chartSummary.sayNone', args: none }, (word) => summary[word])).toBe(
    'Take this back: No known conditions',
  );
  expect(wordsOf({ args: { changes: { signs: 'Silence.', alone: null } } })).toBe('Silence.');
  expect(wordsOf({ args: { body: 'To many.', recipients: [] } })).toBe('To many.');
  expect(wordsOf({ args: { setting: { kind: 'sleep', isOn: true } } })).toBeUndefined();
});

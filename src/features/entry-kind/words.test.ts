import { expect, test } from 'vitest';
import { catalogueFaults } from '../../ui/words/catalogue-faults.ts';
import { QUESTION_NAMES, QUESTIONS, KINDS } from './schema.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

test('the words of the kinds have no faults in any language', () => {
  expect(catalogueFaults({ en, es, ar })).toEqual([]);
});

test('every question is asked in words, and every answer to it can be said', () => {
  const needed = QUESTION_NAMES.flatMap((name) => {
    const question = QUESTIONS[name];
    const asked = `kind.ask.${name}`;
    switch (question.is) {
      case 'choice':
        return [asked, ...question.of.map((one) => `kind.choice.${name}.${one}`)];
      case 'faces':
        return [asked, ...[1, 2, 3, 4, 5].map((face) => `kind.face.${name}.${face}`)];
      case 'scale':
        return [asked, `kind.said.${name}`, `kind.low.${name}`, `kind.high.${name}`];
      case 'number':
        return [asked, `kind.said.${name}`];
      case 'line':
        return [asked];
    }
  });
  const hints = Object.keys(KINDS).map((kind) => `kind.hint.${kind}`);
  expect([...needed, ...hints].filter((word) => !(word in en))).toEqual([]);
});

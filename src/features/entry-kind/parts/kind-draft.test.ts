import { expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import { kindsFrom } from '../schema.ts';
import { draftOf, keyOf, moved, settingOf, switched, takenBack, withOwn } from './kind-draft.ts';

const own = { id: newId(), label: 'With whom?', is: 'line' } as const;
const food = kindsFrom([]).find(({ kind }) => kind === 'food');
const draft = food ? draftOf(food) : { name: '', asks: [] };
const keys = ({ asks }: typeof draft) => asks.map(({ ask }) => keyOf(ask));

test('a question goes one place up or down, and not beyond the ends', () => {
  expect(keys(moved(draft, 'text', -1)).slice(0, 2)).toEqual(['text', 'meal']);
  expect(keys(moved(draft, 'meal', -1))).toEqual(keys(draft));
  expect(keys(moved(draft, 'portionG', 1))).toEqual(keys(draft));
});

test('what is kept says of every question whether it is asked, and of a built-in kind no name', () => {
  const setting = settingOf('food', true, switched({ ...draft, name: 'Meals' }, 'hunger', false));
  expect(setting.name).toBeUndefined();
  expect(setting.questions).toContainEqual({ asked: 'hunger', isOn: false });
  expect(setting.questions).toHaveLength(draft.asks.length);
});

test('taken back, a question that was made stays, switched off', () => {
  const before = settingOf('food', true, draft);
  const after = settingOf('food', true, withOwn(draft, own));
  expect(takenBack(before, after).questions.at(-1)).toEqual({ own, isOn: false });
  expect(takenBack(after, after)).toEqual(after);
});

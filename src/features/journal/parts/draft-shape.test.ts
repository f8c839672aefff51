import { expect, test } from 'vitest';
import { asEditDraft, asEntryDraft } from './draft-shape.ts';

const ref = (digit: string, size: number) => ({ id: digit.repeat(64), key: digit.repeat(43), size });
const photo = { ...ref('1', 300_000), type: 'image/jpeg', width: 1600, height: 1200, thumb: ref('2', 9000) } as const;

test('a draft brings its photos back, and leaves out what is none', () => {
  const content = { text: '', media: [photo, { ...photo, key: 'short' }, 'x'] };
  expect(asEntryDraft({ kind: 'food', content, when: null })).toMatchObject({ content: { text: '', media: [photo] } });
  expect(asEditDraft({ content })).toEqual({ content: { text: '', media: [photo] } });
  expect(asEditDraft({ content: { text: 'words', media: [] } })).toEqual({ content: { text: 'words' } });
});

test('a draft that was meant for its author alone comes back as that, and no other does', () => {
  const draft = { kind: 'mood', content: { text: 'mine' }, when: { mode: 'now', local: '' } };
  expect(asEntryDraft({ ...draft, isPrivate: true })).toMatchObject({ isPrivate: true });
  for (const isPrivate of [false, 'true', null])
    expect(asEntryDraft({ ...draft, isPrivate })).not.toHaveProperty('isPrivate');
});

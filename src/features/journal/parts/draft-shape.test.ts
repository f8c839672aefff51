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

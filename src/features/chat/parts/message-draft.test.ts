import { expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import type { Medium } from '../../file/schema.ts';
import { asMessageDraft, keptDraft, NOTHING, restOfDraft, saidOf } from './message-draft.ts';

const file = (letter: string) => ({ id: letter.repeat(64), key: 'k'.repeat(43), size: 9 });
const note = (letter: string): Medium => ({ ...file(letter), type: 'audio/webm', seconds: 3 });

test('a draft comes back as it was kept, and what is none does not', () => {
  const draft = { body: 'I was', replyTo: newId(), media: [note('a')] };
  expect(asMessageDraft(keptDraft(draft) ?? {})).toEqual(draft);
  expect(asMessageDraft(keptDraft({ body: '', media: [note('a')] }) ?? {})).toEqual({ body: '', media: [note('a')] });
  expect(asMessageDraft({ text: 'x' })).toBeNull();
  expect(asMessageDraft({ body: 'x', replyTo: '../x', media: [{ id: 'x' }, 7] })).toEqual({ body: 'x' });
});

test('a reply without a word is kept, and nothing at all is not', () => {
  const replyTo = newId();
  expect(keptDraft({ body: '', replyTo })).toEqual({ body: '', replyTo });
  expect([NOTHING, { body: ' \n' }, { body: '', media: [] }].map(keptDraft)).toEqual([null, null, null]);
});

test('a message says what the draft has, and no more', () => {
  expect(saidOf({ body: ' I was ' })).toEqual({ body: 'I was' });
  expect(saidOf({ body: '', media: [note('a')] })).toEqual({ body: '', media: [note('a')] });
});

test('what is added while it is being kept is left for the next message', () => {
  const [first, second] = [newId(), newId()];
  const sent = { body: 'One.', replyTo: first, media: [note('a')] };
  expect(restOfDraft(sent, sent)).toEqual({ body: '' });
  expect(restOfDraft({ body: 'One. Two.', replyTo: second, media: [note('a'), note('b')] }, sent)).toEqual({
    body: 'Two.',
    replyTo: second,
    media: [note('b')],
  });
});

test('who was chosen is kept with a draft, said where his name stands, and forgotten where it does not', () => {
  const mentions = [{ who: newId(), name: 'Lee' }];
  const draft = { body: ' Ask @Lee.', mentions };
  expect(asMessageDraft(keptDraft(draft) ?? {})).toEqual(draft);
  expect(saidOf(draft)).toEqual({ body: 'Ask @Lee.', mentions: [{ who: mentions[0]?.who, at: 4, length: 4 }] });
  expect(keptDraft({ ...draft, body: 'Ask Lee.' })).toEqual({ body: 'Ask Lee.' });
  expect(saidOf({ ...draft, body: 'Ask Lee.' })).toEqual({ body: 'Ask Lee.' });
  expect(restOfDraft({ ...draft, body: 'One. @Lee' }, { body: 'One.' })).toEqual({ body: '@Lee', mentions });
  expect(asMessageDraft({ body: '@Lee', mentions: [{ who: '../x', name: 'Lee' }, 7, { who: newId() }] })).toEqual({
    body: '@Lee',
  });
});

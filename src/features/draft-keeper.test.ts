import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { keepAll } from './draft-keep-all.ts';
import { createDraftKeeper, keepersHere } from './draft-keeper.ts';

let stored: (JsonObject | null)[];
let states: string[];
let storing: () => Promise<void>;
const keeper = () =>
  createDraftKeeper('draft', {
    put: async (content) => {
      await storing();
      stored.push(content);
    },
    onState: (state) => states.push(state),
  });

beforeEach(() => {
  vi.useFakeTimers();
  [stored, states] = [[], []];
  storing = async () => undefined;
});
afterEach(() => vi.useRealTimers());

test('while somebody types without a pause, what is there is kept within a second', async () => {
  const draft = keeper();
  for (let i = 1; i <= 10; i++) {
    draft.keep({ text: 'x'.repeat(i) });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.at(-1)).toEqual({ text: expect.stringMatching(/^x{5,}$/) });
  await vi.advanceTimersByTimeAsync(1000);
  expect(stored.at(-1)).toEqual({ text: 'x'.repeat(10) });
});

test('the first keystroke is kept at once, and what follows a moment later', async () => {
  const draft = keeper();
  draft.keep({ text: 'a' });
  draft.keep({ text: 'ab' });
  await vi.advanceTimersByTimeAsync(0);
  expect(stored).toEqual([{ text: 'a' }]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(stored).toEqual([{ text: 'a' }, { text: 'ab' }]);
});

test('a page that is locked keeps what was typed last in each of its forms, and waits for it no longer than a moment', async () => {
  const forms = [keeper(), keeper()];
  for (const form of forms) keepersHere.add(form);
  for (const form of forms) for (const text of ['x', 'xy']) form.keep({ text });
  await keepAll();
  expect(stored.filter((content) => content?.['text'] === 'xy').length).toBe(2);
  storing = () => new Promise(() => undefined);
  forms[0]?.keep({ text: 'never kept' });
  const locked = keepAll();
  await vi.advanceTimersByTimeAsync(1000);
  await locked;
  keepersHere.clear();
});

test('a page that goes away keeps the last keystroke', async () => {
  const draft = keeper();
  draft.keep({ text: 'last' });
  await draft.flush();
  expect(stored).toEqual([{ text: 'last' }]);
});

test('after the entry was saved, its draft is not written again', async () => {
  const draft = keeper();
  draft.keep({ text: 'all of it' });
  await draft.hold();
  expect(stored).toEqual([{ text: 'all of it' }]);
  draft.keep({ text: 'all of it, and a key pressed while saving' });
  await vi.advanceTimersByTimeAsync(5000);
  draft.drop();
  await draft.flush();
  expect(stored).toEqual([{ text: 'all of it' }]);
});

test('after a refusal it goes on keeping, with what was typed meanwhile', async () => {
  const draft = keeper();
  await draft.hold();
  draft.keep({ text: 'typed while it was being refused' });
  draft.resume();
  await draft.flush();
  expect(stored).toEqual([{ text: 'typed while it was being refused' }]);
});

test('what is written later is never overtaken by what was written before', async () => {
  let writes = 0;
  storing = async () => {
    writes += 1;
    // The first write takes longer than the second.
    for (let turn = 0; turn < 10 / writes; turn++) await Promise.resolve();
  };
  const draft = keeper();
  draft.keep({ text: 'first' });
  void draft.flush();
  draft.keep({ text: 'second' });
  await draft.flush();
  expect(stored).toEqual([{ text: 'first' }, { text: 'second' }]);
});

test('says when this device could not keep it, and when it can again', async () => {
  const draft = keeper();
  storing = () => Promise.reject(new Error('full'));
  draft.keep({ text: 'a' });
  await draft.flush();
  storing = async () => undefined;
  draft.keep({ text: 'ab' });
  await draft.flush();
  expect(states).toEqual(['failed', 'kept']);
});

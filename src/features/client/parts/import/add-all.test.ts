import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addAll } from './add-all.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const newcomer = { id: 'id', details: { legalName: 'Ben', birthDate: '1990-05-03' }, contacts: [] };
const people = Array.from({ length: 50 }, (_, i) => ({ n: i + 2, newcomer }));

/** Each act takes a tenth of a second; `unsent` are those that were kept after the last start of the exchange. */
async function run({ stopAfter = Infinity, failAt = Infinity, error = new Error('nobody foresaw it') }) {
  let [done, unsent, sends] = [0, 0, 0];
  const outcome = await addAll({
    people,
    mutate: async (_, { ofMany }) => {
      expect(ofMany).toBe(true);
      if (done >= failAt) throw error;
      await vi.advanceTimersByTimeAsync(100);
      done += 1;
      unsent += 1;
      return undefined;
    },
    send() {
      sends += 1;
      unsent = 0;
    },
    said: () => ({}),
    isStopped: () => done >= stopAfter,
    onDone: () => undefined,
  });
  await vi.advanceTimersByTimeAsync(10_000);
  return { end: outcome.end, added: outcome.added.size, unsent, sends, error: outcome.error };
}

test('what is added is sent about once a second, and all of it at the end, at a stop and at an error', async () => {
  expect(await run({})).toMatchObject({ end: 'all', added: 50, unsent: 0, sends: 6 });
  expect(await run({ stopAfter: 15 })).toMatchObject({ end: 'stopped', added: 15, unsent: 0, sends: 3 });
  const error = new Error('x');
  expect(await run({ failAt: 15, error })).toMatchObject({ end: 'failed', added: 15, unsent: 0, sends: 3, error });
  const full = new DOMException('full', 'QuotaExceededError');
  expect(await run({ failAt: 1, error: full })).toMatchObject({ end: 'full', added: 1, unsent: 0, sends: 1 });
  expect(await run({ stopAfter: 0 })).toMatchObject({ end: 'stopped', added: 0, sends: 0 });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idleNext, idleOpen } from './idle-state.ts';
import type { IdleLimits, IdleNotice, IdleState } from './idle-state.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 9);
const limits: IdleLimits = { idleMs: 10 * MINUTE, hiddenMs: 2 * MINUTE };

type Step = [afterMs: number, notice: IdleNotice];

function run(steps: Step[], within: IdleLimits = limits, isHidden = false): IdleState['status'] {
  let at = START;
  let state = idleOpen(at, isHidden);
  for (const [afterMs, notice] of steps) {
    at += afterMs;
    state = idleNext(state, { notice, at }, within);
  }
  return state.status;
}

const looks = (ms: number): Step[] => Array.from({ length: ms / 5_000 }, () => [5_000, 'look']);

describe('idle', () => {
  test('locks when the time is up, not a moment before', () => {
    expect(run([...looks(10 * MINUTE - 5_000), [4_999, 'look']])).toBe('open');
    expect(run(looks(10 * MINUTE))).toBe('locked');
  });

  test('input starts the time anew; looking does not, nor coming into sight', () => {
    expect(run([...looks(9 * MINUTE), [0, 'input'], ...looks(9 * MINUTE)])).toBe('open');
    expect(run([...looks(9 * MINUTE), [0, 'visible'], ...looks(MINUTE)])).toBe('locked');
  });

  test('the input that comes after the time is too late', () => {
    expect(run([[10 * MINUTE, 'input']], { ...limits, hiddenMs: null })).toBe('locked');
  });
});

describe('hidden', () => {
  test('locks after its time, at a look or at the return', () => {
    expect(run([[0, 'hidden'], ...looks(2 * MINUTE)])).toBe('locked');
    expect(
      run([
        [0, 'hidden'],
        [2 * MINUTE, 'visible'],
      ]),
    ).toBe('locked');
    expect(run([[0, 'hidden'], [2 * MINUTE - 1, 'visible'], ...looks(MINUTE)])).toBe('open');
  });

  test('saying it again does not start the time anew', () => {
    expect(
      run([
        [0, 'hidden'],
        [MINUTE, 'hidden'],
        [MINUTE, 'hidden'],
      ]),
    ).toBe('locked');
  });

  test('a page opened out of sight counts from then', () => {
    expect(run([[2 * MINUTE, 'visible']], limits, true)).toBe('locked');
  });

  test('without a limit only idleness counts', () => {
    const within = { ...limits, hiddenMs: null };
    expect(
      run(
        [
          [0, 'hidden'],
          [10 * MINUTE - 1, 'visible'],
        ],
        within,
      ),
    ).toBe('open');
    expect(
      run(
        [
          [0, 'hidden'],
          [10 * MINUTE, 'visible'],
        ],
        within,
      ),
    ).toBe('locked');
  });
});

describe('sleep and the clock', () => {
  test('a hole in the looks as long as the hidden limit locks', () => {
    expect(run([...looks(MINUTE), [2 * MINUTE, 'input']])).toBe('locked');
    expect(run([...looks(MINUTE), [2 * MINUTE - 1, 'input']])).toBe('open');
  });

  test('a short limit does not take a busy moment for sleep', () => {
    expect(run([[30_000, 'look']], { ...limits, hiddenMs: 5_000 })).toBe('open');
    expect(run([[MINUTE, 'look']], { ...limits, hiddenMs: 5_000 })).toBe('locked');
  });

  test('a clock set back locks, a clock corrected does not', () => {
    expect(run([[-MINUTE - 1, 'input']])).toBe('locked');
    expect(
      run([
        [-2_000, 'input'],
        [5_000, 'look'],
      ]),
    ).toBe('open');
  });
});

test('a page brought back from the past is locked, however soon', () => {
  expect(run([[0, 'restored']])).toBe('locked');
});

test('locked stays locked, and no order of notices keeps an unused store open past its time', () => {
  const passive = fc.constantFrom<IdleNotice>('look', 'hidden', 'visible');
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: MINUTE }), passive), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (some) => {
      const spent = some.reduce((sum, [ms]) => sum + ms, 0);
      const rest = Math.max(0, limits.idleMs - spent);
      expect(run([...some, [rest, 'visible'], [0, 'input']])).toBe('locked');
    }),
  );
});

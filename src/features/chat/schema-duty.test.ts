import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { taskSample } from '../task/samples.ts';
import type { Task } from '../task/schema.ts';
import { dutyOf, waitingIn } from './schema-duty.ts';
import type { Waiting } from './schema-head.ts';

const at = (hour: number) => `2026-06-10T${String(hour).padStart(2, '0')}:00:00.000Z`;
const [one, two, three] = [newId(), newId(), newId()];
const said = (message: string, hour: number, risk?: true): Waiting => ({
  message,
  at: at(hour),
  ...(risk && { risk }),
});
const task = (change: Partial<Task>) =>
  taskSample({ client: newId(), about: one, at: at(9), reason: 'reply', ...change });
const both = [said(one, 8), said(two, 9)];

test('where nothing waits nothing is to be done', () => {
  expect(dutyOf([])).toBeNull();
  expect(dutyOf(waitingIn(undefined))).toBeNull();
  expect(dutyOf(waitingIn({ waiting: [], answeredAt: at(8) }))).toBeNull();
});

test('one duty about all that waits, since the first of it came', () => {
  expect(dutyOf(both)).toEqual({
    ...{ message: one, since: at(8), through: at(9), open: [one, two], isRisk: false, isLate: false },
    cameAt: [at(8), at(9)],
    ...{ assignee: undefined, until: undefined, settledThrough: undefined },
  });
});

test('what somebody took or was given is his until it is answered', () => {
  const me = newId();
  expect(dutyOf(both, task({ status: 'in-progress', assignee: me }))?.assignee).toBe(me);
  expect(dutyOf([...both, said(three, 12)], task({ status: 'requested', assignee: me }))?.assignee).toBe(me);
});

test('what was settled is, and what comes later waits anew, by its own time and for anybody', () => {
  for (const status of ['completed', 'cancelled'] as const) {
    const settled = task({ status, through: at(9), assignee: newId() });
    expect(dutyOf(both, settled)).toBeNull();
    expect(dutyOf([...both, said(three, 12)], settled)).toMatchObject({
      ...{ message: one, since: at(12), open: [three], assignee: undefined },
    });
  }
  // Settled by somebody who had only the first in view.
  expect(dutyOf(both, task({ status: 'cancelled', through: at(8) }))).toMatchObject({ since: at(9), open: [two] });
});

test('what was settled stays settled, whatever is decided about what came later', () => {
  const later = [...both, said(three, 12)];
  const decided = { through: at(12), settledThrough: at(9) } as const;
  const taken = task({ status: 'in-progress', assignee: newId(), ...decided });
  expect(dutyOf(later, taken)).toMatchObject({ since: at(12), open: [three], settledThrough: at(9) });
  const off = task({ status: 'in-progress', until: at(20), ...decided });
  expect(dutyOf(later, off)).toMatchObject({ since: at(12), open: [three], until: at(20) });
  expect(dutyOf(later, task({ status: 'in-progress', settledThrough: null }))).toMatchObject({ since: at(8) });
});

test('what was put off is, until something comes; what may be a risk never', () => {
  const off = task({ status: 'in-progress', until: at(20), through: at(9) });
  expect(dutyOf(both, off)?.until).toBe(at(20));
  expect(dutyOf([...both, said(three, 12)], off)?.until).toBeUndefined();
  expect(dutyOf([said(one, 8, true), said(two, 9)], off)).toMatchObject({ isRisk: true, until: undefined });
  expect(dutyOf([said(one, 8, true), said(two, 9)], task({ status: 'cancelled', through: at(8) }))?.isRisk).toBe(false);
});

test('what was handed over waits like a message, until somebody of the staff has said something since', () => {
  const handed = [said(three, 7)];
  expect(waitingIn({ waiting: both }, handed).map(({ message }) => message)).toEqual([three, one, two]);
  expect(waitingIn({ waiting: both, answeredAt: at(6) }, handed)).toHaveLength(3);
  expect(waitingIn({ waiting: [], answeredAt: at(7) }, handed)).toEqual([]);
});

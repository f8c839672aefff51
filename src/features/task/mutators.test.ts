import { describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Row, StoredRow } from '../../sync/core/record.ts';
import { parseMutation, runParsed } from '../../sync/core/run.ts';
import { rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { declared } from '../shared.ts';
import { chartOf, staffOf } from '../space-names.ts';
import { taskSample } from './samples.ts';
import type { TaskState } from './schema.ts';

const [me, client, id] = [newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const args = { by: me, at: AT, zone: 'UTC', id, client };
const NOT_HERE = { code: 'not-there', where: 'id' };

function taskIn(status: TaskState, space = staffOf(client)): Row {
  const fields = taskSample({ client, about: newId(), status, at: AT });
  return { type: 'task', id, space, version: 1, by: newId(), at: AT, fields };
}

function run(name: string, row: StoredRow | null): StoredRow | null | Refusal {
  const parsed = parseMutation(declared.mutators, { name, args });
  if (typeof parsed === 'string' || isRefusal(parsed)) throw new Error('an act');
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), row]));
  const tx = runParsed(declared, parsed, { by: me, known, device: 'd', base: 0, version: 0, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known.get(`task/${id}`) ?? null;
}

const OPEN = ['requested', 'in-progress'] as const;
const ENDED = ['completed', 'cancelled'] as const;

test('a task that two people started is the first one’s', () => {
  const theirs = taskIn('in-progress');
  const row = { ...theirs, fields: { ...theirs.fields, assignee: newId() } };
  expect(run('task.startTask', row)).toEqual(row);
});

describe.each([
  ['task.startTask', 'in-progress', OPEN, { assignee: me }],
  ['task.completeTask', 'completed', OPEN, {}],
  ['task.cancelTask', 'cancelled', OPEN, {}],
  ['task.reopenTask', 'requested', ENDED, {}],
] as const)('%s', (name, status, from, more) => {
  test('says who did it and when', () => {
    for (const before of from) {
      const row = taskIn(before);
      expect(run(name, row)).toEqual({
        ...row,
        fields: { ...row.fields, status, ...more, changedBy: me, changedAt: AT },
      });
    }
  });

  test('changes nothing where somebody was there before', () => {
    for (const before of from === OPEN ? ENDED : OPEN) {
      const row = taskIn(before);
      expect(run(name, row)).toEqual(row);
    }
  });

  test('is refused where it is not there, gone, or another client’s', () => {
    expect(run(name, null)).toEqual(NOT_HERE);
    expect(run(name, { type: 'task', id, space: staffOf(client), version: 2, deleted: true })).toEqual(NOT_HERE);
    expect(run(name, taskIn('requested', staffOf(newId())))).toEqual(NOT_HERE);
    expect(run(name, taskIn('requested', chartOf(client)))).toEqual(NOT_HERE);
  });
});

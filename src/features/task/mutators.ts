// A task is made by the noun that it is about (`journal.flagEntry`); here is what happens to it afterwards.

import * as z from 'zod/mini';
import type { JsonObject } from '../../base/json.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { staffOf } from '../space-names.ts';
import { TASK } from './schema.ts';
import type { TaskState } from './schema.ts';

const OPEN: readonly unknown[] = ['requested', 'in-progress'] satisfies TaskState[];

const args = z.strictObject({ ...authored, id, client: id });
type Args = z.infer<typeof args>;

/** Of two who started it without a network it is the first one's; the other reads whose. */
export const startTask = moves(
  'task.startTask',
  'in-progress',
  (tx, a) => isOpen(tx, a) && isFreeFor(tx, a) && { assignee: a.by },
);
export const completeTask = moves('task.completeTask', 'completed', (tx, a) => isOpen(tx, a) && {});
export const cancelTask = moves('task.cancelTask', 'cancelled', (tx, a) => isOpen(tx, a) && {});
/** Takes back that it was ended. */
export const reopenTask = moves('task.reopenTask', 'requested', (tx, a) => !isOpen(tx, a) && {});

/** `more` gives what else changes, or false where there is nothing to do: what somebody else has ended before is ended. */
function moves(name: string, status: TaskState, more: (tx: Tx, a: Args) => JsonObject | false) {
  return defineMutator({
    name,
    version: 1,
    verb: 'update',
    args,
    reads: (a) => [{ type: TASK, id: a.id }],
    resource(a, tx) {
      const isHere = tx.get(TASK, a.id)?.space === staffOf(a.client);
      return isHere ? { type: TASK, id: a.id, space: staffOf(a.client) } : { code: 'not-there', where: 'id' };
    },
    run(tx, a) {
      const fields = more(tx, a);
      if (fields) tx.update(TASK, a.id, { status, ...fields, changedBy: a.by, changedAt: a.at });
      return undefined;
    },
  });
}

function isFreeFor(tx: Tx, a: Args): boolean {
  const assignee = tx.get(TASK, a.id)?.fields['assignee'];
  return (assignee ?? a.by) === a.by;
}

function isOpen(tx: Tx, a: Args): boolean {
  return OPEN.includes(tx.get(TASK, a.id)?.fields['status']);
}

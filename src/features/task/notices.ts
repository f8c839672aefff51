import type { NoticeRule } from '../notification/schema.ts';
import type { Task } from './schema.ts';
import { TASK } from './schema.ts';

/** Whoever is to do it is told once: what becomes of it is seen in the list. */
export const taskNotices: readonly NoticeRule[] = [
  {
    type: TASK,
    told({ fields }) {
      const { status, assignee, changedAt } = fields as Task;
      if (status !== 'requested' || changedAt !== undefined) return [];
      return [{ kind: 'task', to: assignee === undefined ? 'team' : { member: assignee } }];
    },
  },
];

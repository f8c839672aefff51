import type { NoticeRule } from '../notification/schema.ts';
import type { Task } from './schema.ts';
import { TASK } from './schema.ts';

/** Whoever is to do it is told once: what becomes of it is seen in the list. */
export const taskNotices: readonly NoticeRule[] = [
  {
    type: TASK,
    told({ fields }) {
      const { reason, status, assignee, changedAt, changedBy } = fields as Task;
      if (status !== 'requested') return [];
      // Of a client's message itself the conversation tells; here only of that somebody gave it to somebody.
      if (reason === 'reply')
        return assignee && assignee !== changedBy ? [{ kind: 'task', to: { member: assignee } }] : [];
      if (changedAt !== undefined) return [];
      return [{ kind: 'task', to: assignee ? { member: assignee } : 'team' }];
    },
  },
];

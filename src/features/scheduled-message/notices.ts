import type { NoticeRule } from '../notification/schema.ts';
import { SCHEDULED } from './schema.ts';
import type { Scheduled } from './schema.ts';

/** What a person has planned and did not go is his to do something about; of who has left, it is theirs who answer in his place. */
export const scheduledNotices: readonly NoticeRule[] = [
  {
    type: SCHEDULED,
    follows: true,
    told({ fields }) {
      const { status, reason, author, automation, kind } = fields as Scheduled;
      if (status !== 'failed' || automation !== undefined) return [];
      if (reason === 'left') return [{ kind: 'task', to: kind === 'front-desk' ? 'desk' : 'team' }];
      return [{ kind: 'task', to: { member: author } }];
    },
  },
];

// Who is told that somebody has written: of a client's words those who answer there, of theirs the client. A header row also moves
// when somebody has read or reacted, which is no news: only what came just before is.

import type { NoticeRule } from '../notification/schema.ts';
import { HEAD } from './schema.ts';
import type { Head } from './schema.ts';

/** A reading that follows at once rewrites the row before anybody has looked: the message is still to be told. */
const JUST_MS = 15_000;

export const chatNotices: readonly NoticeRule[] = [
  {
    type: HEAD,
    reads: (client) => ({ type: 'client', id: client }),
    told({ fields, at, space }, { read }) {
      const { last } = fields as Head;
      if (last === undefined || Date.parse(at) - Date.parse(last.cameAt) > JUST_MS) return [];
      const isByClient = last.by === read?.fields['userId'];
      if (!isByClient) return [{ kind: 'comment', to: 'client' }];
      return [{ kind: 'comment', to: space.startsWith('desk:') ? 'desk' : 'team' }];
    },
  },
];

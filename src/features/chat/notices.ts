// Who is told that somebody has written: of a client's words those who answer there, of theirs the client; of what staff say about a
// client the others of her care team. What all staff say to each other, and what is said in a community, nobody is called for but who is
// mentioned. A header row also moves
// when somebody has read or reacted, which is no news: only what came just before is.

import type { NoticeRule, Told } from '../notification/schema.ts';
import { clientOfSpace, directIn } from '../space-names.ts';
import { HEAD } from './schema.ts';
import type { Head } from './schema-head.ts';
import { PASSED_ON } from './schema-passed-on.ts';
import type { PassedOn } from './schema-passed-on.ts';

/** A reading that follows at once rewrites the row before anybody has looked: the message is still to be told. */
const JUST_MS = 15_000;

const isOfClient = (space: string): boolean => clientOfSpace(space) !== null || directIn(space) !== null;

export const chatNotices: readonly NoticeRule[] = [
  {
    type: HEAD,
    follows: true,
    reads: (client) => ({ type: 'client', id: client }),
    told({ fields, at, space }, { read }) {
      const direct = directIn(space);
      const { last, came = last && { [last.by]: last.cameAt }, mentioned = {} } = fields as Head;
      const isNews = (cameAt: string) => Date.parse(at) - Date.parse(cameAt) <= JUST_MS;
      const authors = Object.entries(came ?? {}).flatMap(([by, cameAt]) => (isNews(cameAt) ? [by] : []));
      const calls = Object.entries(mentioned).flatMap(([row, { by, at: cameAt }]): Told[] =>
        isNews(cameAt) ? [{ kind: 'comment', to: { row }, except: [by] }] : [],
      );
      const answering = direct ? { member: direct.member } : space.startsWith('desk:') ? 'desk' : 'team';
      // Of two who write in one moment each is told of the other.
      if (space.startsWith('staff:') && authors.length > 0)
        return [...calls, { kind: 'comment', to: 'team', except: authors.length === 1 ? authors : [] }];
      const byClient = authors.filter((by) => by === read?.fields['userId']).length;
      // Where no client of one name is, nobody but who was mentioned is called for.
      if (!isOfClient(space)) return calls;
      return [
        ...calls,
        ...(byClient > 0 ? [{ kind: 'comment', to: answering } as const] : []),
        ...(byClient < authors.length ? [{ kind: 'comment', to: 'client' } as const] : []),
      ];
    },
  },
  {
    // Who has an answer to give is told of it; of the words neither the row nor this says any.
    type: PASSED_ON,
    told: ({ fields }) => ((fields as PassedOn).waiting === undefined ? [] : [{ kind: 'task', to: 'team' }]),
  },
];

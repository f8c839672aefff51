// Who is told that something came into a journal. The client hears of what the care team does, the care team of what the
// client does; colleagues are not told of each other's words.

import type { Row } from '../../sync/core/record.ts';
import type { NoticeKind, NoticeRule, Told } from '../notification/schema.ts';
import { holdsCrisisWords } from '../crisis-words.ts';
import type { JournalComment, JournalEntry, JournalReceipts } from './schema.ts';

const FOR_CLIENT: readonly Told[] = [{ kind: 'reaction', to: 'client' }];

export const journalNotices: readonly NoticeRule[] = [
  { type: 'journalEntry', told: (row) => toTeam('entry', wordsOf(row)) },
  { type: 'journalRevision', told: (row) => toTeam('entry', wordsOf(row)) },
  {
    type: 'journalComment',
    told: (row, { isByClient }) =>
      isByClient ? toTeam('comment', (row.fields as JournalComment).body) : [{ kind: 'comment', to: 'client' }],
  },
  { type: 'journalReaction', told: () => FOR_CLIENT },
  {
    type: 'journalReview',
    reads: (client) => ({ type: 'journalReceipts', id: client }),
    // As the screen has it: who never chose is told of what was seen.
    told: (_, { read }) =>
      ((read?.fields as JournalReceipts | undefined)?.receipts ?? 'seen') === 'seen' ? FOR_CLIENT : [],
  },
];

const wordsOf = ({ fields }: Row): string => (fields as Pick<JournalEntry, 'content'>).content.text;

function toTeam(kind: NoticeKind, words: string): Told[] {
  return [{ kind, to: 'team' }, ...(holdsCrisisWords(words) ? [{ kind: 'risk', to: 'team' } as const] : [])];
}

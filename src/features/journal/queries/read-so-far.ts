import type { EntryView } from '../queries.ts';

/** What was before the reader of this entry: the wording, and the client's newest comment. */
export function readSoFarOf({ by, wordings, comments }: Pick<EntryView, 'by' | 'wordings' | 'comments'>) {
  const wording = wordings.at(-1)?.id;
  const comment = comments.filter((one) => one.by === by).at(-1)?.id;
  return { ...(wording && { wording }), ...(comment && { comment }) };
}

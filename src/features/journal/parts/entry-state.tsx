import { Badge } from '../../../ui/badge.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';

const NEWS = { wording: 'journal.state.edited', comment: 'journal.state.replied' } as const;

/** What the care team has done about an entry, and what has come since. */
export function EntryState({ entry }: { entry: EntryView }) {
  const words = useWords<ReviewWord>();
  const state = stateOf(entry);
  const notSent = [...entry.reviews, ...entry.reactions].some(({ sent }) => !sent) || unsentComments(entry).length > 0;
  return (
    <>
      <Badge kind={state === 'unseen' ? 'attention' : 'neutral'}>{words(`journal.state.${state}`)}</Badge>
      {state !== 'unseen' && entry.news !== null && entry.news !== 'entry' && (
        <Badge kind="attention">{words(NEWS[entry.news])}</Badge>
      )}
      {notSent && <Ladder state="device" />}
    </>
  );
}

/** Who reacts has read it. */
function stateOf({ by, comments, reviews, reactions }: EntryView): 'unseen' | 'seen' | 'commented' {
  if (comments.some((comment) => comment.by !== by)) return 'commented';
  return reviews.length + reactions.length > 0 ? 'seen' : 'unseen';
}

const unsentComments = ({ by, comments }: EntryView) =>
  comments.filter((comment) => comment.by !== by && comment.delivery === 'device');

import { useId, useState } from 'react';
import { useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import { REACTIONS } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import type { InboxVerb } from '../../inbox/schema.ts';
import { isRisk } from './inbox-order.ts';

export interface ItemActionsProps {
  entry: EntryView;
  marks: Marks | undefined;
  onAct: (verb: InboxVerb) => void;
}

/** Every verb of the inbox as a button: what the keys do, for fingers. */
export function ItemActions({ entry, marks, onAct }: ItemActionsProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const [reacting, setReacting] = useState(false);
  const chipsId = useId();
  return (
    <div className="inbox-actions" role="group" aria-label={words('journal.review.actions')}>
      <div className="ui-actions">
        {entry.news !== null && (
          <Button icon="eye" onClick={() => onAct('seen')}>
            {words('journal.seen.do')}
          </Button>
        )}
        <Button icon="comment" onClick={() => onAct('reply')}>
          {words('journal.inbox.reply')}
        </Button>
        {entry.news !== null && <Button onClick={() => onAct('noReply')}>{words('journal.review.noReply')}</Button>}
        <Button aria-expanded={reacting} aria-controls={chipsId} onClick={() => setReacting(!reacting)}>
          {words('journal.review.react')}
        </Button>
        <Button onClick={() => onAct('flag')}>
          {words(marks?.flag === undefined ? 'journal.review.flag' : 'journal.review.unflag')}
        </Button>
        {(marks?.snooze !== undefined || (entry.news !== null && !isRisk(entry))) && (
          <Button onClick={() => onAct('snooze')}>
            {words(marks?.snooze === undefined ? 'journal.review.snooze' : 'journal.review.wake')}
          </Button>
        )}
        <Button onClick={() => onAct('delegate')}>{words('journal.review.delegate')}</Button>
      </div>
      <div id={chipsId} hidden={!reacting}>
        {reacting && <ReactionChips entry={entry} onAct={onAct} />}
      </div>
    </div>
  );
}

function ReactionChips({ entry, onAct }: Pick<ItemActionsProps, 'entry' | 'onAct'>) {
  const words = useWords<JournalWord>();
  const { memberId } = useWorkspace().reader;
  const own = new Set(entry.reactions.filter(({ by }) => by === memberId).map(({ reaction }) => reaction));
  return (
    <div className="ui-actions">
      {REACTIONS.map((reaction) => (
        <Button
          key={reaction}
          aria-pressed={own.has(reaction)}
          variant={own.has(reaction) ? 'primary' : 'quiet'}
          onClick={() => onAct(reaction)}
        >
          {words(`journal.reaction.${reaction}`)}
        </Button>
      ))}
    </div>
  );
}

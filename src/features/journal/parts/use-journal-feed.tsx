// The journal's part of the inbox: entries that await the reader, over all charts of the reader's care teams, and what is done
// about one.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useSteady } from '../../../ui/use-steady.ts';
import { useWords } from '../../../ui/words.ts';
import type { InboxFeed, InboxRow, InboxStand, InboxVerb } from '../../inbox/schema.ts';
import type { EntryView } from '../queries.ts';
import type { InboxRead } from '../queries-inbox.ts';
import { REACTIONS } from '../schema.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import { batchOf } from './batch.ts';
import type { ClientHeading, CommentAdvice } from './client-heading.ts';
import { DelegateDialog } from './delegate-dialog.tsx';
import { FlagDialog } from './flag-dialog.tsx';
import { InboxItem } from './inbox-item.tsx';
import { rowOf } from './inbox-order.ts';
import { useInbox } from './use-inbox.ts';
import { useReviewActs } from './use-review-acts.ts';
import type { ReviewActs, TaskActs } from './use-review-acts.ts';

export interface JournalFeedOptions {
  stand: InboxStand;
  hrefOf: (client: string, entry: string) => string;
  /** Name and birth date, together, of the client to whose record one writes. */
  clientHeader: ClientHeading;
  commentAdvice?: CommentAdvice | undefined;
  taskActs: TaskActs;
}

type Asking = { readonly what: 'flag' | 'delegate'; readonly entry: EntryView } | null;

export function useJournalFeed(options: JournalFeedOptions): InboxFeed<ReactNode> {
  const { stand, hrefOf, clientHeader, commentAdvice, taskActs } = options;
  const { memberId } = useWorkspace().reader;
  const [asking, setAsking] = useState<Asking>(null);
  const say = useToast();
  const read = useInbox(stand.replying);
  const acts = useReviewActs({ tasks: taskActs, onHandled: stand.keep });
  const marksOf = (entry: EntryView) => read?.marks.get(entry.id);
  const entryOf = ({ id }: InboxRow) => read?.entries.find((entry) => entry.id === id);
  const entriesOf = (rows: readonly InboxRow[]) => rows.flatMap((row) => entryOf(row) ?? []);
  const act = (verb: InboxVerb, entry: EntryView) => {
    const marks = marksOf(entry);
    const reaction = REACTIONS.find((one) => one === verb);
    if (reaction !== undefined) acts.toggleReaction(entry, reaction);
    else if (verb === 'seen') acts.seen({ entries: [entry] });
    else if (verb === 'reply') stand.reply(entry.id);
    else if (verb === 'noReply') acts.noReply(entry);
    else if (verb === 'snooze') acts.snooze(entry, marks);
    else if (verb === 'flag' && marks?.flag !== undefined) acts.unflag(entry, marks.flag);
    else if (verb === 'flag') setAsking({ what: 'flag', entry });
    else if (verb === 'delegate') setAsking({ what: 'delegate', entry });
  };
  const onAct = useSteady(act);
  const onCommented = useSteady((entry: EntryView, said: string) => {
    stand.keep([entry.id]);
    say({ text: said });
  });
  const draw = (row: InboxRow) => {
    const entry = entryOf(row);
    if (read === undefined || entry === undefined) return null;
    const replying = stand.replying === entry.id;
    return (
      <InboxItem
        {...{ entry, replying, onAct, onCommented }}
        marks={marksOf(entry)}
        nowMs={stand.nowMs}
        names={read.names}
        href={hrefOf(entry.client, entry.id)}
        onReply={stand.reply}
        header={replying ? clientHeader(entry.client, 'line') : null}
        advice={commentAdvice}
      />
    );
  };
  return {
    noun: 'journal',
    rows: read?.entries.map((entry) => rowOf(entry, { marks: marksOf(entry), me: memberId, nowMs: stand.nowMs })),
    draw,
    drawHead: (rows) => <GroupHead entries={entriesOf(rows)} {...{ marksOf, acts }} />,
    drawTop: (rows) => <BatchAll entries={entriesOf(rows)} {...{ marksOf, acts }} />,
    act(verb, row) {
      const entry = entryOf(row);
      if (entry !== undefined) act(verb, entry);
    },
    undoLast: acts.undoLast,
    isAsking: asking !== null,
    beside: <Beside {...{ asking, acts, clientHeader }} onClose={() => setAsking(null)} />,
  };
}

interface BesideProps {
  asking: Asking;
  acts: ReviewActs;
  clientHeader: ClientHeading;
  onClose: () => void;
}

function Beside({ asking, acts, clientHeader, onClose }: BesideProps) {
  const header = asking && clientHeader(asking.entry.client, 'line');
  const of = (what: 'flag' | 'delegate') => (asking?.what === what ? asking.entry : null);
  return (
    <>
      <ActNotice state={acts.state} />
      <FlagDialog entry={of('flag')} header={header} onClose={onClose} onFlagged={acts.flagged} />
      <DelegateDialog entry={of('delegate')} header={header} onClose={onClose} onGiven={acts.delegated} />
    </>
  );
}

interface HeadProps {
  entries: readonly EntryView[];
  marksOf: (entry: EntryView) => ReturnType<InboxRead['marks']['get']>;
  acts: ReviewActs;
}

/** What the client wants to be told, and what can be done with all of hers at once. */
function GroupHead({ entries, marksOf, acts }: HeadProps) {
  const words = useWords<ReviewWord>();
  const batch = batchOf(entries, marksOf);
  const receipts = entries[0]?.receipts ?? 'seen';
  return (
    <div className="inbox-group-head">
      <p className="ui-muted">{words(`journal.receipts.${receipts}`)}</p>
      {batch.entries.length > 0 && (
        <Button icon="check-double" onClick={() => acts.seen(batch)}>
          {words('journal.batch.do', { count: batch.entries.length })}
        </Button>
      )}
    </div>
  );
}

/** The same for all that is shown, where it is of more than one client. */
function BatchAll({ entries, marksOf, acts }: HeadProps) {
  const words = useWords<ReviewWord>();
  const batch = batchOf(entries, marksOf);
  if (new Set(batch.entries.map(({ client }) => client)).size < 2) return null;
  return (
    <div className="ui-actions">
      <Button icon="check-double" onClick={() => acts.seen(batch)}>
        {words('journal.batch.all', { count: batch.entries.length })}
      </Button>
    </div>
  );
}

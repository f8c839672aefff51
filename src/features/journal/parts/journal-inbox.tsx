import { useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useSteady } from '../../../ui/use-steady.ts';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import { batchOf } from './batch.ts';
import type { ClientHeading, CommentAdvice } from './client-heading.ts';
import { DelegateDialog } from './delegate-dialog.tsx';
import { FlagDialog } from './flag-dialog.tsx';
import { verbOfKey, useInboxKeys, useKeysChoice } from './inbox-keys.ts';
import type { Verb } from './inbox-keys.ts';
import { InboxItem } from './inbox-item.tsx';
import { OVERDUE_DAYS } from './inbox-order.ts';
import type { ClientGroup } from './inbox-order.ts';
import { KeysHelp } from './keys-help.tsx';
import { useQueue } from './use-queue.ts';
import type { Filter, Queue } from './use-queue.ts';
import { useReviewActs } from './use-review-acts.ts';
import type { ReviewActs, TaskActs } from './use-review-acts.ts';
import './journal-inbox.css';

export interface JournalInboxProps {
  hrefOf: (client: string, entry: string) => string;
  /** Name and birth date, together, of the client whose entries follow or to whose record one writes. */
  clientHeader: ClientHeading;
  commentAdvice?: CommentAdvice | undefined;
  taskActs: TaskActs;
}

const FILTERS: readonly Filter[] = ['waiting', 'all'];

/** The queue of journal entries that await the reader, over all charts of the reader's care teams. */
export function JournalInbox(props: JournalInboxProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const list = useRef<HTMLDivElement>(null);
  const [replying, setReplying] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ what: 'flag' | 'delegate'; entry: EntryView } | null>(null);
  const [keysOn, setKeysOn] = useKeysChoice();
  const [helping, setHelping] = useState(false);
  const queue = useQueue(replying);
  const acts = useReviewActs({ tasks: props.taskActs, onHandled: queue.keep });
  const act = (verb: Verb, entry: EntryView) => {
    const marks = queue.marksOf(entry);
    if (verb === 'seen') acts.seen({ entries: [entry] });
    else if (verb === 'reply') setReplying(entry.id);
    else if (verb === 'noReply') acts.noReply(entry);
    else if (verb === 'snooze') acts.snooze(entry, marks);
    else if (verb === 'flag' && marks?.flag !== undefined) acts.unflag(entry, marks.flag);
    else if (verb === 'flag' || verb === 'delegate') setAsking({ what: verb, entry });
    else acts.toggleReaction(entry, verb);
  };
  useInboxKeys(list, {
    on: keysOn,
    press(key, id) {
      if (key === 'help') return setHelping(true);
      if (key === 'u') return acts.undoLast();
      const [verb, entry] = [verbOfKey(key), queue.byId(id)];
      // Who has just opened a composer or a dialog is typing already: letters must not become acts before it has the focus.
      const isOpening = asking !== null || id === replying;
      if (entry && verb && !isOpening) act(verb, entry);
    },
  });
  return (
    <div className="journal-inbox" ref={list}>
      <div className="journal-inbox-head">
        <ChoiceField
          label={words('journal.inbox.filter')}
          choices={FILTERS.map((value) => ({ value, label: words(`journal.inbox.${value}`) }))}
          value={queue.filter}
          onChange={queue.setFilter}
        />
        <Button onClick={() => setHelping(true)}>{words('journal.keys')}</Button>
      </div>
      <p className="ui-muted">{words('journal.inbox.order', { days: OVERDUE_DAYS })}</p>
      <ActNotice state={acts.state} />
      <BatchAll queue={queue} acts={acts} />
      <Groups {...props} {...{ queue, acts, act, replying, setReplying }} />
      <KeysHelp open={helping} onClose={() => setHelping(false)} on={keysOn} onChoose={setKeysOn} />
      <FlagDialog
        entry={asking?.what === 'flag' ? asking.entry : null}
        header={asking && props.clientHeader(asking.entry.client, 'line')}
        onClose={() => setAsking(null)}
        onFlagged={acts.flagged}
      />
      <DelegateDialog
        entry={asking?.what === 'delegate' ? asking.entry : null}
        header={asking && props.clientHeader(asking.entry.client, 'line')}
        onClose={() => setAsking(null)}
        onGiven={acts.delegated}
      />
    </div>
  );
}

interface GroupsProps extends JournalInboxProps {
  queue: Queue;
  acts: ReviewActs;
  act: (verb: Verb, entry: EntryView) => void;
  replying: string | null;
  setReplying: (entry: string | null) => void;
}

function Groups({ queue, acts, act, replying, setReplying, hrefOf, clientHeader, commentAdvice }: GroupsProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const say = useToast();
  const { shown, names } = queue;
  const onAct = useSteady(act);
  const onCommented = useSteady((entry: EntryView, said: string) => {
    queue.keep([entry.id]);
    say({ text: said });
  });
  if (shown === undefined || names === undefined) return <Skeleton />;
  if (shown.length === 0) return <NothingHere filter={queue.filter} />;
  return (
    <>
      {shown.map(({ client, entries }) => (
        <section key={client} className="journal-group">
          {clientHeader(client, 'heading')}
          <GroupHead entries={entries} queue={queue} acts={acts} />
          <ul className="journal-items" role="list">
            {entries.map((entry) => (
              <InboxItem
                key={entry.id}
                entry={entry}
                marks={queue.marksOf(entry)}
                nowMs={queue.nowMs}
                names={names}
                href={hrefOf(client, entry.id)}
                replying={replying === entry.id}
                onReply={setReplying}
                onAct={onAct}
                onCommented={onCommented}
                header={replying === entry.id ? clientHeader(client, 'line') : null}
                advice={commentAdvice}
              />
            ))}
          </ul>
        </section>
      ))}
      {queue.more && <Button onClick={queue.showMore}>{words('journal.older')}</Button>}
    </>
  );
}

/** What the client wants to be told, and what can be done with all of hers at once. */
function GroupHead({ entries, queue, acts }: Pick<GroupsProps, 'queue' | 'acts'> & Pick<ClientGroup, 'entries'>) {
  const words = useWords<ReviewWord>();
  const batch = batchOf(entries, queue.marksOf);
  const receipts = entries[0]?.receipts ?? 'seen';
  return (
    <div className="journal-group-head">
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
function BatchAll({ queue, acts }: Pick<GroupsProps, 'queue' | 'acts'>) {
  const words = useWords<ReviewWord>();
  const groups: readonly ClientGroup[] = queue.shown ?? [];
  const batches = groups.map(({ entries }) => batchOf(entries, queue.marksOf));
  if (batches.filter(({ entries }) => entries.length > 0).length < 2) return null;
  const batch = batchOf(
    groups.flatMap(({ entries }) => entries),
    queue.marksOf,
  );
  return (
    <div className="ui-actions">
      <Button icon="check-double" onClick={() => acts.seen(batch)}>
        {words('journal.batch.all', { count: batch.entries.length })}
      </Button>
    </div>
  );
}

function NothingHere({ filter }: { filter: Filter }) {
  const words = useWords<ReviewWord>();
  const key = filter === 'waiting' ? 'empty' : 'none';
  return (
    <EmptyState icon={filter === 'waiting' ? 'check' : 'inbox'} title={words(`journal.inbox.${key}.title`)}>
      {words(`journal.inbox.${key}.text`)}
    </EmptyState>
  );
}

import { useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import type { ClientHeading, CommentAdvice } from './client-heading.ts';
import { useInboxKeys, useKeysChoice } from './inbox-keys.ts';
import { firstOf, groupByClient } from './inbox-order.ts';
import { InboxItem } from './inbox-item.tsx';
import { KeysHelp } from './keys-help.tsx';
import { useInbox } from './use-inbox.ts';
import { useMarkSeen } from './use-mark-seen.ts';
import './journal-inbox.css';

export interface JournalInboxProps {
  hrefOf: (client: string, entry: string) => string;
  /** Name and birth date, together, of the client whose entries follow or to whose record one writes. */
  clientHeader: ClientHeading;
  commentAdvice?: CommentAdvice | undefined;
}

type Filter = 'waiting' | 'all';
const FILTERS: readonly Filter[] = ['waiting', 'all'];
const PAGE = 50;

/** The queue of journal entries that await the reader, over all charts of the reader's care teams. */
export function JournalInbox(props: JournalInboxProps) {
  const words = useWords<JournalWord>();
  const list = useRef<HTMLDivElement>(null);
  const inbox = useQueue();
  const [keysOn, setKeysOn] = useKeysChoice();
  const [helping, setHelping] = useState(false);
  useInboxKeys(list, {
    on: keysOn,
    acts: { seen: inbox.seenById, reply: inbox.setReplying, help: () => setHelping(true) },
  });
  return (
    <div className="journal-inbox" ref={list}>
      <div className="journal-inbox-head">
        <ChoiceField
          label={words('journal.inbox.filter')}
          choices={FILTERS.map((value) => ({ value, label: words(`journal.inbox.${value}`) }))}
          value={inbox.filter}
          onChange={inbox.setFilter}
        />
        <Button onClick={() => setHelping(true)}>{words('journal.keys')}</Button>
      </div>
      <ActNotice state={inbox.state} />
      <Queue inbox={inbox} {...props} />
      <KeysHelp open={helping} onClose={() => setHelping(false)} on={keysOn} onChoose={setKeysOn} />
    </div>
  );
}

/** What stands in the queue. What is dealt with stays in sight, as *Seen*, until the filter is chosen anew. */
function useQueue() {
  const [filter, setFilter] = useState<Filter>('waiting');
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const [replying, setReplying] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE);
  const { mark, state } = useMarkSeen();
  const read = useInbox(handled);
  const say = useToast();
  const isOpen = (entry: EntryView) => entry.news !== null || handled.has(entry.id);
  const wanted = read?.entries.filter((entry) => filter === 'all' || isOpen(entry) || entry.id === replying);
  const keep = (id: string) => setHandled((before) => new Set([...before, id]));
  function seen(entry: EntryView): void {
    keep(entry.id);
    void mark(entry);
  }
  return {
    filter,
    state,
    replying,
    names: read?.names,
    groups: wanted && firstOf(groupByClient(wanted, isOpen), limit),
    more: wanted !== undefined && wanted.length > limit,
    showMore: () => setLimit(limit + PAGE),
    commented(id: string, said: string) {
      keep(id);
      say({ text: said });
    },
    seen,
    setReplying,
    seenById(id: string) {
      const entry = read?.entries.find((one) => one.id === id);
      if (entry) seen(entry);
    },
    setFilter(next: Filter) {
      setFilter(next);
      setHandled(new Set());
      setLimit(PAGE);
    },
  };
}

function Queue({
  inbox,
  hrefOf,
  clientHeader,
  commentAdvice,
}: JournalInboxProps & { inbox: ReturnType<typeof useQueue> }) {
  const words = useWords<JournalWord>();
  const { groups, names } = inbox;
  if (groups === undefined || names === undefined) return <Skeleton />;
  if (groups.length === 0) return <NothingHere filter={inbox.filter} />;
  return (
    <>
      {groups.map(({ client, entries }) => (
        <section key={client} className="journal-group">
          {clientHeader(client, 'heading')}
          <ul className="journal-items" role="list">
            {entries.map((entry) => (
              <InboxItem
                key={entry.id}
                entry={entry}
                names={names}
                href={hrefOf(client, entry.id)}
                replying={inbox.replying === entry.id}
                onReply={(open) => inbox.setReplying(open ? entry.id : null)}
                onSeen={() => inbox.seen(entry)}
                onCommented={(said) => inbox.commented(entry.id, said)}
                header={clientHeader(client, 'line')}
                advice={commentAdvice}
              />
            ))}
          </ul>
        </section>
      ))}
      {inbox.more && <Button onClick={inbox.showMore}>{words('journal.older')}</Button>}
    </>
  );
}

function NothingHere({ filter }: { filter: Filter }) {
  const words = useWords<JournalWord>();
  const key = filter === 'waiting' ? 'empty' : 'none';
  return (
    <EmptyState icon={filter === 'waiting' ? 'check' : 'inbox'} title={words(`journal.inbox.${key}.title`)}>
      {words(`journal.inbox.${key}.text`)}
    </EmptyState>
  );
}

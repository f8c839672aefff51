import { Fragment, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { useKeysChoice } from '../../../ui/single-keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../../journal/words/catalogue.ts';
import type { ReviewWord } from '../../journal/words/review/catalogue.ts';
import { INBOX_FILTERS } from '../schema.ts';
import type { InboxFeed, InboxFilter, InboxRow } from '../schema.ts';
import { KeysHelp } from './keys-help.tsx';
import { useInboxKeys, verbOfKey } from './keys.ts';
import type { ClientGroup } from './order.ts';
import { EVERYONE, useOverdueOf } from './use-overdue-of.ts';
import { useQueue } from './use-queue.ts';
import type { QueueStand } from './use-queue.ts';
import './inbox.css';

export interface InboxProps {
  stand: QueueStand;
  /** What each noun brings. */
  feeds: readonly InboxFeed<ReactNode>[];
  /** Name and birth date, together, of the client whose rows follow. */
  headingOf: (client: string, rows: readonly InboxRow[]) => ReactNode;
  /** How a provider is called, by his membership. */
  nameOf: (provider: string) => string;
  /** By what it is sorted, in words. */
  order: string;
}

/** Everything that awaits the reader, of whatever noun, in one queue. */
export function Inbox({ stand, feeds, headingOf, nameOf, order }: InboxProps) {
  const words = useWords<JournalWord | ReviewWord>();
  const list = useRef<HTMLDivElement>(null);
  const lastActed = useRef<InboxFeed<ReactNode>>(undefined);
  const [keysOn, setKeysOn] = useKeysChoice();
  const [helping, setHelping] = useState(false);
  const isRead = feeds.every(({ rows }) => rows !== undefined);
  const all = isRead ? feeds.flatMap(({ rows = [] }) => rows) : undefined;
  const overdue = useOverdueOf(stand, all);
  const queue = useQueue(stand, overdue.rows);
  const shown = queue.shown ?? [];
  // Who stands in for nobody has no use for the choice.
  const covers = stand.filter === 'cover' || feeds.some(({ rows }) => rows?.some(({ isCover }) => isCover));
  const filters = INBOX_FILTERS.filter((value) => value !== 'cover' || covers);
  const feedBy = new Map(feeds.flatMap((feed) => (feed.rows ?? []).map(({ id }) => [id, feed] as const)));
  const rowsOf = (feed: InboxFeed<ReactNode>, rows: readonly InboxRow[]) =>
    rows.filter(({ id }) => feedBy.get(id) === feed);
  useInboxKeys(list, {
    on: keysOn,
    press(key, id) {
      if (key === 'help') return setHelping(true);
      if (key === 'u') return (lastActed.current ?? feeds[0])?.undoLast();
      const [verb, feed] = [verbOfKey(key), feedBy.get(id)];
      const row = feed?.rows?.find((one) => one.id === id);
      // Who has just opened a composer or a dialog is typing already: letters must not become acts before it has the focus.
      const isOpening = id === stand.replying || feeds.some(({ isAsking }) => isAsking);
      if (!row || !feed || !verb || isOpening) return undefined;
      lastActed.current = feed;
      return feed.act(verb, row);
    },
  });
  return (
    <div className="inbox" ref={list}>
      <div className="inbox-head">
        <ChoiceField
          label={words('journal.inbox.filter')}
          choices={filters.map((value) => ({ value, label: words(`journal.inbox.${value}`) }))}
          value={stand.filter}
          onChange={stand.setFilter}
        />
        <Button onClick={() => setHelping(true)}>{words('journal.keys')}</Button>
      </div>
      {overdue.providers.length > 1 && (
        <SelectField
          label={words('journal.inbox.provider')}
          options={[
            { value: EVERYONE, label: words('journal.inbox.everyone') },
            ...overdue.providers.map((id) => ({ value: id, label: nameOf(id) })),
          ]}
          value={overdue.provider}
          onChange={overdue.choose}
        />
      )}
      <p className="ui-muted">{order}</p>
      {feeds.map((feed) => (
        <Fragment key={feed.noun}>
          {feed.beside}
          {feed.drawTop?.(
            rowsOf(
              feed,
              shown.flatMap(({ rows }) => rows),
            ),
          )}
        </Fragment>
      ))}
      {queue.shown === undefined && <Skeleton />}
      {queue.shown?.length === 0 && <NothingHere filter={stand.filter} />}
      {shown.map((group) => (
        <Group key={group.client} {...{ group, feeds, headingOf, rowsOf, feedBy }} />
      ))}
      {queue.more && <Button onClick={queue.showMore}>{words('journal.older')}</Button>}
      <KeysHelp open={helping} onClose={() => setHelping(false)} on={keysOn} onChoose={setKeysOn} />
    </div>
  );
}

interface GroupProps extends Pick<InboxProps, 'feeds' | 'headingOf'> {
  group: ClientGroup;
  rowsOf: (feed: InboxFeed<ReactNode>, rows: readonly InboxRow[]) => readonly InboxRow[];
  feedBy: ReadonlyMap<string, InboxFeed<ReactNode>>;
}

function Group({ group: { client, rows }, feeds, headingOf, rowsOf, feedBy }: GroupProps) {
  return (
    <section className="inbox-group">
      {headingOf(client, rows)}
      {feeds.map((feed) => {
        const own = rowsOf(feed, rows);
        return own.length > 0 && <Fragment key={feed.noun}>{feed.drawHead?.(own)}</Fragment>;
      })}
      <ul role="list">
        {rows.map((row) => (
          <Fragment key={row.id}>{feedBy.get(row.id)?.draw(row)}</Fragment>
        ))}
      </ul>
    </section>
  );
}

function NothingHere({ filter }: { filter: InboxFilter }) {
  const words = useWords<ReviewWord>();
  const key = filter === 'all' ? 'none' : 'empty';
  return (
    <EmptyState icon={key === 'empty' ? 'check' : 'inbox'} title={words(`journal.inbox.${key}.title`)}>
      {words(`journal.inbox.${key}.text`)}
    </EmptyState>
  );
}

import { use } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { EntryContent } from './entry-content.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime, usePlaceFormat } from './entry-time.tsx';
import { KindIcon } from './journal-icon.tsx';
import { groupByDay } from './group-by-day.ts';
import { PrivateSideContext } from './private-side.ts';
import { useKindName } from './use-kinds.ts';
import './entry-list.css';

export interface EntryListProps {
  entries: readonly EntryView[];
  hrefOf: (entry: string) => string;
  /** A client sees how far an entry has come; the staff, who has dealt with it. */
  viewer: 'client' | 'staff';
}

/** Entries by the day on which they were written, newest first. */
export function EntryList({ entries, hrefOf, viewer }: EntryListProps) {
  return groupByDay(entries).map(({ day, entries: ofDay }) => (
    <section key={day} className="journal-day">
      <DayHeading at={ofDay[0].at} zone={ofDay[0].zone} />
      <List>
        {ofDay.map((entry) => (
          <EntryRow key={entry.id} entry={entry} href={hrefOf(entry.id)} viewer={viewer} />
        ))}
      </List>
    </section>
  ));
}

function DayHeading({ at, zone }: { at: string; zone: string }) {
  return <h2 className="journal-day-name">{usePlaceFormat(zone).day(at)}</h2>;
}

function EntryRow({ entry, href, viewer }: { entry: EntryView; href: string; viewer: EntryListProps['viewer'] }) {
  return (
    <ListRow
      href={href}
      title={<KindName kind={entry.kind} />}
      meta={<EntryTime at={entry.at} zone={entry.zone} look="time" />}
      foot={
        <>
          <HowFar entry={entry} viewer={viewer} />
          <EntryNotes entry={entry} />
        </>
      }
    >
      <EntryContent content={entry.content} client={entry.client} clamped />
    </ListRow>
  );
}

/** How far it has come, for its author, or who has dealt with it; of what is the author's alone, that it is. */
export function HowFar({ entry, viewer }: { entry: EntryView; viewer: EntryListProps['viewer'] }) {
  const beside = use(PrivateSideContext);
  if (entry.privacy) return beside && <beside.Label entry={entry} />;
  return viewer === 'client' ? <Ladder state={entry.delivery} /> : <EntryState entry={entry} />;
}

/** The name of a kind with its picture. */
export function KindName({ kind }: Pick<EntryView, 'kind'>): ReactNode {
  const nameOf = useKindName();
  return (
    <span className="journal-kind">
      <KindIcon kind={kind} />
      <span dir="auto">{nameOf(kind)}</span>
    </span>
  );
}

/** How much has been said about it, and whether it was worded anew. */
function EntryNotes({ entry }: { entry: EntryView }) {
  const words = useWords<JournalWord>();
  const count = entry.comments.length;
  return (
    <>
      {entry.reactions.map(({ id, reaction }) => (
        <Badge key={id} kind="accent">
          {words(`journal.reaction.${reaction}`)}
        </Badge>
      ))}
      {count > 0 && <span className="journal-count">{words('journal.comments.count', { count })}</span>}
      {entry.wordings.length > 1 && <Badge>{words('journal.edited')}</Badge>}
    </>
  );
}

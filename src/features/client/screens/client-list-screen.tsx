import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { useKeptInPieces } from '../../../sync/client/react-pieces.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { useKeysChoice } from '../../../ui/single-keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useLocale, useWords } from '../../../ui/words.ts';
import { keepForPrint, toPrint } from '../parts/for-print.ts';
import { ListFilters } from '../parts/list-filters.tsx';
import { answersTo, inAddress, isNarrowed, nothingAsked, toAddress } from '../parts/list-question.ts';
import type { ListQuestion } from '../parts/list-question.ts';
import { ListKeysHelp } from '../parts/list-keys-help.tsx';
import { ClientRow } from '../parts/list-row.tsx';
import { LongList } from '../parts/long-list.tsx';
import type { LongListHandle } from '../parts/long-list.tsx';
import { SelectionBar } from '../parts/selection-bar.tsx';
import { useListKeys } from '../parts/use-list-keys.ts';
import { useQuestion } from '../parts/use-question.ts';
import type { QuestionOptions } from '../parts/use-question.ts';
import { useSelection } from '../parts/use-selection.ts';
import { createListing, createReached } from '../queries-list.ts';
import type { ListedClient, Listing, Reach } from '../queries-list.ts';
import type { ClientWord } from '../words/catalogue.ts';
import './client-list-screen.css';

export interface ClientListScreenProps extends Pick<QuestionOptions, 'asked' | 'onAsk'> {
  hrefOf: (client: string) => string;
  /** What else stands beside a client: that something awaits there. */
  marksOf?: ((reach: Reach) => ReactNode) | undefined;
  /** Whose message waits for an answer; read where it is asked for. */
  readOwed: (reader: Reader) => Promise<ReadonlyMap<string, unknown>>;
  /** Where something is done with all who are chosen. */
  togetherHref: (what: string) => string;
  /** One's own views: what is asked at the moment, and what is to be asked instead. */
  drawViews: (asked: Record<string, string>, onPick: (asked: Record<string, string>) => void) => ReactNode;
  /** Where what was kept for print is printed. */
  onPrint: () => void;
  /** Where somebody is taken on. */
  addHref: string;
  /** Where many are, from a list. */
  importHref: string;
}

/** One reading for each language: each has its own order of names. */
const listings = new Map<string, () => ReturnType<typeof createListing>>();
function listingIn(tags: readonly string[]) {
  const key = tags.join();
  const known = listings.get(key) ?? (() => createListing(tags));
  listings.set(key, known);
  return known;
}

/** The clients that the reader may know of: a caseload, or for the office all of the practice. */
export function ClientListScreen(props: ClientListScreenProps) {
  const words = useWords<ClientWord>();
  const { tags } = useLocale();
  const listing = useKeptInPieces<Listing>(listingIn(tags));
  const isRead = listing !== undefined && listing.clients.length === listing.total;
  const add = (
    <>
      <ButtonLink href={props.importHref}>{words('client.import')}</ButtonLink>
      <ButtonLink href={props.addHref} icon="plus">
        {words('client.add')}
      </ButtonLink>
    </>
  );
  return (
    <Page title={words('client.title')} actions={add}>
      {!isRead && <Skeleton rows={5} />}
      {!isRead && listing !== undefined && (
        <p className="ui-muted" aria-live="polite">
          {words('client.reading', { done: listing.done, total: listing.total })}
        </p>
      )}
      {isRead && listing.total === 0 && (
        <EmptyState icon="clients" title={words('client.empty.title')}>
          {words('client.empty.text')}
        </EmptyState>
      )}
      {isRead && listing.total > 0 && <FilteredClients clients={listing.clients} {...props} />}
    </Page>
  );
}

const NOTHING: ReadonlyMap<string, Reach> = new Map();
const NOBODY: ReadonlyMap<string, unknown> = new Map();

function FilteredClients(props: FilteredProps) {
  const { clients, hrefOf, marksOf, readOwed, togetherHref, drawViews, onPrint, asked, onAsk } = props;
  const words = useWords<ClientWord>();
  const list = useRef<LongListHandle>(null);
  const search = useRef<HTMLDivElement>(null);
  const [keysOn, setKeysOn] = useKeysChoice();
  const [helping, setHelping] = useState(false);
  // Whoever has a caseload begins with it; the office, which has none, with everybody.
  const hasBoth = useMemo(() => new Set(clients.map(({ mine }) => mine === null)).size > 1, [clients]);
  const whose = hasBoth ? 'mine' : 'all';
  const { question, ask } = useQuestion({ whose, asked, onAsk });
  const reached = useKeptInPieces(createReached);
  const owed = useOwed(readOwed, question.only === 'reply');
  const found = useFound(clients, question, { reached: reached?.byClient ?? NOTHING, owed: owed ?? NOBODY });
  const selection = useSelection();
  useListKeys({
    ...{ list, search, count: found.length, on: keysOn },
    press(key, at) {
      if (keysOn && key === '?') {
        setHelping(true);
        return true;
      }
      const client = keysOn && key === 'x' && at !== null ? found[at] : undefined;
      if (client !== undefined) selection.toggle(client.id);
      return client !== undefined;
    },
  });
  const isAsked = isNarrowed(question, whose);
  const isLate =
    (question.typed !== '' && !reached?.isWhole) ||
    (question.only === 'invited' && !reached?.isWhole) ||
    (question.only === 'reply' && owed === undefined);
  return (
    <>
      {drawViews(toAddress(question), (view) => ask(inAddress(view, whose)))}
      <ListFilters {...{ question, hasBoth, search }} onChange={ask} />
      <div className="client-found">
        <p className="ui-muted" aria-live="polite">
          {isAsked
            ? words('client.foundOf', { count: found.length, total: clients.length })
            : words('client.found', { count: found.length })}
          {isLate && <> {words('client.late')}</>}
        </p>
        {isAsked && <Button onClick={() => ask(nothingAsked(whose))}>{words('client.filter.clear')}</Button>}
        <ListKeysHelp
          {...{ open: helping, on: keysOn, onChoose: setKeysOn }}
          onOpen={() => setHelping(true)}
          onClose={() => setHelping(false)}
        />
        {!selection.isOn && <Button onClick={selection.begin}>{words('client.select')}</Button>}
        <Button
          onClick={() => {
            keepForPrint(toPrint(found, selection.ids));
            onPrint();
          }}
        >
          {selection.ids.size > 0 ? words('client.print.chosen', { count: selection.ids.size }) : words('client.print')}
        </Button>
      </div>
      {selection.isOn && (
        <SelectionBar
          {...{ ids: selection.ids, found, hrefOf: togetherHref }}
          onAll={() => selection.choose(found.map(({ id }) => id))}
          onEnd={selection.end}
        />
      )}
      {found.length === 0 && !isLate && (
        <EmptyState title={words('client.none.title')}>{words('client.none.text')}</EmptyState>
      )}
      <LongList
        ref={list}
        label={words('client.list')}
        count={found.length}
        of={found}
        draw={(at) => {
          const client = found[at];
          if (client === undefined) return null;
          const reach = reached?.byClient.get(client.id);
          const place = { at, count: found.length, href: hrefOf(client.id) };
          const choice = {
            chosen: selection.isOn ? selection.ids.has(client.id) : undefined,
            onChoose: selection.toggle,
          };
          return <ClientRow key={client.id} {...{ client, reach, marksOf }} {...place} {...choice} />;
        }}
      />
    </>
  );
}

type FilteredProps = Omit<ClientListScreenProps, 'addHref' | 'importHref'> & { clients: readonly ListedClient[] };

/** What is typed is shown at once; a long list follows as it can. */
function useFound(
  clients: readonly ListedClient[],
  question: ListQuestion,
  { reached, owed }: { reached: ReadonlyMap<string, Reach>; owed: ReadonlyMap<string, unknown> },
): readonly ListedClient[] {
  const nowMs = useNow();
  const asked = useDeferredValue(question);
  return useMemo(
    () => answersTo(asked, clients, { reached, owed, now: new Date(nowMs).toISOString() }),
    [asked, clients, reached, owed, nowMs],
  );
}

/** Undefined while it is read, and where it is not asked for. */
function useOwed(read: ClientListScreenProps['readOwed'], isAsked: boolean): ReadonlyMap<string, unknown> | undefined {
  const answer = useLive(async (reader) => (isAsked ? await read(reader) : undefined), [read, isAsked]);
  return isAsked ? answer : undefined;
}

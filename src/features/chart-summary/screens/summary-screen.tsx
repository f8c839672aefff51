import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import type { PageProps } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserName, UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { ItemDialog } from '../parts/item-dialog.tsx';
import type { OpenedItem } from '../parts/item-dialog.tsx';
import { ItemName } from '../parts/summary-line.tsx';
import { SummaryNotice } from '../parts/summary-notice.tsx';
import { useSummaryActs } from '../parts/use-summary-acts.ts';
import { stateOf, summaryOf } from '../queries.ts';
import type { ItemView, SectionView, SummaryView } from '../queries.ts';
import { SECTIONS } from '../schema.ts';
import type { Section } from '../schema.ts';
import { useStanding } from '../parts/said.ts';
import type { SaidWord } from '../parts/said.ts';

export interface SummaryScreenProps {
  client: string;
  back: NonNullable<PageProps['back']>;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
}

/** Allergies, medications and conditions: read, added, changed, and said that there are none. */
export function SummaryScreen({ client, back, header }: SummaryScreenProps) {
  const words = useWords<SaidWord>();
  const read = useLive(async (reader) => ({ client, summary: await summaryOf(reader, client) }), [client]);
  const [opened, setOpened] = useState<OpenedItem | null>(null);
  const acts = useSummaryActs(client);
  // Never one client's allergies under another's name.
  const summary = read?.client === client ? read.summary : undefined;
  return (
    <Page title={words('chartSummary.title')} back={back}>
      {header}
      <SummaryNotice state={acts.state} />
      {summary === undefined ? (
        <Skeleton />
      ) : summary === 'elsewhere' ? (
        <Notice>{words('chartSummary.elsewhere')}</Notice>
      ) : (
        SECTIONS.map((section) => (
          <SectionPart
            key={section}
            {...{ section, summary }}
            onOpen={(of) => setOpened({ section, of, none: summary.sections[section].none })}
            onNone={() => void acts.sayNone(section, summary.sections[section].none)}
          />
        ))
      )}
      <ItemDialog client={client} opened={opened} header={header} onClose={() => setOpened(null)} />
    </Page>
  );
}

interface SectionProps {
  section: Section;
  summary: SummaryView;
  onOpen: (of: ItemView | null) => void;
  /** Says that there is none, or takes that back. */
  onNone: () => void;
}

function SectionPart({ section, summary, onOpen, onNone }: SectionProps) {
  const words = useWords<SaidWord>();
  const view = summary.sections[section];
  const state = stateOf(view);
  const standing = useStanding();
  return (
    <section className="ui-stack" aria-labelledby={`summary-${section}`}>
      <h2 id={`summary-${section}`}>{words(`chartSummary.${section}`)}</h2>
      {state !== 'some' && <p>{standing(section, view)}</p>}
      <NoneSaid {...{ section, view }} names={summary.names} />
      {state === 'some' && (
        <Items items={view.active} label={words(`chartSummary.${section}`)} {...{ summary, onOpen }} />
      )}
      {state === 'some' && !view.isWhole && <p className="ui-muted">{words('chartSummary.coming.more')}</p>}
      {view.past.length > 0 && (
        <details>
          <summary>{words('chartSummary.earlier', { count: view.past.length })}</summary>
          <Items
            items={view.past}
            label={words('chartSummary.earlier', { count: view.past.length })}
            {...{ summary, onOpen }}
          />
        </details>
      )}
      <div className="ui-actions">
        <Button icon="plus" onClick={() => onOpen(null)}>
          {words(`chartSummary.add.${section}`)}
        </Button>
        {view.none !== null ? (
          <Button onClick={onNone}>{words('chartSummary.takeBack')}</Button>
        ) : (
          state !== 'some' &&
          state !== 'coming' && (
            <Button icon="check" onClick={onNone}>
              {words(`chartSummary.none.${section}`)}
            </Button>
          )
        )}
      </div>
    </section>
  );
}

/** Who was told that there is none; where something is there all the same, it is in doubt. */
function NoneSaid(props: { section: Section; view: SectionView; names: SummaryView['names'] }) {
  const { section, view, names } = props;
  const words = useWords<SaidWord>();
  const format = useFormat();
  const nameOf = useNameOf(names);
  if (view.none === null) return null;
  const said = { name: nameOf(view.none.by), time: format.dateTime(view.none.at) };
  if (view.active.length === 0) return <p className="ui-muted">{words('chartSummary.by', said)}</p>;
  const what = words(`chartSummary.none.${section}`);
  return <Notice kind="attention">{words('chartSummary.doubt', { ...said, what })}</Notice>;
}

interface ItemsProps {
  items: readonly ItemView[];
  label: string;
  summary: SummaryView;
  onOpen: (of: ItemView) => void;
}

function Items({ items, label, summary: { names }, onOpen }: ItemsProps) {
  const words = useWords<SaidWord>();
  const format = useFormat();
  const nameOf = useNameOf(names);
  return (
    <List label={label}>
      {items.map((one) => (
        <ListRow
          key={one.id}
          title={<ItemName item={one.item} />}
          meta={one.item.status !== 'active' && words(`chartSummary.status.${one.item.status}`)}
          foot={
            <Button
              icon="edit"
              aria-label={words('contact.edit.named', { what: one.item.name })}
              onClick={() => onOpen(one)}
            >
              {words('contact.edit')}
            </Button>
          }
        >
          <Details {...one} />
          <p className="ui-muted">
            {words('chartSummary.by', { name: nameOf(one.by), time: format.dateTime(one.at) })}
          </p>
        </ListRow>
      ))}
    </List>
  );
}

function Details({ item }: ItemView) {
  const words = useWords<SaidWord>();
  const since = item.type !== 'allergyIntolerance' && item.since && (
    <p>
      {words('chartSummary.since')}: <UserName>{item.since}</UserName>
    </p>
  );
  if (item.type === 'allergyIntolerance') {
    return (
      <>
        <p>{words(`chartSummary.criticality.${item.criticality}`)}</p>
        {item.reaction && <UserText>{item.reaction}</UserText>}
      </>
    );
  }
  return (
    <>
      {item.type === 'medicationStatement' && item.dose && <UserText>{item.dose}</UserText>}
      {item.type === 'condition' && item.code && <UserText>{item.code}</UserText>}
      {since}
      {item.type === 'medicationStatement' && item.note && <UserText>{item.note}</UserText>}
    </>
  );
}

function useNameOf(names: SummaryView['names']): (by: string) => string {
  const words = useWords<SaidWord>();
  const { memberId } = useWorkspace().reader;
  return (by) => (by === memberId ? words('contact.you') : (names.get(by) ?? words('contact.someone')));
}

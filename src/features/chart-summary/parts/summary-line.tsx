import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { ButtonLink } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Link } from '../../../ui/link.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { stateOf, summaryOf } from '../queries.ts';
import type { SectionView, SummaryView } from '../queries.ts';
import { SECTIONS } from '../schema.ts';
import type { Section, SummaryItem } from '../schema.ts';
import type { SummaryWord } from '../words/catalogue.ts';
import { useStanding } from './said.ts';
import type { SaidWord } from './said.ts';
import './summary.css';

/** In the line that is always there. */
const ALLERGIES_SHOWN = 3;
const ITEMS_SHOWN = 5;

export interface SummaryLineProps {
  client: string;
  /** Where it is edited. */
  href: string;
  /** Where the safety plan is; left out where one is there. */
  planHref?: string | undefined;
  /** In how many of its parts two wordings stand. */
  planQuestions?: number | undefined;
  /** Whom to call, shown with the rest. */
  contacts?: ReactNode;
}

/**
 * In the header of a chart: what she must not be given, in one line that opens to the rest; and the safety plan, one tap away. Nothing for
 * who has no part in her care.
 */
export function SummaryLine({ client, href, planHref, planQuestions = 0, contacts }: SummaryLineProps) {
  const words = useWords<SaidWord>();
  const [isOpen, setOpen] = useState(false);
  const read = useLive(async (reader) => ({ client, summary: await summaryOf(reader, client) }), [client]);
  // Never one client's allergies under another's name, and never "none" before they were read.
  const summary = read?.client === client ? read.summary : undefined;
  if (summary === undefined || summary === 'elsewhere') return null;
  return (
    <section className="summary ui-screen-only" aria-label={words('chartSummary.label')}>
      <details key={client} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Risks {...summary.sections.allergyIntolerance} />
        </summary>
        {isOpen && <Rest summary={summary} />}
        {isOpen && contacts}
        {isOpen && (
          <p>
            <Link href={href}>{words('chartSummary.open')}</Link>
          </p>
        )}
      </details>
      {planHref && (
        <ButtonLink href={planHref} icon="plan">
          {words('chartSummary.plan')}
          {planQuestions > 0 && (
            <>
              {' '}
              <Badge kind="attention">{words('contact.questions', { count: planQuestions })}</Badge>
            </>
          )}
        </ButtonLink>
      )}
    </section>
  );
}

function Risks(allergies: SectionView) {
  const words = useWords<SummaryWord>();
  const state = stateOf(allergies);
  if (state !== 'some') {
    // What nobody has asked is a risk too.
    return (
      <>
        {(state === 'unasked' || state === 'past') && <Icon name="warning" />}{' '}
        <Standing section="allergyIntolerance" view={allergies} />
      </>
    );
  }
  // The severe are the first: none of them is ever "more".
  const severe = allergies.active.filter(({ item }) => isSevere(item)).length;
  const shown = allergies.active.slice(0, Math.max(ALLERGIES_SHOWN, severe));
  const more = allergies.active.length - shown.length;
  return (
    <>
      <Icon name="warning" /> {words('chartSummary.allergyIntolerance')}:{' '}
      {shown.map(({ id, item }) => (
        <span key={id} className="summary-one">
          <ItemName item={item} />
        </span>
      ))}
      {more > 0 && ` ${words('chartSummary.more', { count: more })}`}
      <MayCome {...allergies} />
    </>
  );
}

/** What holds is shown at once, and is not all before all is here. */
function MayCome({ isWhole }: SectionView) {
  const words = useWords<SummaryWord>();
  return isWhole ? null : ` (${words('chartSummary.coming.more')})`;
}

/** How a section stands of which nothing holds; that there is none, with the day on which somebody asked. */
function Standing({ section, view }: { section: Section; view: SectionView }) {
  const standing = useStanding();
  const format = useFormat();
  const text = standing(section, view);
  return stateOf(view) === 'none' && view.none ? `${text} (${format.day(view.none.at)})` : text;
}

const isSevere = (item: SummaryItem): boolean =>
  item.type === 'allergyIntolerance' && item.criticality === 'high' && item.status === 'active';

/** A severe allergy says so in words. */
export function ItemName({ item }: { item: SummaryItem }) {
  const words = useWords<SummaryWord>();
  return (
    <>
      <UserName>{item.name}</UserName>
      {isSevere(item) && (
        <>
          {' '}
          <Badge kind="danger">{words('chartSummary.severe')}</Badge>
        </>
      )}
    </>
  );
}

function Rest({ summary }: { summary: SummaryView }) {
  return (
    <ul role="list">
      {SECTIONS.map((section) => (
        <li key={section}>
          <InShort section={section} view={summary.sections[section]} />
        </li>
      ))}
    </ul>
  );
}

function InShort({ section, view }: { section: Section; view: SectionView }) {
  const words = useWords<SummaryWord>();
  if (stateOf(view) !== 'some') return <Standing section={section} view={view} />;
  const shown = section === 'allergyIntolerance' ? view.active : view.active.slice(0, ITEMS_SHOWN);
  const more = view.active.length - shown.length;
  return (
    <>
      {words(`chartSummary.${section}`)}:{' '}
      {shown.map(({ id, item }) => (
        <span key={id} className="summary-one">
          <ItemName item={item} />
          {item.type === 'medicationStatement' && item.dose && (
            <>
              {' '}
              <UserName>{item.dose}</UserName>
            </>
          )}
          {item.type === 'allergyIntolerance' && item.reaction && (
            <>
              {' '}
              (<UserName>{item.reaction}</UserName>)
            </>
          )}
        </span>
      ))}
      {more > 0 && ` ${words('chartSummary.more', { count: more })}`}
      <MayCome {...view} />
    </>
  );
}

import { useCallback, useState } from 'react';
import type { Reader } from '../../../sync/client/reader.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Link } from '../../../ui/link.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { ClientName } from '../parts/client-name.tsx';
import { keptForPrint, PRINT_MOST } from '../parts/for-print.ts';
import { useBirth } from '../parts/use-birth.ts';
import { useOnce } from '../parts/use-once.ts';
import { dayListOf } from '../queries-day-list.ts';
import type { DayListClient } from '../queries-day-list.ts';
import type { ClientWord } from '../words/catalogue.ts';
import '../../../ui/print.css';
import './day-list-screen.css';

export interface DayListScreenProps {
  back: { href: string; label: string };
  practice: string;
  hrefOf: (client: string) => string;
  /** Whose message waits for an answer. */
  readOwed: (reader: Reader) => Promise<ReadonlyMap<string, unknown>>;
}

/** The list that was shown, to take along on paper. */
export function DayListScreen({ back, practice, hrefOf, readOwed }: DayListScreenProps) {
  const words = useWords<ClientWord>();
  const [ids] = useState(keptForPrint);
  const isPrinted = ids.length > 0 && ids.length <= PRINT_MOST;
  const read = useOnce(
    useCallback(
      async (reader: Reader) =>
        isPrinted ? { clients: await dayListOf(reader, ids), owed: await readOwed(reader) } : null,
      [ids, isPrinted, readOwed],
    ),
  );
  return (
    <Page title={words('client.print')} back={back} width="wide">
      {!isPrinted && (
        <EmptyState icon="clients" title={words(ids.length === 0 ? 'client.together.none' : 'client.print.many')}>
          {words('client.print.narrow', { most: PRINT_MOST })}
        </EmptyState>
      )}
      {isPrinted && read === undefined && <Skeleton rows={5} />}
      {read === 'failed' && <Notice kind="attention">{words('client.together.unread')}</Notice>}
      {read !== undefined && read !== 'failed' && read !== null && (
        <>
          <div className="ui-screen-only ui-stack">
            <p className="ui-muted">{words('client.print.text')}</p>
            <div className="ui-actions">
              <Button variant="primary" onClick={() => window.print()}>
                {words('client.print')}
              </Button>
            </div>
          </div>
          <Sheet {...read} {...{ practice, hrefOf }} />
        </>
      )}
    </Page>
  );
}

interface SheetProps {
  clients: readonly DayListClient[];
  owed: ReadonlyMap<string, unknown>;
  practice: string;
  hrefOf: (client: string) => string;
}

const COLUMNS: readonly ClientWord[] = [
  ...(['client.field.legalName', 'client.field.birthDate', 'client.field.phone', 'client.status'] as const),
  ...(['client.print.next', 'client.print.done'] as const),
];

function Sheet({ clients, owed, practice, hrefOf }: SheetProps) {
  const words = useWords<ClientWord>();
  const format = useFormat();
  const [at] = useState(() => new Date().toISOString());
  return (
    <div className="print-sheet day-list-sheet">
      <p className="print-head-lines">
        <UserName>{practice}</UserName> · {format.dateTime(at)} · {words('client.found', { count: clients.length })}
      </p>
      <div className="day-list-scroll">
        <table className="day-list">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {words(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {clients.map((client) => (
              <ClientLine key={client.id} client={client} href={hrefOf(client.id)} isOwed={owed.has(client.id)} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function ClientLine({ client, href, isOwed }: { client: DayListClient; href: string; isOwed: boolean }) {
  const words = useWords<ClientWord>();
  const format = useFormat();
  const birth = useBirth();
  const { phones, safeContact, status, isPaused, tasks, dueAt } = client;
  const next = [
    isOwed && words('client.filter.only.reply'),
    tasks > 0 && words('client.block.tasks', { count: tasks }),
    dueAt !== null && words('client.print.due', { time: format.dateTime(dueAt) }),
  ].filter((line) => line !== false);
  return (
    <tr>
      <th scope="row">
        <Link href={href}>
          <ClientName client={client} />
        </Link>
      </th>
      <td>{birth(client.birthDate)}</td>
      <td>
        {phones.map((phone) => (
          <div key={phone} dir="ltr" className="day-list-phone">
            {phone}
          </div>
        ))}
        {safeContact && <Careful safe={safeContact} />}
      </td>
      <td>
        {words(`client.status.${status}`)}
        {isPaused && <div>{words('client.filter.only.paused')}</div>}
      </td>
      <td>
        {next.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </td>
      <td className="day-list-box" />
    </tr>
  );
}

/** How she is not to be reached: it belongs beside her number. */
function Careful({ safe }: { safe: NonNullable<DayListClient['safeContact']> }) {
  const words = useWords<ClientWord>();
  return (
    <>
      {(['noCalls', 'noVoicemail', 'noEmail'] as const).map(
        (name) =>
          safe[name] && (
            <div key={name}>
              <strong>{words(`client.safe.${name}`)}</strong>
            </div>
          ),
      )}
      {safe.note && (
        <div>
          <UserName>{safe.note}</UserName>
        </div>
      )}
    </>
  );
}

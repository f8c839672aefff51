import { PrintJournal } from '../../features/journal/parts/history/print-journal.tsx';
import type { HistoryWord } from '../../features/journal/parts/history/words/catalogue.ts';
import { PrivateSideContext } from '../../features/journal/parts/private-side.ts';
import { practiceHere } from '../../features/practice/queries.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { useWords } from '../../ui/words.ts';
import { PRIVATE_SIDE } from '../private/side.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { useOwnClient } from './own-chart.ts';

/** A client's own journal on paper. The birth date is no data of a client's device: there is a line to write it on. */
export default function OwnPrintScreen() {
  const words = useWords<AppWord | HistoryWord>();
  const { membership } = useWorkspace();
  const client = useOwnClient();
  const practice = useLive(practiceHere, []);
  return (
    <Page title={words('journal.print.title')} back={{ href: '/journal', label: words('app.journal') }}>
      {client && practice !== undefined ? (
        <PrivateSideContext value={PRIVATE_SIDE}>
          <PrintJournal
            client={client}
            practice={practice?.name ?? ''}
            person={
              <p>
                <UserName>{membership.name}</UserName> · {words('journal.print.born')}: <span className="print-blank" />
              </p>
            }
          />
        </PrivateSideContext>
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

import { useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { CrisisAdvice } from '../../features/journal/parts/words-advice.tsx';
import { EntryScreen } from '../../features/journal/screens/entry-screen.tsx';
import { useLive } from '../../sync/client/react.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import { rare } from '../rare/rare.ts';
import type { AppWord } from '../words/catalogue.ts';
import { PracticeCrisisCard } from './crisis-card.tsx';

const PrivateEntry = rare(() => import('../private/private-entry.tsx'));

/** An entry of the chart, or one that its author alone reads. */
export default function OwnEntryScreen() {
  const words = useWords<AppWord>();
  const { entry = '' } = useParams({ strict: false });
  const read = useLive(
    async (reader) => ({ entry, isPrivate: (await reader.get('privateEntry', entry)) !== undefined }),
    [entry],
  );
  const back = { href: '/journal', label: words('app.journal') };
  const waiting = (
    <Page title={words('app.journal')} back={back}>
      <Skeleton />
    </Page>
  );
  if (read === undefined || read.entry !== entry) return waiting;
  return (
    <CrisisAdvice value={<PracticeCrisisCard />}>
      {read.isPrivate ? (
        <Suspense fallback={waiting}>
          <PrivateEntry id={entry} />
        </Suspense>
      ) : (
        <EntryScreen entry={entry} viewer="client" back={back} />
      )}
    </CrisisAdvice>
  );
}

import { Suspense } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BUILT_IN } from '../../features/entry-kind/schema.ts';
import { CrisisAdvice } from '../../features/journal/parts/words-advice.tsx';
import { JournalScreen } from '../../features/journal/screens/journal-screen.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { chosenKind, forgetKind } from './begin-entry.ts';
import { PracticeCrisisCard } from './crisis-card.tsx';
import { rare } from '../rare/rare.ts';
import { useOwnClient } from './own-chart.ts';

const SharedPhotos = rare(() => import('./shared-photos.tsx'));

/** `?new=1` begins with *New entry*, or with the form of the kind chosen on Today; `?new=food` with that kind's form. */
export default function OwnJournalScreen() {
  const words = useWords<AppWord>();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const client = useOwnClient();
  if (!client) {
    return (
      <Page title={words('app.journal')}>
        <Skeleton />
      </Page>
    );
  }
  const asked = search['new'];
  return (
    <CrisisAdvice value={<PracticeCrisisCard />}>
      {asked === undefined && (
        <Suspense>
          <SharedPhotos client={client} told={search['shared']} />
        </Suspense>
      )}
      <JournalScreen
        key={String(asked ?? '')}
        client={client}
        hrefOf={(entry) => `/journal/${entry}`}
        printHref="/journal/print"
        startWriting={asked !== undefined}
        startKind={BUILT_IN.find((kind) => kind === asked) ?? chosenKind()}
        onWriting={(writing) => {
          if (writing) return;
          forgetKind();
          if (asked !== undefined) void navigate({ to: '/journal', replace: true });
        }}
      />
    </CrisisAdvice>
  );
}

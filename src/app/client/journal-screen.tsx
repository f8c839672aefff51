import { Suspense } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { BUILT_IN } from '../../features/entry-kind/schema.ts';
import { CrisisAdvice } from '../../features/journal/parts/words-advice.tsx';
import { JournalScreen } from '../../features/journal/screens/journal-screen.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import { PrivateSideContext } from '../../features/journal/parts/private-side.ts';
import { PRIVATE_SIDE } from '../private/side.tsx';
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
  const asked = search['new'];
  const visit = useVisit(asked);
  if (!client) {
    return (
      <Page title={words('app.journal')}>
        <Skeleton />
      </Page>
    );
  }
  return (
    <PrivateSideContext value={PRIVATE_SIDE}>
      <CrisisAdvice value={<PracticeCrisisCard />}>
        <JournalScreen
          key={visit}
          client={client}
          whileReading={
            <Suspense>
              <SharedPhotos client={client} told={search['shared']} />
            </Suspense>
          }
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
    </PrivateSideContext>
  );
}

/** Another number at every asking for a form. That the address has lost it, once the form is done, begins nothing anew: what was said of it stays. */
function useVisit(asked: unknown): number {
  const [visit, setVisit] = useState({ asked, count: 0 });
  if (asked !== visit.asked) setVisit({ asked, count: visit.count + (asked === undefined ? 0 : 1) });
  return visit.count;
}

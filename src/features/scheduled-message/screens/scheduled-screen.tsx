import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useWords } from '../../../ui/words.ts';
import { ScheduledRows } from '../parts/scheduled-rows.tsx';
import { ownScheduled } from '../queries.ts';
import type { ScheduledView } from '../queries.ts';
import type { ScheduledWord } from '../words/catalogue.ts';

export interface ScheduledScreenProps {
  hrefOf: (message: ScheduledView) => string;
  /** To whom each goes. */
  headerOf: (message: ScheduledView) => ReactNode;
  back: { href: string; label: string };
}

/** All that the reader has planned, and what of it did not go. */
export function ScheduledScreen({ hrefOf, headerOf, back }: ScheduledScreenProps) {
  const words = useWords<ScheduledWord>();
  const all = useLive(ownScheduled, []);
  return (
    <Page title={words('scheduled.title')} back={back}>
      <p>{words('scheduled.intro')}</p>
      {all === undefined && <Skeleton rows={3} />}
      {all?.length === 0 && <EmptyState icon="calendar" title={words('scheduled.empty')} />}
      {all && <ScheduledRows messages={all} label={words('scheduled.title')} isOfSeveral {...{ hrefOf, headerOf }} />}
    </Page>
  );
}

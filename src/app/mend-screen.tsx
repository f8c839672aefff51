// What the practice could not take, opened in the form it was written in. Saving makes a new act; the old one goes in the moment
// in which that is kept.

import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { JsonObject } from '../base/json.ts';
import type { Rejection } from '../sync/client/database.ts';
import { useQueue } from '../sync/client/react.ts';
import { Mended } from '../features/use-act.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useToast } from '../ui/toast.tsx';
import { useWords } from '../ui/words.ts';
import { isMendable } from './mendable.ts';
import { useActName } from './unsent-words.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

const MendContact = lazy(() => import('./staff/mend-contact.tsx'));
const MendItem = lazy(async () => ({ default: (await import('./staff/summary-screen.tsx')).MendChartItem }));
const MendEntry = lazy(() => import('./client/mend-entry.tsx'));
const MendComment = lazy(() => import('./mend-comment.tsx'));

export interface MendProps {
  args: JsonObject;
  /** Where what is typed is kept meanwhile. */
  draftId: string;
  /** The new act is kept. */
  onSaved: () => void;
  onClose: () => void;
}

const FORMS: Readonly<Record<string, typeof MendContact>> = {
  contact: MendContact,
  journal: MendEntry,
  chartSummary: MendItem,
};

export default function MendScreen() {
  const words = useWords<AppWord | RareWord>();
  const { mid = '' } = useParams({ strict: false });
  const queue = useQueue();
  const back = { href: '/not-sent', label: words('app.notSent.title') };
  const found = queue?.rejections.find((one) => one.mid === mid);
  // What is being mended stays open while its old words go.
  const [opened, setOpened] = useState<Rejection>();
  if (opened === undefined && found !== undefined) setOpened(found);
  const rejection = opened ?? found;
  return (
    <Page title={words('app.mend.title')} back={back}>
      {queue === undefined && <Skeleton />}
      {queue !== undefined && (rejection === undefined || !isMendable(rejection)) && (
        <EmptyState icon="check" title={words('app.mend.gone')} />
      )}
      {rejection !== undefined && isMendable(rejection) && <Mend rejection={rejection} />}
    </Page>
  );
}

function Mend({ rejection: { mid, mutation } }: { rejection: Rejection }) {
  const words = useWords<AppWord | RareWord>();
  const nameOf = useActName();
  const navigate = useNavigate();
  const say = useToast();
  if (mutation === null) return null;
  const close = () => void navigate({ to: '/not-sent' });
  const Form = mutation.name === 'journal.addComment' ? MendComment : FORMS[mutation.name.split('.')[0] ?? ''];
  function saved(): void {
    // A contact's and an item's form have said so themselves.
    if (Form !== MendContact && Form !== MendItem) say({ text: words('app.mend.saved') });
    close();
  }
  return (
    <>
      <p className="ui-muted">{nameOf(mutation.name)}</p>
      <Mended value={mid}>
        <Suspense fallback={<Skeleton />}>
          {Form && <Form args={mutation.args} draftId={`mend:${mid}`} onSaved={saved} onClose={close} />}
        </Suspense>
      </Mended>
    </>
  );
}

// What concerns the whole app and not one screen: a first fetch, a sign-in that is needed, trouble, a new version.

import { lazy, Suspense, useState } from 'react';
import { useStoreGone, useSyncStatus, useWorkspace } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import { rare } from './rare/rare.ts';
import { IfGone } from './storage/if-gone.tsx';
import { lossKey } from './storage/loss-key.ts';
import { takeUpdate, useUpdates } from './updates.ts';
import type { AppWord } from './words/catalogue.ts';

/** Lines that a word in the header does not explain. */
const SAID = ['trouble', 'ended', 'held', 'update-needed', 'full'] as const;
const isSaid = (line: string): line is (typeof SAID)[number] => SAID.some((one) => one === line);

const SignInAgain = lazy(() => import('./account/sign-in-again.tsx'));
const LossNotice = rare(() => import('./storage/loss-notice.tsx'));

/** What was kept here was gone before it was set up again. */
function Losses() {
  const { membership } = useWorkspace();
  const [lost] = useState(() => localStorage.getItem(lossKey(membership.id)) !== null);
  return <Suspense>{lost && <LossNotice />}</Suspense>;
}

export function AppNotices() {
  const words = useWords<AppWord>();
  const { line } = useSyncStatus();
  const { waiting } = useUpdates();
  const [later, setLater] = useState(false);
  const { id } = useWorkspace().membership;
  const gone = useStoreGone(id);
  return (
    <>
      <IfGone membershipId={id} />
      <Losses />
      {line === 'fetching' && <Notice title={words('app.first.title')}>{words('app.first.text')}</Notice>}
      <Suspense>{line === 'sign-in' && <SignInAgain />}</Suspense>
      {isSaid(line) && !gone && (
        <Notice kind="attention" announce>
          {words(`app.line.${line}`)}
        </Notice>
      )}
      {waiting && !later && (
        <Notice
          action={
            <>
              <Button onClick={takeUpdate}>{words('app.update.now')}</Button>
              <Button onClick={() => setLater(true)}>{words('app.install.later')}</Button>
            </>
          }
        >
          {words('app.update.text')}
        </Notice>
      )}
    </>
  );
}

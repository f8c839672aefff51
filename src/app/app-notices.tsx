// What concerns the whole app and not one screen: a first fetch, a sign-in that is needed, trouble, a new version.

import { Suspense, useState } from 'react';
import { useStoreGone, useSyncStatus, useWorkspace } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import { signInByPassword } from './account/auth-api.ts';
import { SignInForm } from './account/sign-in-form.tsx';
import { rare } from './rare/rare.ts';
import { IfGone } from './storage/if-gone.tsx';
import { lossKey } from './storage/loss-key.ts';
import { takeUpdate, useUpdates } from './updates.ts';
import type { AppWord } from './words/catalogue.ts';

/** Lines that a word in the header does not explain. */
const SAID = ['trouble', 'ended', 'held', 'update-needed', 'full'] as const;
const isSaid = (line: string): line is (typeof SAID)[number] => SAID.some((one) => one === line);

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
  const gone = useStoreGone();
  return (
    <>
      <IfGone />
      <Losses />
      {line === 'fetching' && <Notice title={words('app.first.title')}>{words('app.first.text')}</Notice>}
      {line === 'sign-in' && <SignInAgain />}
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

/** The session has ended, not the work: signing in again only lets it be sent. */
function SignInAgain() {
  const words = useWords<AppWord>();
  const workspace = useWorkspace();
  const [open, setOpen] = useState(false);
  const action = <Button onClick={() => setOpen(true)}>{words('app.line.signInAction')}</Button>;
  async function signInAgain(email: string, password: string) {
    const problem = await signInByPassword(email, password);
    if (problem !== undefined) return problem;
    setOpen(false);
    workspace.exchangeNow();
    return undefined;
  }
  return (
    <>
      <Notice kind="attention" action={action}>
        {words('app.line.signIn')}
      </Notice>
      <Dialog open={open} onClose={() => setOpen(false)} title={words('app.line.signInAction')}>
        {open && <SignInForm onSignIn={signInAgain} />}
      </Dialog>
    </>
  );
}

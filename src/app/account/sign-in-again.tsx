import { useState } from 'react';
import { useWorkspace } from '../../sync/client/react.ts';
import { unlessFull } from '../../sync/client/store-troubles.ts';
import type { Workspace } from '../../sync/client/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { portalOf } from '../portal-kind.ts';
import { signInByPassword } from './auth-api.ts';
import { SignInForm } from './sign-in-form.tsx';

async function renewPrivate(workspace: Workspace, password: string): Promise<void> {
  const { renewHere } = await import('../private/open-when-here.ts');
  await renewHere(workspace, password);
}

/** The session has ended, not the work: signing in again only lets it be sent. */
export default function SignInAgain() {
  const words = useWords<AppWord>();
  const workspace = useWorkspace();
  const [open, setOpen] = useState(false);
  const action = <Button onClick={() => setOpen(true)}>{words('app.line.signInAction')}</Button>;
  async function signInAgain(email: string, password: string) {
    const problem = await signInByPassword(email, password);
    if (problem !== undefined) return problem;
    setOpen(false);
    workspace.exchangeNow();
    // Changed elsewhere, it shall open on other devices what the person reads alone.
    if (portalOf(workspace) === 'client') void renewPrivate(workspace, password).catch(unlessFull);
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

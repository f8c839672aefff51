import { useEffect, useState } from 'react';
import { membershipsHere } from '../../sync/client/registry.ts';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../ui/words.ts';
import { showSignInAddress } from '../deep-link.ts';
import { signIn } from '../session.ts';
import type { AppWord } from '../words/catalogue.ts';
import { FrontShell } from './front-shell.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Signing in: once a device, with a network. */
export function SignInScreen() {
  const words = useWords<AppWord>();
  const [others, setOthers] = useState(0);
  useEffect(() => {
    void membershipsHere().then((here) => setOthers(here.length));
    showSignInAddress();
  }, []);
  return (
    <FrontShell title={words('app.signIn.title')}>
      <p>{words('app.signIn.intro')}</p>
      <SignInForm onSignIn={signIn} />
      {others > 0 && <Button onClick={() => location.reload()}>{words('app.signIn.back')}</Button>}
    </FrontShell>
  );
}

import { useState } from 'react';
import type { FormEvent } from 'react';
import { WireError } from '../../sync/client/wire.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import type { SignInProblem } from './auth-api.ts';

/** Email and password; `onSignIn` says what stood in the way. */
export function SignInForm({
  onSignIn,
}: {
  onSignIn: (email: string, password: string) => Promise<SignInProblem | undefined>;
}) {
  const words = useWords<AppWord>();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'update-needed' | SignInProblem>('ready');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    setState((await onSignIn(email, password).catch(problemOf)) ?? 'ready');
  }
  return (
    <form className="ui-stack" onSubmit={(event) => void submit(event)}>
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words(state === 'update-needed' ? 'app.line.update-needed' : `app.signIn.${state}`)}
        </Notice>
      )}
      <TextField
        label={words('app.signIn.email')}
        hint={words('app.signIn.name')}
        dir="ltr"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="email"
        value={email}
        onChange={setEmail}
      />
      <PasswordField
        label={words('app.signIn.password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" variant="primary" busy={state === 'busy'}>
        {words('app.signIn.submit')}
      </Button>
      {state === 'busy' && <p className="ui-muted">{words('app.signIn.busy')}</p>}
    </form>
  );
}

/** A first fetch that failed: this app is older than the server takes, or the line is. */
function problemOf(error: unknown): 'update-needed' | 'offline' {
  return error instanceof WireError && error.code === 'client-too-old' ? 'update-needed' : 'offline';
}

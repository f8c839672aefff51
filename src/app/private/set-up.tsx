import { useState } from 'react';
import type { FormEvent } from 'react';
import { troubleOf, useWorkspace } from '../../sync/client/react.ts';
import { deriveKeyInWorker } from '../../sync/client/vault/argon.ts';
import { newRecoveryCode } from '../../sync/client/vault/recovery-code.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { useWords } from '../../ui/words.ts';
import { isPasswordHere } from '../export/password-again.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { CodeSteps } from './code-steps.tsx';
import { HowItWorks } from './how-it-works.tsx';
import { makeKey } from './ring.ts';
import type { Secrets } from './ring.ts';

/** What it is, the password, the code: then the key is made. Works without a network. */
export function SetUp({ onMade }: { onMade: (what: 'made' | 'there') => void }) {
  const words = useWords<RareWord>();
  const workspace = useWorkspace();
  const [secrets, setSecrets] = useState<Secrets>();
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  async function make(given: Secrets): Promise<void> {
    setState('busy');
    try {
      const made = await makeKey(workspace, given, { derive: deriveKeyInWorker });
      if (made !== 'refused') return onMade(made);
      setState('failed');
    } catch (error) {
      setState('failed');
      if (troubleOf(error) === undefined) throw error;
    }
  }
  if (secrets === undefined) {
    return (
      <>
        <HowItWorks />
        <AskPassword
          label={words('app.private.begin')}
          why={words('app.private.password.why')}
          onRight={(password) => setSecrets({ password, code: newRecoveryCode() })}
        />
      </>
    );
  }
  return (
    <>
      {state === 'failed' && (
        <Notice kind="attention" announce>
          {words('app.private.failed')}
        </Notice>
      )}
      <CodeSteps code={secrets.code} busy={state === 'busy'} onConfirmed={() => void make(secrets)} />
    </>
  );
}

export interface AskPasswordProps {
  /** Of the button. */
  label: string;
  why: string;
  onRight: (password: string) => void;
}

/** Asks for the password of this device. */
export function AskPassword({ label, why, onRight }: AskPasswordProps) {
  const words = useWords<RareWord>();
  const { membership } = useWorkspace();
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'wrong'>('ready');
  async function check(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    const isRight = await isPasswordHere(membership.id, password).catch(() => false);
    if (isRight) onRight(password);
    else setState('wrong');
  }
  return (
    <form className="ui-stack" noValidate onSubmit={(event) => void check(event)}>
      <PasswordField
        label={words('app.private.password')}
        hint={why}
        error={state === 'wrong' ? words('app.private.password.wrong') : undefined}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {label}
        </Button>
      </div>
      {state === 'busy' && <p className="ui-muted">{words('app.private.working')}</p>}
    </form>
  );
}

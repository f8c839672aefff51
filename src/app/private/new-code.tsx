import { useEffect, useState } from 'react';
import { troubleOf, useWorkspace } from '../../sync/client/react.ts';
import { newRecoveryCode } from '../../sync/client/vault/recovery-code.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { CodeSteps } from './code-steps.tsx';
import { hasPasskeyHere, isPasskeyHere } from './is-it-you.ts';
import { renewCode } from './ring.ts';
import { AskPassword } from './set-up.tsx';

type Step = 'closed' | 'asking' | { readonly code: string };

/** Another code in the place of the old one, for who proves to be the person herself. */
export function NewCode({ onDone }: { onDone: () => void }) {
  const words = useWords<RareWord>();
  const workspace = useWorkspace();
  const [step, setStep] = useState<Step>('closed');
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  async function change(code: string): Promise<void> {
    setState('busy');
    const isDone = await renewCode(workspace, code).catch((error: unknown) => {
      if (troubleOf(error) === undefined) throw error;
      return false;
    });
    setState(isDone ? 'ready' : 'failed');
    if (!isDone) return;
    setStep('closed');
    onDone();
  }
  return (
    <section className="ui-stack">
      {typeof step === 'string' && (
        <>
          <h2>{words('app.private.new')}</h2>
          <p>{words('app.private.new.text')}</p>
        </>
      )}
      {step === 'closed' && (
        <div className="ui-actions">
          <Button onClick={() => setStep('asking')}>{words('app.private.new.do')}</Button>
        </div>
      )}
      {step === 'asking' && <ProveIt onRight={() => setStep({ code: newRecoveryCode() })} />}
      {state === 'failed' && (
        <Notice kind="attention" announce>
          {words('app.private.failed')}
        </Notice>
      )}
      {typeof step === 'object' && (
        <CodeSteps code={step.code} busy={state === 'busy'} onConfirmed={() => void change(step.code)} />
      )}
    </section>
  );
}

function ProveIt({ onRight }: { onRight: () => void }) {
  const words = useWords<RareWord>();
  const { membership } = useWorkspace();
  const [has, setHas] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => void hasPasskeyHere(membership.id).then(setHas), [membership.id]);
  async function byPasskey(): Promise<void> {
    setFailed(false);
    if (await isPasskeyHere(membership.id)) onRight();
    else setFailed(true);
  }
  return (
    <>
      {hasFailed && (
        <Notice kind="attention" announce>
          {words('app.private.new.passkey.failed')}
        </Notice>
      )}
      <AskPassword label={words('app.private.begin')} why={words('app.private.new.text')} onRight={onRight} />
      {has && (
        <div className="ui-actions">
          <Button onClick={() => void byPasskey()}>{words('app.private.new.passkey')}</Button>
        </div>
      )}
    </>
  );
}

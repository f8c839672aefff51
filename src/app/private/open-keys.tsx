import { useState } from 'react';
import type { FormEvent } from 'react';
import { useWorkspace } from '../../sync/client/react.ts';
import { deriveKeyInWorker } from '../../sync/client/vault/argon.ts';
import { readRecoveryCode } from '../../sync/client/vault/recovery-code.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { useWords } from '../../ui/words.ts';
import { isPasswordHere } from '../export/password-again.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { openWithCode, openWithPassword, renewPassword, ringOf } from './ring.ts';

const how = { derive: deriveKeyInWorker };

/** By the password, or else by the recovery code. `onOpened` when something more is open. */
export function OpenKeys({ isPartly, onOpened }: { isPartly: boolean; onOpened: () => void }) {
  const words = useWords<RareWord>();
  return (
    <section className="ui-stack">
      <h2>{words('app.private.open.title')}</h2>
      <p>{words(isPartly ? 'app.private.open.partlyText' : 'app.private.open.text')}</p>
      <ByPassword onOpened={onOpened} />
      <ByCode onOpened={onOpened} />
    </section>
  );
}

function ByPassword({ onOpened }: { onOpened: () => void }) {
  const words = useWords<RareWord>();
  const workspace = useWorkspace();
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'wrong'>('ready');
  async function open(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    const before = (await ringOf(workspace.reader)).open.size;
    await openWithPassword(workspace, password, how).catch(() => false);
    const isMore = (await ringOf(workspace.reader)).open.size > before;
    setState(isMore ? 'ready' : 'wrong');
    if (isMore) onOpened();
  }
  return (
    <form className="ui-stack" noValidate onSubmit={(event) => void open(event)}>
      <h3>{words('app.private.open.byPassword')}</h3>
      <PasswordField
        label={words('app.private.password')}
        error={state === 'wrong' ? words('app.private.open.password.wrong') : undefined}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('app.private.open.do')}
        </Button>
      </div>
    </form>
  );
}

function ByCode({ onOpened }: { onOpened: () => void }) {
  const words = useWords<RareWord>();
  const { typed, setTyped, password, setPassword, state, tries, submit } = useByCode(onOpened);
  const form = useFaultFocus(tries);
  return (
    <form className="ui-stack" noValidate onSubmit={(event) => void submit(event)} ref={form}>
      <h3>{words('app.private.open.byCode')}</h3>
      <p className="ui-muted">{words('app.private.open.byCodeText')}</p>
      <TextField
        label={words('app.private.open.code')}
        hint={words('app.private.open.code.hint')}
        error={state === 'slip' || state === 'wrong' ? words(`app.private.open.code.${state}`) : undefined}
        value={typed}
        onChange={setTyped}
        dir="ltr"
        maxLength={80}
        autoCapitalize="characters"
        spellCheck={false}
      />
      <PasswordField
        label={words('app.private.open.now')}
        hint={words('app.private.open.now.why')}
        error={state === 'password' ? words('app.private.password.wrong') : undefined}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <div className="ui-actions">
        <Button type="submit" busy={state === 'busy'}>
          {words('app.private.open.codeDo')}
        </Button>
      </div>
      {state === 'busy' && <p className="ui-muted">{words('app.private.working')}</p>}
    </form>
  );
}

function useByCode(onOpened: () => void) {
  const workspace = useWorkspace();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'slip' | 'wrong' | 'password'>('ready');
  const [tries, setTries] = useState(0);
  function say(what: typeof state): void {
    setState(what);
    setTries((before) => before + 1);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (state === 'busy') return;
    const code = readRecoveryCode(typed);
    if (code === null) return say('slip');
    setState('busy');
    if (!(await isPasswordHere(workspace.membership.id, password).catch(() => false))) return say('password');
    if (!(await openWithCode(workspace, code))) return say('wrong');
    await renewPassword(workspace, password, how);
    onOpened();
  }
  return { typed, setTyped, password, setPassword, state, tries, submit };
}

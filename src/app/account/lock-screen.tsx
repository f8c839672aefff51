// Locked: nothing can be read, but one can unlock, write, and get help, all without a network.

import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { countWaiting, sendParcels } from '../../sync/client/locked-entries.ts';
import type { DeviceMembership } from '../../sync/client/registry.ts';
import { post, SignInNeeded, Weather, WireError } from '../../sync/client/wire.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useWords } from '../../ui/words.ts';
import { lockScreenShape, signInAsAnother, unlockWithPasskey, unlockWithPassword } from '../session.ts';
import type { Unlocked } from '../session.ts';
import type { AppWord } from '../words/catalogue.ts';
import { FrontShell } from './front-shell.tsx';
import { LockedEntry } from './locked-entry.tsx';

export function LockScreen({ memberships }: { memberships: readonly DeviceMembership[] }) {
  const words = useWords<AppWord>();
  const [chosen, setChosen] = useState(memberships[0]?.id ?? '');
  const [written, setWritten] = useState(0);
  const membership = memberships.find(({ id }) => id === chosen);
  const waiting = useWaiting(membership, written);
  if (membership === undefined) return null;
  const shown = lockScreenShape.safeParse(membership.lockScreen).data;
  return (
    <FrontShell title={words('app.lock.title')} crisis={shown?.crisis}>
      <p>{words('app.lock.intro')}</p>
      {memberships.length > 1 && (
        <SelectField
          label={words('app.lock.who')}
          options={memberships.map(({ id, name, practice }) => ({ value: id, label: `${name} · ${practice}` }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      <UnlockForm key={membership.id} membership={membership} />
      {waiting > 0 && <p className="ui-muted">{words('app.lock.waiting', { count: waiting })}</p>}
      {shown?.client !== undefined && (
        <LockedEntry membership={membership} client={shown.client} onSaved={() => setWritten(written + 1)} />
      )}
      <Button onClick={signInAsAnother}>{words('app.lock.signIn')}</Button>
    </FrontShell>
  );
}

/** Sends what waits, if somebody is still signed in and there is a network; counts what then still waits. */
function useWaiting(membership: DeviceMembership | undefined, written: number): number {
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    if (membership === undefined) return;
    let isShown = true;
    const send = async (): Promise<void> => {
      await sendParcels(membership, { post }).catch(leaveWaiting);
      const count = await countWaiting(membership);
      if (isShown) setWaiting(count);
    };
    const start = () => void send();
    start();
    window.addEventListener('online', start);
    return () => {
      isShown = false;
      window.removeEventListener('online', start);
    };
  }, [membership, written]);
  return waiting;
}

/** No network, nobody signed in, somebody else: all of it waits for another time. */
function leaveWaiting(error: unknown): void {
  if (!(error instanceof Weather || error instanceof SignInNeeded || error instanceof WireError)) throw error;
}

function UnlockForm({ membership }: { membership: DeviceMembership }) {
  const words = useWords<AppWord>();
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | Unlocked>('ready');
  const hasPasskey = membership.wraps.some((wrap) => wrap.kind === 'passkey');
  async function unlock(attempt: () => Promise<Unlocked>): Promise<void> {
    if (state === 'busy') return;
    setState('busy');
    setState(await attempt().catch(() => 'wrong' as const));
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    void unlock(() => unlockWithPassword(membership, password));
  }
  return (
    <form className="ui-stack" onSubmit={submit}>
      {(state === 'wrong' || state === 'cancelled') && (
        <Notice kind="attention" announce>
          {words(`app.lock.${state}`)}
        </Notice>
      )}
      <PasswordField
        label={words('app.lock.password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('app.lock.unlock')}
        </Button>
        {hasPasskey && (
          <Button onClick={() => void unlock(() => unlockWithPasskey(membership))}>{words('app.lock.passkey')}</Button>
        )}
      </div>
    </form>
  );
}

// Locked: nothing can be read, but one can unlock, write, and get help, all without a network.

import { lazy, Suspense, useState } from 'react';
import type { FormEvent } from 'react';
import { useStoreGone } from '../../sync/client/react.ts';
import type { DeviceMembership } from '../../sync/client/registry.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { SyncLine } from '../../ui/sync-line.tsx';
import { useWords } from '../../ui/words.ts';
import { lockScreenShape, signInAsAnother, unlockWithPasskey, unlockWithPassword } from '../session.ts';
import type { Unlocked } from '../session.ts';
import { rare } from '../rare/rare.ts';
import { IfGone } from '../storage/if-gone.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { FrontShell } from './front-shell.tsx';
import { useWaiting } from './use-waiting.ts';

/** Fetched with the screen that shows it; what it needs of its own it fetches then. */
const LockedEntry = lazy(() => import('./locked-entry.tsx'));
const SharedWaiting = rare(() => import('./shared-waiting.tsx'));

export function LockScreen({ memberships }: { memberships: readonly DeviceMembership[] }) {
  const words = useWords<AppWord>();
  const [chosen, setChosen] = useState(memberships[0]?.id ?? '');
  const [written, setWritten] = useState(0);
  const membership = memberships.find(({ id }) => id === chosen);
  const waiting = useWaiting(membership, written);
  // What is being written here can still be copied; all else is said after the next look.
  const gone = useStoreGone(chosen);
  if (membership === undefined) return null;
  const shown = lockScreenShape.safeParse(membership.lockScreen).data;
  return (
    <FrontShell
      title={words('app.lock.title')}
      crisis={shown?.crisis}
      status={!gone && <SyncLine state={waiting.line} notSent={{ count: waiting.count, href: '/not-sent' }} />}
    >
      <IfGone membershipId={chosen} />
      {!gone && <p>{words('app.lock.intro')}</p>}
      {memberships.length > 1 && (
        <SelectField
          label={words('app.lock.who')}
          options={memberships.map(({ id, name, practice }) => ({ value: id, label: `${name} · ${practice}` }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      {!gone && shown?.client !== undefined && (
        <Suspense>
          <SharedWaiting key={chosen} membership={chosen} />
        </Suspense>
      )}
      {!gone && <UnlockForm key={membership.id} membership={membership} />}
      {!gone && waiting.count > 0 && <p className="ui-muted">{words('app.lock.waiting', { count: waiting.count })}</p>}
      {shown?.client !== undefined && (
        <Suspense>
          <LockedEntry membership={membership} client={shown.client} onSaved={() => setWritten(written + 1)} />
        </Suspense>
      )}
      <Button onClick={signInAsAnother}>{words('app.lock.signIn')}</Button>
    </FrontShell>
  );
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

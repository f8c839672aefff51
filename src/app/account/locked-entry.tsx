import { lazy, Suspense, useEffect, useState } from 'react';
import { newId } from '../../base/ids.ts';
import { addEntry } from '../../features/journal/mutators.ts';
import { clientsDeclared } from '../../features/shared-client-acts.ts';
import type { DeviceMembership } from '../../sync/client/registry.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

/** Fetched while one looks at the lock, so that it is there without a network too. */
const loadQueue = () => import('../../sync/client/lock-screen.ts');
const loadForm = () => import('../../features/journal/parts/quick-entry-form.tsx');
const QuickEntryForm = lazy(async () => ({ default: (await loadForm()).QuickEntryForm }));

/** A reflection written without unlocking. */
export default function LockedEntry(props: { membership: DeviceMembership; client: string; onSaved: () => void }) {
  const { membership, client, onSaved } = props;
  const words = useWords<AppWord>();
  const [state, setState] = useState<'closed' | 'open' | 'saved'>('closed');
  useEffect(() => void Promise.all([loadQueue(), loadForm()]).catch(() => undefined), []);
  async function save({ text, at, zone }: { text: string; at: string; zone: string }): Promise<void> {
    const args = { id: newId(), client, kind: 'reflection', content: { text }, by: membership.id, at, zone };
    const { queueOnLockScreen } = await loadQueue();
    await queueOnLockScreen(clientsDeclared, membership, { name: addEntry.name, args, at });
    setState('saved');
    onSaved();
  }
  if (state === 'open') {
    return (
      <section>
        <p>{words('app.lock.newIntro')}</p>
        <Suspense fallback={<Skeleton />}>
          <QuickEntryForm onSave={save} />
        </Suspense>
      </section>
    );
  }
  return (
    <>
      {state === 'saved' && <Notice announce>{words('app.lock.saved')}</Notice>}
      <Button onClick={() => setState('open')}>{words('app.lock.new')}</Button>
    </>
  );
}

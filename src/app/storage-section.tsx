import { Suspense, useEffect, useState } from 'react';
import { useSyncStatus } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useWords } from '../ui/words.ts';
import { rare } from './rare/rare.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

const KeepReminder = rare(() => import('./storage/keep-reminder.tsx'));

/** Whether the browser keeps what is here, how much it is, and how fresh. */
export function StorageSection() {
  const words = useWords<AppWord | RareWord>();
  const format = useFormat();
  const { freshAt } = useSyncStatus();
  const [state, setState] = useState<{ persisted: boolean; usage: number }>();
  const look = async (persisted: Promise<boolean>) => {
    const { usage = 0 } = await navigator.storage.estimate();
    setState({ persisted: await persisted, usage });
  };
  useEffect(() => {
    if (navigator.storage) void look(navigator.storage.persisted());
  }, []);
  if (state === undefined) return null;
  const mb = format.number(Math.max(0.1, Math.round(state.usage / 100_000) / 10));
  return (
    <section className="ui-stack">
      <h2>{words('app.settings.storage')}</h2>
      {state.persisted ? (
        <p>{words('app.settings.persisted')}</p>
      ) : (
        <Suspense>
          <KeepReminder />
        </Suspense>
      )}
      <p className="ui-muted">
        {words('app.settings.used', { mb })} {freshAt && words('app.settings.fresh', { time: format.time(freshAt) })}
      </p>
      {!state.persisted && (
        <Button onClick={() => void look(navigator.storage.persist())}>{words('app.settings.protect')}</Button>
      )}
    </section>
  );
}

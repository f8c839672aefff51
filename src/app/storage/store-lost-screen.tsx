// A store that was set up here is gone, or does not open: what happened, what is safe, what may be lost, what one can do.
// Nothing is begun anew from here before somebody presses the button.

import { useEffect, useState } from 'react';
import { sayHello } from '../../sync/client/greet.ts';
import type { LostStore } from '../../sync/client/lost-stores.ts';
import type { DeviceMembership } from '../../sync/client/registry.ts';
import { forgetShares } from '../../sync/client/shares.ts';
import { post } from '../../sync/client/wire.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { UserName } from '../../ui/user-text.tsx';
import { useWords } from '../../ui/words.ts';
import { FrontShell } from '../account/front-shell.tsx';
import { forgetPush } from '../notices/push-here.ts';
import { forgetLost, lockScreenShape, passByLost, signInAsAnother } from '../session.ts';
import type { AppWord } from '../words/catalogue.ts';
import { notReached } from './loss.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

interface Props {
  readonly stores: readonly LostStore[];
  /** Whose store is there. */
  readonly others: readonly DeviceMembership[];
}

export default function StoreLostScreen({ stores, others }: Props) {
  const words = useWords<AppWord | RareWord>();
  const [chosen, setChosen] = useState(stores[0]?.id ?? '');
  const store = stores.find(({ id }) => id === chosen);
  if (store === undefined) return null;
  const shown = lockScreenShape.safeParse(store.lockScreen).data;
  return (
    <FrontShell title={words(`app.lost.title.${store.why}`)} crisis={shown?.crisis}>
      {stores.length > 1 ? (
        <SelectField
          label={words('app.lock.who')}
          options={stores.map(({ id, name, practice }) => ({ value: id, label: `${name} · ${practice}` }))}
          value={chosen}
          onChange={setChosen}
        />
      ) : (
        <p>
          <UserName>{`${store.name} · ${store.practice}`}</UserName>
        </p>
      )}
      <Notice kind="attention">{words(`app.lost.what.${store.why}`)}</Notice>
      <WhatIsLeft key={store.id} store={store} />
      <section className="ui-stack">
        <h2>{words('app.lost.do')}</h2>
        <p>{words('app.lost.doText')}</p>
        <Actions store={store} hasOthers={others.length > 0} />
      </section>
    </FrontShell>
  );
}

/** What the server says and what was counted here, in two lists. */
function WhatIsLeft({ store }: { store: LostStore }) {
  const words = useWords<RareWord>();
  const format = useFormat();
  const answered = useAnswered(store);
  const { note } = store;
  const time = note === undefined ? '' : format.dateTime(`${note.hour}:00:00.000Z`);
  return (
    <>
      <section className="ui-stack">
        <h2>{words('app.lost.safe')}</h2>
        <p>{words('app.lost.safeText')}</p>
        {note !== undefined && typeof answered === 'number' && answered > 0 && (
          <p>{words('app.lost.has', { all: note.lastN, got: Math.min(answered, note.lastN) })}</p>
        )}
      </section>
      <section className="ui-stack">
        <h2>{words('app.lost.may')}</h2>
        <p aria-live="polite">
          {answered === 'asking' ? words('app.lost.asking') : <Unsent note={note} answered={answered} time={time} />}
        </p>
        {note !== undefined && note.refused > 0 && <p>{words('app.lost.refused', { count: note.refused })}</p>}
        <p>{words('app.lost.typed')}</p>
      </section>
    </>
  );
}

function Unsent({ note, answered, time }: Pick<LostStore, 'note'> & { answered: number | null; time: string }) {
  const words = useWords<RareWord>();
  if (note === undefined) return words('app.lost.unknown');
  if (answered !== null) {
    const count = notReached(note, answered);
    return words(count > 0 ? 'app.lost.lost' : 'app.lost.none', { count });
  }
  return note.unsent > 0
    ? words('app.lost.waited', { count: note.unsent, time })
    : words('app.lost.nothingWaited', { time });
}

/** The highest number of the lost device that the server has answered; null where it cannot be asked now. */
function useAnswered({ id, practice, note }: LostStore): number | null | 'asking' {
  const [answered, setAnswered] = useState<number | null | 'asking'>(note === undefined ? null : 'asking');
  useEffect(() => {
    if (note === undefined) return;
    const asking = new AbortController();
    const keep = (heard: number | null) => !asking.signal.aborted && setAnswered(heard);
    const ask = () =>
      void sayHello(post, { practice, membership: id, device: note.device }).then(
        ({ lastN }) => keep(lastN),
        () => keep(null),
      );
    ask();
    window.addEventListener('online', ask, { signal: asking.signal });
    return () => asking.abort();
  }, [id, practice, note]);
  return answered;
}

function Actions({ store, hasOthers }: { store: LostStore; hasOthers: boolean }) {
  const words = useWords<AppWord | RareWord>();
  const [asked, setAsked] = useState(false);
  const isThere = store.why === 'unreadable';
  async function forgetAll(): Promise<void> {
    // Beside the store: what was shared for this person, and that this device tells them of news.
    await forgetPush(store).catch(() => undefined);
    await forgetShares(store.id).catch(() => undefined);
    await forgetLost(store.id);
  }
  const forget = (
    <>
      <Button onClick={() => setAsked(false)}>{words('app.cancel')}</Button>
      <Button variant="danger" onClick={() => void forgetAll()}>
        {words('app.lost.forget')}
      </Button>
    </>
  );
  return (
    <>
      <div className="ui-actions">
        {isThere && (
          <Button variant="primary" onClick={() => location.reload()}>
            {words('app.lost.retry')}
          </Button>
        )}
        <Button variant={isThere ? undefined : 'primary'} onClick={signInAsAnother}>
          {words('app.lost.again')}
        </Button>
        {hasOthers && <Button onClick={passByLost}>{words('app.lost.others')}</Button>}
        <Button onClick={() => setAsked(true)}>{words('app.lost.forget')}</Button>
      </div>
      <Dialog open={asked} onClose={() => setAsked(false)} title={words('app.lost.forgetTitle')} actions={forget}>
        <p>{words('app.lost.forgetText')}</p>
      </Dialog>
    </>
  );
}

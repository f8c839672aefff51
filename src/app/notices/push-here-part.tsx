import { useEffect, useState } from 'react';
import { useWorkspace } from '../../sync/client/react.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import { pushHere, turnOff, turnOn } from './push-here.ts';
import type { PushOutcome, PushState } from './push-here.ts';
import type { NoticeWord } from './words/catalogue.ts';

/** Whether this device tells its person of news, and the one press that asks for it. */
export function PushHere() {
  const words = useWords<NoticeWord>();
  const { membership } = useWorkspace();
  const [state, setState] = useState<PushState>();
  const [trouble, setTrouble] = useState<'offline' | 'failed'>();
  const [busy, setBusy] = useState(false);
  useEffect(() => void pushHere(membership).then(setState), [membership]);
  async function turn(way: () => Promise<PushOutcome>): Promise<void> {
    setBusy(true);
    const outcome = await way();
    setTrouble(outcome === 'offline' || outcome === 'failed' ? outcome : undefined);
    setState(await pushHere(membership));
    setBusy(false);
  }
  if (state === undefined) return null;
  return (
    <>
      <h3>{words('notices.device')}</h3>
      <p>{words(`notices.push.${state}`)}</p>
      {trouble && (
        <Notice kind="attention" announce>
          {words(`notices.push.${trouble}`)}
        </Notice>
      )}
      {state === 'off' && (
        <Button busy={busy} onClick={() => void turn(() => turnOn(membership))}>
          {words('notices.push.turnOn')}
        </Button>
      )}
      {state === 'on' && (
        <Button busy={busy} onClick={() => void turn(() => turnOff(membership))}>
          {words('notices.push.turnOff')}
        </Button>
      )}
    </>
  );
}

// Where private entries are set up, opened on this device, and given a new recovery code.

import { useState } from 'react';
import { useLive } from '../../sync/client/react.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { focusMain, Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { comeBack, isExpectedBack } from './come-back.ts';
import { HowItWorks } from './how-it-works.tsx';
import { NewCode } from './new-code.tsx';
import { OpenKeys } from './open-keys.tsx';
import { ringOf } from './ring.ts';
import type { Ring } from './ring.ts';
import { SetUp } from './set-up.tsx';
import { useGo } from './use-go.ts';
import './private.css';

const DONE = {
  made: 'app.private.made',
  there: 'app.private.made.there',
  opened: 'app.private.opened',
  renewed: 'app.private.new.done',
} as const satisfies Record<string, RareWord>;

export default function PrivateScreen() {
  const words = useWords<RareWord | AppWord>();
  const ring = useLive(ringOf, []);
  const [done, setDone] = useState<keyof typeof DONE>();
  function say(what: keyof typeof DONE): void {
    setDone(what);
    // What had the focus is gone with its step.
    focusMain();
    window.scrollTo(0, 0);
  }
  return (
    <Page title={words('app.private')} back={{ href: '/more', label: words('app.more') }}>
      {done && (
        <Notice announce action={isExpectedBack() && ring?.writing && <BackToEntry />}>
          {words(DONE[done])}
        </Notice>
      )}
      {ring === undefined ? <Skeleton /> : <Steps ring={ring} say={say} />}
    </Page>
  );
}

function Steps({ ring, say }: { ring: Ring; say: (what: keyof typeof DONE) => void }) {
  const words = useWords<RareWord>();
  if (ring.state === 'unknown') return <Notice kind="attention">{words('app.private.fetching')}</Notice>;
  if (ring.state === 'none') return <SetUp onMade={say} />;
  return (
    <>
      {ring.state !== 'open' && <OpenKeys isPartly={ring.state === 'partly'} onOpened={() => say('opened')} />}
      <section className="ui-stack ui-screen-only">
        <h2>{words('app.private.how')}</h2>
        <HowItWorks />
      </section>
      {ring.writing && <NewCode onDone={() => say('renewed')} />}
    </>
  );
}

function BackToEntry() {
  const words = useWords<RareWord>();
  const go = useGo();
  function back(): void {
    comeBack();
    go('/journal?new=1');
  }
  return <Button onClick={back}>{words('app.private.made.back')}</Button>;
}

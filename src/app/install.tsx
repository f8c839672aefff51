// Installing, asked once at a good moment: after something was written. On an iPhone it says why, since there the
// browser clears what an app that is not installed has kept.

import { useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import { installOffer } from './watch-install.ts';
import type { AppWord } from './words/catalogue.ts';

const KEY = 'interlude.install-asked';

const isIos = () => /iPhone|iPad/.test(navigator.userAgent);
const isInstalled = () => matchMedia('(display-mode: standalone)').matches;
const wasAsked = () => localStorage.getItem(KEY) !== null;

export default function InstallPrompt() {
  const words = useWords<AppWord>();
  const offer = useSyncExternalStore(installOffer.subscribe, installOffer.get);
  const [asked, setAsked] = useState(wasAsked);
  if (asked || isInstalled() || (offer === null && !isIos())) return null;
  const done = () => {
    localStorage.setItem(KEY, new Date().toISOString());
    setAsked(true);
  };
  const install = offer && (
    <Button variant="primary" onClick={() => void offer.prompt().finally(done)}>
      {words('app.install.do')}
    </Button>
  );
  const later = <Button onClick={done}>{words('app.install.later')}</Button>;
  return (
    <Notice
      action={
        <>
          {install}
          {later}
        </>
      }
    >
      {words(offer ? 'app.install.text' : 'app.install.ios')}
    </Notice>
  );
}

// Installing, asked once at a good moment: after something was written. On an iPhone it says why, since there the
// browser clears what an app that is not installed has kept.

import { useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import type { AppWord } from './words/catalogue.ts';

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

const KEY = 'interlude.install-asked';
const listeners = new Set<() => void>();
let offered: InstallEvent | null = null;

/** Keeps the browser's offer until the good moment. */
export function watchInstall(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event as InstallEvent;
    for (const listener of listeners) listener();
  });
}

const isIos = () => /iPhone|iPad/.test(navigator.userAgent);
const isInstalled = () => matchMedia('(display-mode: standalone)').matches;
const wasAsked = () => localStorage.getItem(KEY) !== null;

export function InstallPrompt() {
  const words = useWords<AppWord>();
  const offer = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
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

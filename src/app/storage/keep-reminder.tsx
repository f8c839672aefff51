import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

const KEY = 'interlude.keep-reminded';

function installWord(): RareWord {
  // An iPad says that it is a Mac.
  const isTouchMac = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  if (isTouchMac || /iPhone|iPad/.test(navigator.userAgent)) return 'app.keep.ios';
  return /Android/.test(navigator.userAgent) ? 'app.keep.android' : 'app.keep.desktop';
}

/** Where the browser has promised nothing: what that means and what helps, until somebody has had enough of it. */
export default function KeepReminder() {
  const words = useWords<RareWord>();
  const [reminded, setReminded] = useState(() => localStorage.getItem(KEY) !== null);
  if (reminded) return <p>{words('app.settings.notPersisted')}</p>;
  const done = () => {
    localStorage.setItem(KEY, new Date().toISOString());
    setReminded(true);
  };
  return (
    <Notice title={words('app.keep.title')} action={<Button onClick={done}>{words('app.keep.later')}</Button>}>
      <p>{words('app.keep.text')}</p>
      <p>{words(installWord())}</p>
    </Notice>
  );
}

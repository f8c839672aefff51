// On the lock screen: that photos were shared for this person, and nothing else of them.

import { useEffect, useState } from 'react';
import { countShares } from '../../sync/client/shares.ts';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

export default function SharedWaiting({ membership }: { membership: string }) {
  const words = useWords<RareWord>();
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    let isWanted = true;
    // Where the store does not open, nothing is said: what is there is said after the unlock.
    countShares(membership).then(
      (count) => isWanted && setWaiting(count),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [membership]);
  return waiting > 0 && <Notice>{words('app.share.locked', { count: waiting })}</Notice>;
}

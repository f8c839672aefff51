import { useEffect, useState } from 'react';
import { passkeySupport } from '../sync/client/vault/passkey.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import { addPasskey, hasPasskey, removePasskey } from './account/own-passkey.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

const OUTCOME = {
  added: 'app.settings.passkeyAdded',
  cancelled: 'app.settings.passkeyCancelled',
  unsupported: 'app.settings.passkeyUnsupported',
} as const satisfies Record<string, RareWord>;

/** Adds or removes this device's passkey as a way to unlock. */
export function UnlockSection() {
  const words = useWords<AppWord | RareWord>();
  const [has, setHas] = useState<boolean>();
  const [possible, setPossible] = useState(true);
  useEffect(() => void passkeySupport().then((support) => setPossible(support !== 'unsupported')), []);
  const [outcome, setOutcome] = useState<keyof typeof OUTCOME>();
  useEffect(() => void hasPasskey().then(setHas), [outcome]);
  async function add(): Promise<void> {
    setOutcome(undefined);
    setOutcome(await addPasskey());
  }
  async function remove(): Promise<void> {
    await removePasskey();
    setHas(false);
  }
  if (has === undefined) return null;
  return (
    <section className="ui-stack">
      <h2>{words('app.settings.unlock')}</h2>
      <p className="ui-muted">{words(possible ? 'app.settings.passkeyText' : 'app.settings.passkeyUnsupported')}</p>
      {outcome && <Notice announce>{words(OUTCOME[outcome])}</Notice>}
      {has && <Button onClick={() => void remove()}>{words('app.settings.passkeyRemove')}</Button>}
      {!has && possible && <Button onClick={() => void add()}>{words('app.settings.passkeyAdd')}</Button>}
    </section>
  );
}

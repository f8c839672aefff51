// What the line has carried this month, whether to save on it, and what of the fetched files can go from here.

import { useEffect, useState } from 'react';
import { useSyncStatus, useWorkspace } from '../../sync/client/react.ts';
import { usedInMonth } from '../../sync/client/data-use.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SAVE_DATA_CHOICES, useSaveData } from '../../ui/save-data.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

export default function DataSection() {
  const words = useWords<RareWord>();
  const mb = useMb();
  const { membership } = useWorkspace();
  // Looked at anew whenever the line has done something.
  const { freshAt } = useSyncStatus();
  const [used, setUsed] = useState(() => usedInMonth(membership.id));
  useEffect(() => setUsed(usedInMonth(membership.id)), [membership.id, freshAt]);
  const [choice, choose] = useSaveData();
  return (
    <section className="ui-stack" aria-labelledby="data-title">
      <h2 id="data-title">{words('app.data.title')}</h2>
      <p>{words('app.data.month', { sent: mb(used.sent), received: mb(used.received) })}</p>
      <ChoiceField
        label={words('app.data.save')}
        hint={words('app.data.saveHint')}
        look="rows"
        choices={SAVE_DATA_CHOICES.map((value) => ({ value, label: words(`app.data.save.${value}`) }))}
        value={choice}
        onChange={choose}
      />
      <SpareFiles />
    </section>
  );
}

function SpareFiles() {
  const words = useWords<RareWord>();
  const mb = useMb();
  const { spareBytes, freeSpare } = useWorkspace();
  const [bytes, setBytes] = useState<number>();
  const [state, setState] = useState<'ready' | 'busy' | 'freed'>('ready');
  useEffect(() => void spareBytes().then(setBytes), [spareBytes]);
  async function free(): Promise<void> {
    setState('busy');
    await freeSpare();
    setBytes(await spareBytes());
    setState('freed');
  }
  if (state === 'freed') return <Notice announce>{words('app.data.freed')}</Notice>;
  if (!bytes) return null;
  return (
    <>
      <p>{words('app.data.spare', { mb: mb(bytes) })}</p>
      <div className="ui-actions">
        <Button busy={state === 'busy'} onClick={() => void free()}>
          {words('app.data.free')}
        </Button>
      </div>
    </>
  );
}

/** In MB, with one digit behind the point. */
function useMb(): (bytes: number) => string {
  const format = useFormat();
  return (bytes) => format.number(bytes === 0 ? 0 : Math.max(0.1, Math.round(bytes / 100_000) / 10));
}

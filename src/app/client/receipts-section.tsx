// What the client wants to be told about who has seen her entries. Hers alone to choose.

import { useState } from 'react';
import { RECEIPTS } from '../../features/journal/schema.ts';
import { chooseReceipts } from '../../features/journal/mutators.ts';
import { receiptsOf } from '../../features/journal/queries.ts';
import { useAct, useAuthored } from '../../features/use-act.ts';
import { useLive } from '../../sync/client/react.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { useOwnClient } from './own-chart.ts';

export default function ReceiptsSection() {
  const client = useOwnClient();
  return client ? <Receipts client={client} /> : null;
}

function Receipts({ client }: { client: string }) {
  const words = useWords<RareWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const kept = useLive((reader) => receiptsOf(reader, client), [client]);
  // Shown at once; what is kept follows.
  const [picked, setPicked] = useState<(typeof RECEIPTS)[number]>();
  async function choose(receipts: (typeof RECEIPTS)[number]): Promise<void> {
    const { id: _, ...who } = authored();
    setPicked(receipts);
    if (await act({ name: chooseReceipts.name, args: { ...who, client, receipts } }))
      say({ text: words('app.receipts.saved') });
    else setPicked(undefined);
  }
  return (
    <section className="ui-stack">
      {state !== 'ready' && state !== 'busy' && <Notice kind="attention">{words('app.receipts.failed')}</Notice>}
      <ChoiceField
        label={words('app.receipts')}
        hint={words('app.receipts.hint')}
        look="rows"
        choices={RECEIPTS.map((value) => ({ value, label: words(`app.receipts.${value}`) }))}
        value={picked ?? kept}
        onChange={(receipts) => void choose(receipts)}
      />
    </section>
  );
}

import { useLive } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { BroadcastRows } from '../parts/broadcast-rows.tsx';
import { ComposeBroadcast } from '../parts/compose-broadcast.tsx';
import { draftIn } from '../parts/recipients.ts';
import type { Reachable } from '../parts/recipients.ts';
import { broadcastsHere } from '../queries.ts';
import type { BroadcastWord } from '../words/catalogue.ts';

export interface BroadcastScreenProps {
  /** The clients whom the reader may write to; a function that stays the same. */
  read: (reader: Reader) => Promise<Reachable[]>;
  isProvider: boolean;
  isManager: boolean;
  back: { href: string; label: string };
}

const DRAFT = 'broadcast';

/** One text to many clients: who gets it, what will happen, and what has become of those before. */
export function BroadcastScreen({ read, isProvider, isManager, back }: BroadcastScreenProps) {
  const words = useWords<BroadcastWord>();
  const clients = useLive(read, [read]);
  const all = useLive(broadcastsHere, []);
  const draft = useStoredDraft(DRAFT, draftIn);
  const isHere = clients !== undefined && all !== undefined && draft !== undefined;
  return (
    <Page title={words('broadcast.title')} back={back}>
      <p>{words('broadcast.intro')}</p>
      {!isHere && <Skeleton rows={5} />}
      {isHere && (
        <>
          {clients.length === 0 && <p className="ui-muted">{words('broadcast.nobody')}</p>}
          {clients.length > 0 && <ComposeBroadcast {...{ clients, isProvider, isManager }} restored={draft?.value} />}
          <BroadcastRows broadcasts={all} />
        </>
      )}
    </Page>
  );
}

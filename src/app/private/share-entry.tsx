// A private entry given to the care team: an ordinary entry is made of it, and it says so itself from then on.

import { useState } from 'react';
import { addEntry } from '../../features/journal/mutators.ts';
import { useAct } from '../../features/use-act.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import type { Workspace } from '../../sync/client/workspace.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { reviseAct, sharedId } from './contents.ts';
import { openOf } from './ring.ts';
import { insideOf } from './views.ts';
import type { PrivateView } from './views.ts';

export function ShareEntry({ entry }: { entry: PrivateView }) {
  const words = useWords<RareWord | AppWord>();
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const { share, isBusy, hasFailed } = useShare(entry);
  if (entry.shared) {
    return (
      <>
        <p>{words('app.private.share.done', { time: format.dateTime(entry.shared.at) })}</p>
        <div className="ui-actions">
          <ButtonLink href={`/journal/${entry.shared.entry}`}>{words('app.private.share.see')}</ButtonLink>
        </div>
      </>
    );
  }
  async function confirm(): Promise<void> {
    await share();
    setAsking(false);
  }
  return (
    <>
      {hasFailed && (
        <Notice kind="attention" announce>
          {words('app.private.failed')}
        </Notice>
      )}
      <div className="ui-actions">
        <Button icon="clients" onClick={() => setAsking(true)}>
          {words('app.private.share')}
        </Button>
      </div>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={words('app.private.share.title')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{words('app.cancel')}</Button>
            <Button variant="primary" busy={isBusy} onClick={() => void confirm()}>
              {words('app.private.share.do')}
            </Button>
          </>
        }
      >
        <p>{words('app.private.share.text')}</p>
      </Dialog>
    </>
  );
}

function useShare(entry: PrivateView) {
  const { reader } = useWorkspace();
  const { state, act } = useAct();
  const share = async () => {
    const acts = await shareActs(reader, entry);
    if (acts === null) return;
    // First what others get: cut off between the two, sharing again goes on with the same entry.
    const isThere = (await reader.get('journalEntry', acts.added.args.id)) !== undefined;
    if (isThere || (await act(acts.added))) await act(acts.said);
  };
  return { share, isBusy: state === 'busy', hasFailed: state !== 'ready' && state !== 'busy' };
}

/** The act that makes the journal's entry, and the one that notes it in the private one. */
export async function shareActs(reader: Workspace['reader'], { id, client, content, key: under }: PrivateView) {
  const key = (await openOf(reader, [under])).get(under);
  const what = await insideOf(reader, id);
  if (key === undefined || what === null) return null;
  const { v: _, ...rest } = what;
  const { kind, at, zone } = rest;
  const entry = sharedId(key, id);
  const now = new Date().toISOString();
  // What is kept from her own screen is not handed on by it either.
  const added = { name: addEntry.name, args: { by: reader.memberId, at, zone, id: entry, client, kind, content } };
  const said = reviseAct({ member: reader.memberId, key }, id, { ...rest, shared: { entry, at: now } });
  return { added, said };
}

import { useState } from 'react';
import { useQueue, useWorkspace } from '../../sync/client/react.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import { forgetPush } from '../notices/push-here.ts';
import { saveParcels } from '../parcel-file.ts';
import { signOut } from '../session.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';

/** Signing out takes everything off the device, so what is unsent is asked about first. */
export function SignOutDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const queue = useQueue();
  const [busy, setBusy] = useState(false);
  const unsent = queue?.unsent ?? [];
  const photos = queue?.files.length ?? 0;
  const acts = unsent.length + (queue?.rejections.length ?? 0);
  const waiting = acts + photos;
  const send = photos > 0 ? () => void workspace.sendFilesAgain() : workspace.exchangeNow;
  async function leave(): Promise<void> {
    setBusy(true);
    // Without a network the server does not hear that nobody is here to be told any more.
    await forgetPush(workspace.membership).catch(() => undefined);
    await signOut();
  }
  const actions = (
    <>
      <Button onClick={onClose}>{words('app.cancel')}</Button>
      {waiting > 0 && (
        <>
          <Button onClick={send}>{words('app.notSent.now')}</Button>
          {acts > 0 && (
            <Button onClick={() => saveParcels(workspace.membership, unsent)}>{words('app.notSent.file')}</Button>
          )}
        </>
      )}
      <Button variant="danger" busy={busy} onClick={() => void leave()}>
        {words(waiting > 0 ? 'app.signOut.discard' : 'app.signOut.do')}
      </Button>
    </>
  );
  return (
    <Dialog open={open} onClose={onClose} title={words('app.signOut.title')} actions={queue && actions}>
      <p>{words('app.signOut.text')}</p>
      {acts > 0 && <Notice kind="attention">{words('app.signOut.unsent', { count: acts })}</Notice>}
      {photos > 0 && <Notice kind="attention">{words('app.signOut.photos', { count: photos })}</Notice>}
    </Dialog>
  );
}

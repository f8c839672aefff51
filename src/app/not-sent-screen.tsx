// What is not sent, and what came back: what, since when, how large, why; to send, save, take back, or give up one by one.

import { useState } from 'react';
import { must } from '../base/must.ts';
import type { FileRecord, OutboxEntry } from '../sync/client/database.ts';
import type { SyncStatus } from '../sync/client/status.ts';
import { useQueue, useSyncStatus, useWorkspace } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { List, ListRow } from '../ui/list.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useFormat } from '../ui/use-format.ts';
import { UserText } from '../ui/user-text.tsx';
import { useWords } from '../ui/words.ts';
import { FromFile } from './from-file.tsx';
import { saveParcels } from './parcel-file.ts';
import { RefusedList } from './refused-list.tsx';
import { UnsentFile } from './unsent-file.tsx';
import { UnsentWho } from './unsent-who.tsx';
import { useActName, useSaid } from './unsent-words.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

export default function NotSentScreen() {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const queue = useQueue();
  if (queue === undefined)
    return (
      <Page title={words('app.notSent.title')}>
        <Skeleton />
      </Page>
    );
  const { unsent, files, rejections } = queue;
  const waits = unsent.length + files.length > 0;
  const send = files.length > 0 ? () => void workspace.sendFilesAgain() : workspace.exchangeNow;
  return (
    <Page title={words('app.notSent.title')}>
      {!waits && rejections.length === 0 && (
        <EmptyState icon="check" title={words('app.notSent.empty')}>
          {words('app.notSent.emptyText')}
        </EmptyState>
      )}
      <RefusedList rejections={rejections} />
      {waits && <Waiting unsent={unsent} files={files} />}
      <div className="ui-actions">
        {waits && (
          <Button variant="primary" onClick={send}>
            {words('app.notSent.now')}
          </Button>
        )}
        {unsent.length > 0 && (
          <Button onClick={() => saveParcels(workspace.membership, unsent)}>{words('app.notSent.file')}</Button>
        )}
        <FromFile />
      </div>
    </Page>
  );
}

function Waiting({ unsent, files }: { unsent: readonly OutboxEntry[]; files: readonly FileRecord[] }) {
  const words = useWords<AppWord | RareWord>();
  const why = useWhy();
  const [asked, setAsked] = useState<OutboxEntry | null>(null);
  return (
    <>
      <List label={words('app.notSent.title')}>
        {unsent.map((entry) => (
          <UnsentRow key={entry.mid} entry={entry} why={why} onDiscard={() => setAsked(entry)} />
        ))}
        {files.map((file) => (
          <UnsentFile key={file.id} file={file} why={why} />
        ))}
      </List>
      <DiscardDialog entry={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function UnsentRow({ entry, why, onDiscard }: { entry: OutboxEntry; why: string; onDiscard: () => void }) {
  const words = useWords<AppWord | RareWord>();
  const format = useFormat();
  const nameOf = useActName();
  const kb = format.number(Math.max(0.1, Math.round(entry.bytes / 100) / 10));
  const said = useSaid(entry.mutation);
  return (
    <ListRow
      title={entry.mutation ? nameOf(entry.mutation.name) : words('app.notSent.locked')}
      meta={format.dateTime(entry.mutation?.at ?? `${entry.hour}:00:00.000Z`)}
      foot={entry.mutation && <Button onClick={onDiscard}>{words('app.notSent.discard')}</Button>}
    >
      <UnsentWho mutation={entry.mutation} />
      {said && <UserText>{said}</UserText>}
      <p className="ui-muted">
        {words('app.notSent.size', { kb })} · {why}
      </p>
    </ListRow>
  );
}

const WHY: Partial<Record<SyncStatus['line'], RareWord>> = {
  'sign-in': 'app.notSent.why.signIn',
  ended: 'app.notSent.why.ended',
  held: 'app.notSent.why.held',
  trouble: 'app.notSent.why.trouble',
  full: 'app.notSent.why.full',
  sending: 'app.notSent.why.working',
  // Only fetching has stopped.
  'update-needed': 'app.notSent.why.working',
};

function useWhy(): string {
  const words = useWords<AppWord | RareWord>();
  const { line } = useSyncStatus();
  return words(WHY[line] ?? 'app.notSent.why.offline');
}

function DiscardDialog({ entry, onClose }: { entry: OutboxEntry | null; onClose: () => void }) {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  async function discard(): Promise<void> {
    await workspace.discard(must(entry, 'the entry that was asked about').n);
    onClose();
  }
  return (
    <Dialog
      open={entry !== null}
      onClose={onClose}
      title={words('app.notSent.discardTitle')}
      actions={
        <>
          <Button onClick={onClose}>{words('app.cancel')}</Button>
          <Button variant="danger" onClick={() => void discard()}>
            {words('app.notSent.discard')}
          </Button>
        </>
      }
    >
      <p>{words('app.notSent.discardText')}</p>
    </Dialog>
  );
}

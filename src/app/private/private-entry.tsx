// One private entry: read, worded anew, shared, taken away.

import { useState } from 'react';
import { newId } from '../../base/ids.ts';
import { EditForm } from '../../features/journal/parts/edit-form.tsx';
import { EntryContent } from '../../features/journal/parts/entry-content.tsx';
import { EarlierWordings } from '../../features/journal/parts/entry-detail.tsx';
import { EntryTime } from '../../features/journal/parts/entry-time.tsx';
import { NotAllShown } from '../../features/journal/parts/not-all-shown.tsx';
import { PrivateSideContext } from '../../features/journal/parts/private-side.ts';
import { useKindName } from '../../features/journal/parts/use-kinds.ts';
import { useSavedWords } from '../../features/journal/parts/use-saved-words.ts';
import { useAct } from '../../features/use-act.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { addAct, removeAct } from './contents.ts';
import { ringOf } from './ring.ts';
import { ShareEntry } from './share-entry.tsx';
import { PRIVATE_SIDE } from './side.tsx';
import { useGo } from './use-go.ts';
import { insideOf, privateById } from './views.ts';
import type { PrivateView } from './views.ts';

export default function PrivateEntry({ id }: { id: string }) {
  const words = useWords<AppWord | RareWord>();
  const nameOf = useKindName();
  const read = useLive(async (reader) => ({ id, entry: (await privateById(reader, [id]))[0] ?? null }), [id]);
  const entry = read?.id === id ? read.entry : undefined;
  const back = { href: '/journal', label: words('app.journal') };
  if (!entry) {
    return (
      <Page title={words('app.private.unsent')} back={back}>
        {entry === undefined ? <Skeleton /> : <EmptyState icon="journal" title={words('app.private.removed')} />}
      </Page>
    );
  }
  return (
    <Page title={nameOf(entry.kind)} windowTitle={words('app.private.unsent')} back={back}>
      <div className="ui-actions">
        <PRIVATE_SIDE.Label entry={entry} />
      </div>
      {entry.privacy === 'open' ? <OpenEntry key={id} entry={entry} /> : <ClosedEntry entry={entry} />}
    </Page>
  );
}

function ClosedEntry({ entry: { privacy } }: { entry: PrivateView }) {
  const words = useWords<RareWord>();
  if (privacy === 'broken') return <Notice kind="attention">{words('app.private.brokenText')}</Notice>;
  return (
    <Notice kind="attention" action={<ButtonLink href="/private">{words('app.private.locked.do')}</ButtonLink>}>
      {words('app.private.lockedText')}
    </Notice>
  );
}

function OpenEntry({ entry }: { entry: PrivateView }) {
  const savedWords = useSavedWords();
  const [said, setSaid] = useState<string>();
  const [isEditing, setEditing] = useState(false);
  if (isEditing) {
    return (
      <PrivateSideContext value={PRIVATE_SIDE}>
        <EditForm
          entry={entry}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            setSaid(savedWords());
          }}
        />
      </PrivateSideContext>
    );
  }
  return (
    <>
      {said && <Notice announce>{said}</Notice>}
      <article className="journal-detail">
        <p className="ui-muted">
          <EntryTime at={entry.at} zone={entry.zone} full />
        </p>
        <EntryContent content={entry.content} client={entry.client} />
        <EarlierWordings entry={entry} />
      </article>
      <NotAllShown client={entry.client} />
      <Acts entry={entry} onEdit={() => setEditing(true)} />
      <ShareEntry entry={entry} />
    </>
  );
}

function Acts({ entry, onEdit }: { entry: PrivateView; onEdit: () => void }) {
  const words = useWords<RareWord>();
  const { remove, hasFailed } = useRemove(entry);
  return (
    <>
      {hasFailed && (
        <Notice kind="attention" announce>
          {words('app.private.failed')}
        </Notice>
      )}
      <div className="ui-actions">
        <Button icon="edit" onClick={onEdit}>
          {words('app.private.edit')}
        </Button>
        <Button variant="danger" onClick={() => void remove()}>
          {words('app.private.remove')}
        </Button>
      </div>
    </>
  );
}

/** Taken away at once; for a while it can be brought back, as a new entry with the same words. */
function useRemove({ id, revisions }: PrivateView) {
  const words = useWords<RareWord>();
  const { reader, mutate } = useWorkspace();
  const { state, act } = useAct();
  const say = useToast();
  const go = useGo();
  async function remove(): Promise<void> {
    const what = await insideOf(reader, id);
    if (!(await act(removeAct(reader.memberId, id, revisions)))) return;
    // Brought back twice, it is one.
    const again = newId();
    async function broughtBack(): Promise<boolean> {
      const { writing: key } = await ringOf(reader);
      if (what === null || key === null) return false;
      const { v: _, ...rest } = what;
      return (await mutate(addAct({ member: reader.memberId, key }, rest, again))) === undefined;
    }
    async function bringBack(): Promise<void> {
      if (await broughtBack().catch(() => false)) return;
      say({ text: words('app.private.failed'), onUndo: () => void bringBack() });
    }
    say({ text: words('app.private.removed'), onUndo: () => void bringBack() });
    go('/journal');
  }
  return { remove, hasFailed: state !== 'ready' && state !== 'busy' };
}

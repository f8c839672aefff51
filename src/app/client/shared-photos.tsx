// Photos that were shared to the app from another: taken into the draft of a photo entry, where nothing is sent before it is saved.

import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { scaledPicture } from '../../features/file/parts/photos/scale-picture.ts';
import type { EntryDraft } from '../../features/journal/parts/draft-shape.ts';
import { newEntryDrafts } from '../../features/journal/parts/use-draft.ts';
import { NOW } from '../../features/journal/parts/when.ts';
import { isPhoto, PHOTOS_MAX } from '../../features/file/schema.ts';
import type { Medium } from '../../features/file/schema.ts';
import { chartOf } from '../../features/space-names.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import type { Workspace } from '../../sync/client/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import './shared-photos.css';

const NOT_KEPT = ['nobody', 'several', 'nothing', 'full'] as const;

interface SharedPhotosProps {
  client: string;
  /** What the worker has said of it. */
  told: unknown;
}

export default function SharedPhotos(props: SharedPhotosProps) {
  return (
    <div className="shared-photos">
      <Shared {...props} />
    </div>
  );
}

function Shared({ client, told }: SharedPhotosProps) {
  const words = useWords<RareWord>();
  const workspace = useWorkspace();
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    void workspace.shares().then(async (desk) => setWaiting(await desk.count()));
  }, [workspace]);
  const { state, take } = useTakeIn(client);
  const notKept = NOT_KEPT.find((one) => one === told);
  if (notKept) return <Notice kind="attention">{words(`app.share.${notKept}`)}</Notice>;
  if (waiting === 0) return null;
  async function discard(): Promise<void> {
    await (await workspace.shares()).discard();
    setWaiting(0);
  }
  return (
    <Notice
      action={
        <>
          <Button variant="primary" busy={state === 'busy'} onClick={() => void take()}>
            {words('app.share.take')}
          </Button>
          <Button onClick={() => void discard()}>{words('app.notSent.discard')}</Button>
        </>
      }
    >
      {words(state === 'failed' || state === 'private' ? `app.share.${state}` : 'app.share.waiting', {
        count: waiting,
      })}
    </Notice>
  );
}

type State = 'ready' | 'busy' | 'failed' | 'private';

function useTakeIn(client: string) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const busy = useRef(false);
  const [state, setState] = useState<State>('ready');
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  async function take(): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    setState('busy');
    try {
      const outcome = await takeIn(workspace, client, () => isHere.current);
      setState(outcome === 'done' ? 'ready' : outcome);
      if (outcome === 'done') await navigate({ href: '/journal?new=photo' });
    } catch {
      setState('failed');
    } finally {
      busy.current = false;
    }
  }
  return { state, take };
}

/** All of them into the draft at once. A draft that its form is being written in is never changed underneath: they go on waiting then. */
async function takeIn(workspace: Workspace, client: string, mayWrite: () => boolean): Promise<'done' | 'private'> {
  const [desk, shares] = [await workspace.files(), await workspace.shares()];
  const begun = await photoDraft(workspace, client);
  // What is for its author alone has no photos, and must not be made into what others read.
  if (begun.draft?.isPrivate) return 'private';
  const room = PHOTOS_MAX - mediaIn(begun.draft).filter(isPhoto).length;
  if (room <= 0) throw new Error('the draft has all the photos that it can have');
  const photos: Medium[] = [];
  async function keep(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    if (photos.length >= room) return false;
    const scaled = await scaledPicture(new Blob([bytes]));
    // No picture: there is nothing of it to be shown or kept.
    if (typeof scaled === 'string') return true;
    const { whole, small, width, height } = scaled;
    const kept = await desk.keep(chartOf(client), { whole, small });
    photos.push({ ...kept.whole, type: 'image/jpeg', width, height, thumb: kept.small });
    return true;
  }
  async function settle(): Promise<void> {
    // Read again: making them ready has taken its time.
    const { id, draft } = await photoDraft(workspace, client);
    const media = [...mediaIn(draft), ...photos];
    if (!mayWrite() || draft?.isPrivate || media.filter(isPhoto).length > PHOTOS_MAX) {
      throw new Error('the draft is another than it was');
    }
    if (photos.length === 0) return;
    const content = { ...(draft?.content ?? { text: '' }), media };
    await workspace.keepDraft(id, { kind: 'photo', when: NOW, ...draft, content });
  }
  try {
    await shares.take(keep, settle);
  } catch (error) {
    for (const { id } of photos) await desk.letGo(id);
    throw error;
  }
  return 'done';
}

async function photoDraft({ reader }: Workspace, client: string): Promise<{ id: string; draft?: EntryDraft }> {
  const { kept, placeOf } = await newEntryDrafts(reader, client);
  const id = placeOf('photo');
  const draft = kept.find((one) => one.id === id)?.value;
  // With every place taken, one of another kind would be written over.
  if (draft && draft.kind !== 'photo') throw new Error('there is no place for another draft');
  return draft ? { id, draft } : { id };
}

const mediaIn = (draft: EntryDraft | undefined): readonly Medium[] => draft?.content.media ?? [];

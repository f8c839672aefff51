// Photos that were shared to the app from another: taken into the draft of a photo entry, where nothing is sent before it is saved.

import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { scaledPicture } from '../../features/journal/parts/photos/scale-picture.ts';
import { asEntryDraft } from '../../features/journal/parts/draft-shape.ts';
import { useNewEntryDrafts } from '../../features/journal/parts/use-draft.ts';
import { NOW } from '../../features/journal/parts/when.ts';
import { PHOTOS_MAX } from '../../features/journal/schema.ts';
import type { JournalMedium } from '../../features/journal/schema.ts';
import { chartOf } from '../../features/spaces.ts';
import { useWorkspace } from '../../sync/client/react.ts';
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
      {words(state === 'failed' ? 'app.share.failed' : 'app.share.waiting', { count: waiting })}
    </Notice>
  );
}

function useTakeIn(client: string) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const drafts = useNewEntryDrafts(client);
  const busy = useRef(false);
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');

  async function into(draftId: string): Promise<void> {
    const [desk, shares] = [await workspace.files(), await workspace.shares()];
    await shares.take(async (bytes) => {
      const scaled = await scaledPicture(new Blob([bytes]));
      // No picture: there is nothing of it to be shown or kept.
      if (typeof scaled === 'string') return;
      const { whole, small, width, height } = scaled;
      const kept = await desk.keep(chartOf(client), { whole, small });
      const photo: JournalMedium = { ...kept.whole, type: 'image/jpeg', width, height, thumb: kept.small };
      const before = asEntryDraft((await workspace.reader.draft(draftId))?.content ?? {});
      const content = before?.content ?? { text: '' };
      const media = [...(content.media ?? []), photo];
      if (media.length > PHOTOS_MAX) throw new Error('the draft has all the photos that it can have');
      await workspace.keepDraft(draftId, { kind: 'photo', when: before?.when ?? NOW, content: { ...content, media } });
    });
  }
  async function take(): Promise<void> {
    if (busy.current || drafts === undefined) return;
    busy.current = true;
    setState('busy');
    try {
      await into(drafts.placeOf('photo'));
      await navigate({ href: '/journal?new=photo' });
    } catch {
      setState('failed');
    } finally {
      busy.current = false;
    }
  }
  return { state, take };
}

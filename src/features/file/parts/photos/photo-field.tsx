import type { Space } from '../../../../sync/core/record.ts';
import { useRef, useState } from 'react';
import { troubleOf, useWorkspace } from '../../../../sync/client/react.ts';
import { Button } from '../../../../ui/button.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { useWords } from '../../../../ui/words.ts';
import { isPhoto, PHOTOS_MAX } from '../../schema.ts';
import type { Photo } from '../../schema.ts';
import type { PhotoWord } from './words/catalogue.ts';
import { Picture } from './photos.tsx';
import { scaledPicture } from './scale-picture.ts';
import type { PictureFault } from './scale-picture.ts';
import type { MediaList } from './use-media-list.ts';
import './photos.css';

type Fault = PictureFault | 'tooMany' | 'full' | 'failed';

export interface PhotoFieldProps {
  space: Space;
  adds: boolean;
  list: MediaList;
  /** A photo is being made ready: what is saved now would be without it. */
  onBusy: (busy: boolean) => void;
}

/** Adds photos, shows them, and takes them out again. */
export function PhotoField(props: PhotoFieldProps) {
  const { space, adds, list } = props;
  const value = list.shown.filter(isPhoto);
  const words = useWords<PhotoWord>();
  const { add, remove, fault, busy } = usePhotos(props);
  return (
    <div className="file-photo-field">
      {fault && (
        <Notice kind="attention" announce>
          {words(`file.photo.fault.${fault}`, fault === 'tooMany' ? { most: PHOTOS_MAX } : {})}
        </Notice>
      )}
      {value.length > 0 && (
        <ul className="file-photos" role="list" aria-label={words('file.photo.photos')}>
          {value.map(({ id, thumb }, i) => (
            <li key={id}>
              <Picture
                space={space}
                of={thumb}
                whole={id}
                alt={words('file.photo.of', { number: i + 1, count: value.length })}
              />
              <Button icon="close" onClick={() => remove(id)}>
                {words('file.photo.remove', { number: i + 1 })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {adds && <Chooser busy={busy} onChoose={add} />}
    </div>
  );
}

function Chooser({ busy, onChoose }: { busy: boolean; onChoose: (files: File[]) => Promise<void> }) {
  const words = useWords<PhotoWord>();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          void onChoose([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <div className="ui-actions">
        <Button icon="plus" busy={busy} onClick={() => input.current?.click()}>
          {words('file.photo.add')}
        </Button>
      </div>
      <p className="ui-muted" aria-live="polite">
        {words(busy ? 'file.photo.working' : 'file.photo.hint')}
      </p>
    </>
  );
}

function usePhotos({ space, list, onBusy }: PhotoFieldProps) {
  const { files } = useWorkspace();
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  /** What was chosen while others were being made ready: it comes after them. */
  const waiting = useRef<File[]>([]);

  async function ready(file: File): Promise<Photo | Fault> {
    const scaled = await scaledPicture(file);
    if (typeof scaled === 'string') return scaled;
    const { whole, small, width, height } = scaled;
    const desk = await files();
    const kept = await desk.keep(space, { whole, small });
    return { ...kept.whole, type: 'image/jpeg', width, height, thumb: kept.small };
  }

  async function add(chosen: readonly File[]): Promise<void> {
    const isUnderWay = waiting.current.length > 0;
    waiting.current.push(...chosen);
    if (isUnderWay || chosen.length === 0) return;
    setFault(undefined);
    setBusy(true);
    onBusy(true);
    for (let [file] = waiting.current; file !== undefined; [file] = waiting.current) {
      const photo = list.now().filter(isPhoto).length >= PHOTOS_MAX ? 'tooMany' : await ready(file).catch(faultOf);
      if (typeof photo === 'string') setFault(photo);
      else list.change([...list.now(), photo]);
      // The form has it before the next one is added to it.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      waiting.current.shift();
    }
    setBusy(false);
    onBusy(false);
  }

  return { add, remove: (id: string) => list.change(list.now().filter((one) => one.id !== id)), fault, busy };
}

function faultOf(error: unknown): Fault {
  return troubleOf(error) === 'full' ? 'full' : 'failed';
}

import type { Space } from '../../../../sync/core/record.ts';
import { useState } from 'react';
import { useLive, useSyncStatus } from '../../../../sync/client/react.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { savesData } from '../../../../ui/save-data.ts';
import { useFormat } from '../../../../ui/use-format.ts';
import { useWords } from '../../../../ui/words.ts';
import type { Photo } from '../../schema.ts';
import type { PhotoWord } from './words/catalogue.ts';
import { typeOfPicture } from './scale-picture.ts';
import { useGivenUp } from './use-given-up.ts';
import { useMediaUrl } from './use-media-url.ts';
import './photos.css';

export interface PhotosProps {
  space: Space;
  media: readonly Photo[];
  /** Each opens large at a press; not in lists, where a press opens the entry. */
  opens: boolean;
}

export function Photos({ space, media, opens }: PhotosProps) {
  const words = useWords<PhotoWord>();
  const [open, setOpen] = useState<number>();
  const photo = open === undefined ? undefined : media[open];
  const count = media.length;
  return (
    <>
      <ul className="file-photos" role="list" aria-label={words('file.photo.photos')}>
        {media.map((one, i) => {
          const picture = (
            <Picture
              space={space}
              of={one.thumb}
              whole={one.id}
              alt={words('file.photo.of', { number: i + 1, count })}
            />
          );
          return (
            <li key={one.id}>
              {opens ? (
                <button
                  type="button"
                  className="file-photo-open"
                  aria-label={words('file.photo.open', { number: i + 1 })}
                  onClick={() => setOpen(i)}
                >
                  {picture}
                </button>
              ) : (
                picture
              )}
            </li>
          );
        })}
      </ul>
      <PhotoState media={media} />
      {opens && (
        <Dialog
          open={photo !== undefined}
          onClose={() => setOpen(undefined)}
          title={words('file.photo.of', { number: (open ?? 0) + 1, count })}
        >
          {photo && (
            <LargePicture
              key={photo.id}
              space={space}
              photo={photo}
              alt={words('file.photo.of', { number: (open ?? 0) + 1, count })}
            />
          )}
        </Dialog>
      )}
    </>
  );
}

/** The whole photo; where data is saved and it is not here, its small form until somebody asks for it, knowing how large it is. */
function LargePicture({ space, photo, alt }: { space: Space; photo: Photo; alt: string }) {
  const words = useWords<PhotoWord>();
  const mb = useFormat().number(Math.max(0.1, Math.round(photo.size / 100_000) / 10));
  const [isAsked, setAsked] = useState(() => !savesData());
  const states = useLive((reader) => reader.files([photo.id]), [photo.id]);
  if (states === undefined) return null;
  if (isAsked || states[0] !== undefined)
    return <Picture space={space} of={photo} whole={photo.id} shape={photo} alt={alt} />;
  return (
    <>
      <Picture space={space} of={photo.thumb} whole={photo.id} alt={alt} />
      <div className="ui-actions">
        <Button onClick={() => setAsked(true)}>{words('file.photo.show', { mb })}</Button>
      </div>
    </>
  );
}

const UNFIT = { wrong: 'file.photo.wrong', refused: 'file.photo.unfit', away: undefined } as const;

const isJpeg = (head: Uint8Array) => typeOfPicture(head) === 'image/jpeg';

export interface PictureProps {
  space: Space;
  of: Photo['thumb'];
  /** The photo that it is the small form of, or itself. */
  whole: string;
  alt: string;
  /** Of the whole photo: it takes the room that it will need. */
  shape?: { width: number; height: number };
}

/** A picture, or in its place why there is none. */
export function Picture({ space, of, whole, alt, shape }: PictureProps) {
  const words = useWords<PhotoWord>();
  const { line } = useSyncStatus();
  const shown = useMediaUrl({ space, file: of, type: 'image/jpeg', isIt: isJpeg });
  const givenUp = useGivenUp(whole, shown === 'away');
  const size = shape && { width: shape.width, height: shape.height };
  const look = shape ? 'file-picture file-picture-large' : 'file-picture';
  if (typeof shown === 'object') return <img className={look} src={shown.url} alt={alt} {...size} />;
  const away = line === 'offline' ? 'file.photo.away' : 'file.photo.coming';
  const gone = givenUp && (`file.photo.gone.${givenUp}` as const);
  const why = shown && words(UNFIT[shown] ?? gone ?? away);
  return (
    <span className={`${look} file-picture-missing`} role="img" aria-label={`${alt}. ${why ?? ''}`}>
      <Icon name="journal" />
      {why && <span aria-hidden="true">{why}</span>}
    </span>
  );
}

/** What has not arrived of them, on the device that they are sent from. */
function PhotoState({ media }: Pick<PhotosProps, 'media'>) {
  const words = useWords<PhotoWord>();
  const ids = media.flatMap(({ id, thumb }) => [id, thumb.id]).join(' ');
  const states = useLive((reader) => reader.files(ids.split(' ')), [ids]) ?? [];
  const isWaiting = states.some((state) => state === 'queued' || state === 'uploading');
  if (isWaiting) return <Note kind="attention">{words('file.photo.notSent')}</Note>;
  if (states.includes('refused')) return <Note kind="attention">{words('file.photo.refused')}</Note>;
  return null;
}

function Note(props: Parameters<typeof Badge>[0]) {
  return (
    <p className="file-photo-state">
      <Badge {...props} />
    </p>
  );
}

import { useState } from 'react';
import { useLive, useSyncStatus } from '../../../../sync/client/react.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { savesData } from '../../../../ui/save-data.ts';
import { useFormat } from '../../../../ui/use-format.ts';
import { useWords } from '../../../../ui/words.ts';
import type { JournalPhoto } from '../../schema.ts';
import type { PhotoWord } from './words/catalogue.ts';
import { typeOfPicture } from './scale-picture.ts';
import { useGivenUp } from './use-given-up.ts';
import { useMediaUrl } from './use-media-url.ts';
import './photos.css';

export interface PhotosProps {
  client: string;
  media: readonly JournalPhoto[];
  /** Each opens large at a press; not in lists, where a press opens the entry. */
  opens: boolean;
}

export function Photos({ client, media, opens }: PhotosProps) {
  const words = useWords<PhotoWord>();
  const [open, setOpen] = useState<number>();
  const photo = open === undefined ? undefined : media[open];
  const count = media.length;
  return (
    <>
      <ul className="journal-photos" role="list" aria-label={words('journal.photo.photos')}>
        {media.map((one, i) => {
          const picture = (
            <Picture
              client={client}
              of={one.thumb}
              whole={one.id}
              alt={words('journal.photo.of', { number: i + 1, count })}
            />
          );
          return (
            <li key={one.id}>
              {opens ? (
                <button
                  type="button"
                  className="journal-photo-open"
                  aria-label={words('journal.photo.open', { number: i + 1 })}
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
          title={words('journal.photo.of', { number: (open ?? 0) + 1, count })}
        >
          {photo && (
            <LargePicture
              key={photo.id}
              client={client}
              photo={photo}
              alt={words('journal.photo.of', { number: (open ?? 0) + 1, count })}
            />
          )}
        </Dialog>
      )}
    </>
  );
}

/** The whole photo; where data is saved and it is not here, its small form until somebody asks for it, knowing how large it is. */
function LargePicture({ client, photo, alt }: { client: string; photo: JournalPhoto; alt: string }) {
  const words = useWords<PhotoWord>();
  const mb = useFormat().number(Math.max(0.1, Math.round(photo.size / 100_000) / 10));
  const [isAsked, setAsked] = useState(() => !savesData());
  const states = useLive((reader) => reader.files([photo.id]), [photo.id]);
  if (states === undefined) return null;
  if (isAsked || states[0] !== undefined)
    return <Picture client={client} of={photo} whole={photo.id} shape={photo} alt={alt} />;
  return (
    <>
      <Picture client={client} of={photo.thumb} whole={photo.id} alt={alt} />
      <div className="ui-actions">
        <Button onClick={() => setAsked(true)}>{words('journal.photo.show', { mb })}</Button>
      </div>
    </>
  );
}

const UNFIT = { wrong: 'journal.photo.wrong', refused: 'journal.photo.unfit', away: undefined } as const;

const isJpeg = (head: Uint8Array) => typeOfPicture(head) === 'image/jpeg';

export interface PictureProps {
  client: string;
  of: JournalPhoto['thumb'];
  /** The photo that it is the small form of, or itself. */
  whole: string;
  alt: string;
  /** Of the whole photo: it takes the room that it will need. */
  shape?: { width: number; height: number };
}

/** A picture, or in its place why there is none. */
export function Picture({ client, of, whole, alt, shape }: PictureProps) {
  const words = useWords<PhotoWord>();
  const { line } = useSyncStatus();
  const shown = useMediaUrl({ client, file: of, type: 'image/jpeg', isIt: isJpeg });
  const givenUp = useGivenUp(whole, shown === 'away');
  const size = shape && { width: shape.width, height: shape.height };
  const look = shape ? 'journal-picture journal-picture-large' : 'journal-picture';
  if (typeof shown === 'object') return <img className={look} src={shown.url} alt={alt} {...size} />;
  const away = line === 'offline' ? 'journal.photo.away' : 'journal.photo.coming';
  const gone = givenUp && (`journal.photo.gone.${givenUp}` as const);
  const why = shown && words(UNFIT[shown] ?? gone ?? away);
  return (
    <span className={`${look} journal-picture-missing`} role="img" aria-label={`${alt}. ${why ?? ''}`}>
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
  if (isWaiting) return <Note kind="attention">{words('journal.photo.notSent')}</Note>;
  if (states.includes('refused')) return <Note kind="attention">{words('journal.photo.refused')}</Note>;
  return null;
}

function Note(props: Parameters<typeof Badge>[0]) {
  return (
    <p className="journal-photo-state">
      <Badge {...props} />
    </p>
  );
}

import type { Space } from '../../../../sync/core/record.ts';
import { useState } from 'react';
import { useLive, useSyncStatus } from '../../../../sync/client/react.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { savesData } from '../../../../ui/save-data.ts';
import { useFormat } from '../../../../ui/use-format.ts';
import { useWords } from '../../../../ui/words.ts';
import type { Voice } from '../../schema.ts';
import { useGivenUp } from '../photos/use-given-up.ts';
import { useMediaUrl } from '../photos/use-media-url.ts';
import { clockOf, typeOfSound } from './sound-type.ts';
import type { VoiceWord } from './words/catalogue.ts';
import './voice.css';

export interface VoiceNotesProps {
  space: Space;
  media: readonly Voice[];
  /** Each can be played; not in lists, where a press opens the entry. */
  opens: boolean;
}

/** `Voice note, 0:42`; with its number where there are several. */
export function useVoiceName() {
  const words = useWords<VoiceWord>();
  return ({ seconds }: Voice, i: number, count: number): string => {
    const time = clockOf(seconds);
    return count > 1 ? words('file.voice.nameOf', { number: i + 1, time }) : words('file.voice.name', { time });
  };
}

export function VoiceNotes({ space, media, opens }: VoiceNotesProps) {
  const words = useWords<VoiceWord>();
  const nameOf = useVoiceName();
  return (
    <>
      <ul className="file-voices" role="list" aria-label={words('file.voice.notes')}>
        {media.map((note, i) => {
          const name = nameOf(note, i, media.length);
          return (
            <li key={note.id}>
              {opens ? <Player space={space} note={note} name={name} /> : <VoiceName name={name} />}
            </li>
          );
        })}
      </ul>
      <VoiceState media={media} />
    </>
  );
}

function VoiceName({ name }: { name: string }) {
  return (
    <span className="file-voice-name">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4" />
      </svg>
      {name}
    </span>
  );
}

/** A voice note with the browser's own controls, or in their place why there are none. */
export function Player({ space, note, name }: { space: Space; note: Voice; name: string }) {
  const words = useWords<VoiceWord>();
  const { line } = useSyncStatus();
  const { type } = note;
  const [wasAsked, setAsked] = useState(() => !savesData());
  const states = useLive((reader) => reader.files([note.id]), [note.id]);
  const isAsked = wasAsked || states?.[0] !== undefined;
  const shown = useMediaUrl({ space, file: note, type, isIt: IS_IT[type], isAsked });
  const mb = useFormat().number(Math.max(0.1, Math.round(note.size / 100_000) / 10));
  const givenUp = useGivenUp(note.id, shown === 'away');
  const gone = givenUp && (`file.voice.gone.${givenUp}` as const);
  const away = line === 'offline' ? 'file.voice.away' : 'file.voice.coming';
  return (
    <div className="file-voice">
      <VoiceName name={name} />
      {!isAsked && states && <Button onClick={() => setAsked(true)}>{words('file.voice.fetch', { mb })}</Button>}
      {typeof shown === 'object' ? (
        // Nobody has written down what somebody has just said.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio controls preload="metadata" src={shown.url} aria-label={name} onLoadedMetadata={measure} />
      ) : (
        shown && <span className="ui-muted">{words(UNFIT[shown] ?? gone ?? away)}</span>
      )}
    </div>
  );
}

const UNFIT = { wrong: 'file.voice.wrong', refused: 'file.voice.unfit', away: undefined } as const;

const IS_IT = {
  'audio/webm': (head: Uint8Array) => typeOfSound(head) === 'audio/webm',
  'audio/mp4': (head: Uint8Array) => typeOfSound(head) === 'audio/mp4',
  'audio/ogg': (head: Uint8Array) => typeOfSound(head) === 'audio/ogg',
} as const;

const BEYOND_ANY_END = 1e7;

/** A recorder does not write into its file how long it is: sent to its end, the player finds out, and can be moved about in. */
function measure({ currentTarget: audio }: React.SyntheticEvent<HTMLAudioElement>): void {
  if (audio.duration !== Infinity) return;
  audio.addEventListener('durationchange', () => (audio.currentTime = 0), { once: true });
  audio.currentTime = BEYOND_ANY_END;
}

/** What has not arrived of them, on the device that they are sent from. */
function VoiceState({ media }: Pick<VoiceNotesProps, 'media'>) {
  const words = useWords<VoiceWord>();
  const ids = media.map(({ id }) => id).join(' ');
  const states = useLive((reader) => reader.files(ids.split(' ')), [ids]) ?? [];
  const isWaiting = states.some((state) => state === 'queued' || state === 'uploading');
  if (!isWaiting && !states.includes('refused')) return null;
  return (
    <p className="file-photo-state">
      <Badge kind="attention">{words(isWaiting ? 'file.voice.notSent' : 'file.voice.refused')}</Badge>
    </p>
  );
}

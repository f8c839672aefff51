import type { Space } from '../../../../sync/core/record.ts';
import { useRef } from 'react';
import type { Medium } from '../../schema.ts';
import { VoiceField } from '../voice/voice-field.tsx';
import { PhotoField } from './photo-field.tsx';
import { useMediaList } from './use-media-list.ts';

export interface MediaFieldProps {
  space: Space;
  /** Else what is there can only be taken out. */
  adds?: boolean;
  value: readonly Medium[] | undefined;
  onChange: (value: Medium[] | undefined) => void;
  /** Something is being made ready: what is saved now would be without it. */
  onBusy: (busy: boolean) => void;
}

/** Photos and voice notes of a form. Each is safe on this device before it stands in the form. */
export default function MediaField({ space, adds = true, value, onChange, onBusy }: MediaFieldProps) {
  const list = useMediaList(value, onChange);
  const busy = useRef({ photo: false, voice: false });
  function setPart(part: Partial<typeof busy.current>): void {
    busy.current = { ...busy.current, ...part };
    onBusy(busy.current.photo || busy.current.voice);
  }
  return (
    <>
      <PhotoField space={space} adds={adds} list={list} onBusy={(photo) => setPart({ photo })} />
      <VoiceField space={space} adds={adds} list={list} onBusy={(voice) => setPart({ voice })} />
    </>
  );
}

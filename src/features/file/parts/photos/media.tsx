import type { Space } from '../../../../sync/core/record.ts';
import type { Medium } from '../../schema.ts';
import { isPhoto } from '../../schema.ts';
import { VoiceNotes } from '../voice/voice-notes.tsx';
import { Photos } from './photos.tsx';

export interface MediaProps {
  space: Space;
  media: readonly Medium[];
  /** Photos open large at a press and voice notes are played; not in lists, where a press opens the entry. */
  opens: boolean;
}

export default function Media({ media, ...props }: MediaProps) {
  const photos = media.filter(isPhoto);
  const voices = media.filter((medium) => !isPhoto(medium));
  return (
    <>
      {photos.length > 0 && <Photos media={photos} {...props} />}
      {voices.length > 0 && <VoiceNotes media={voices} {...props} />}
    </>
  );
}

// How the files begin that browsers record: by what is in them, never by what they are called.

import type { Voice } from '../../schema.ts';

type SoundType = Voice['type'];

const KINDS: readonly { readonly type: SoundType; readonly at: number; readonly says: string }[] = [
  { type: 'audio/webm', at: 0, says: '\x1a\x45\xdf\xa3' },
  { type: 'audio/mp4', at: 4, says: 'ftyp' },
  { type: 'audio/ogg', at: 0, says: 'OggS' },
];

/** The type of a recording by its first bytes; null where they are of none. */
export function typeOfSound(head: Uint8Array): SoundType | null {
  const text = String.fromCharCode(...head.subarray(0, 8));
  return KINDS.find(({ at, says }) => text.startsWith(says, at))?.type ?? null;
}

/** `0:42`, minutes and seconds as every player shows them. */
export function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

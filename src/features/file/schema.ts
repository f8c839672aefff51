// Files as rows and messages name them: photos and voice notes, made on the device that adds them. The name holds what opens the file,
// so that whoever may read what names it can open it.

import * as z from 'zod/mini';
import { FILE_MAX_BYTES, isFileId } from '../../sync/core/files.ts';

export const PHOTOS_MAX = 8;
export const VOICES_MAX = 2;

export const fileId = z.string().check(z.refine(isFileId));

/** A file beside the rows: which, what opens it, how long it is. */
const fileRef = {
  id: fileId,
  key: z.string().check(z.regex(/^[\w-]{43}$/)),
  size: z.number().check(z.int(), z.gte(1), z.lte(FILE_MAX_BYTES)),
};
const pixels = z.number().check(z.int(), z.gte(1), z.lte(10_000));

/** A photo and its small form for lists; made anew on the device, so it is always of this type. */
export const photo = z.strictObject({
  ...fileRef,
  type: z.literal('image/jpeg'),
  width: pixels,
  height: pixels,
  thumb: z.strictObject(fileRef),
});
export type Photo = z.infer<typeof photo>;

/** A voice note, as the browser that recorded it wrote it. */
export const voice = z.strictObject({
  ...fileRef,
  type: z.enum(['audio/webm', 'audio/mp4', 'audio/ogg']),
  /** How long it is: not every recorder writes that into its file. */
  seconds: z.number().check(z.int(), z.gte(1), z.lte(3600)),
});
export type Voice = z.infer<typeof voice>;

export const medium = z.union([photo, voice]);
export type Medium = Photo | Voice;

export const isPhoto = (one: Medium): one is Photo => 'thumb' in one;

/** What one entry, comment or message may have. */
export const mediaList = z.array(medium).check(z.minLength(1), z.maxLength(PHOTOS_MAX + VOICES_MAX));

/** The ids of all files of these. */
export function fileIdsOf(media: readonly Medium[]): string[] {
  return media.flatMap((one) => (isPhoto(one) ? [one.id, one.thumb.id] : [one.id]));
}

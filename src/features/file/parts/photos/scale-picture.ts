// A picture made anew on the device: drawn at most so large and written as JPEG, so that nothing of the file that was chosen goes
// on but what one sees. What is no picture, whatever its name or type says, is refused.

import { savesData } from '../../../../ui/save-data.ts';
import { saidSize } from './said-size.ts';

export interface ScaledPicture {
  readonly whole: Uint8Array<ArrayBuffer>;
  readonly small: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export type PictureFault = 'notPicture' | 'tooLarge';

const SOURCE_MAX_BYTES = 40_000_000;
/** No camera's; a picture that says more would take the memory of all else. */
const SOURCE_MAX_PIXELS = 200_000_000;
/** Where a picture says its size; a camera's own notes and a small picture come before it. */
const HEAD_BYTES = 512 * 1024;
const WHOLE = { edge: 1600, mostBytes: 600_000 };
/** Where data is dear. */
const WHOLE_ON_METERED = { edge: 1280, mostBytes: 80_000 };
const SMALL = { edge: 320, mostBytes: 20_000 };
const QUALITIES = [0.82, 0.65, 0.5, 0.35];
const SHRINKS = [1, 0.75, 0.55, 0.4];

/** How the kinds of pictures begin that browsers draw; no text and no markup among them. */
const KINDS: readonly { readonly type: string; readonly at: number; readonly says: RegExp }[] = [
  { type: 'image/jpeg', at: 0, says: /^\xff\xd8\xff/ },
  { type: 'image/png', at: 0, says: /^\x89PNG\r\n/ },
  { type: 'image/gif', at: 0, says: /^GIF8[79]a/ },
  { type: 'image/webp', at: 0, says: /^RIFF[\s\S]{4}WEBP/ },
  { type: 'image/avif', at: 4, says: /^ftypavi[fs]/ },
  { type: 'image/heic', at: 4, says: /^ftyp(?:hei[cx]|mif1)/ },
];

/** The type of a picture by its first bytes; null where they are of none. */
export function typeOfPicture(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head.subarray(0, 32));
  return KINDS.find(({ at, says }) => says.test(text.slice(at)))?.type ?? null;
}

/** Width and height within so long a longer edge; never larger than it was. */
export function sizeWithin(edge: number, { width, height }: { width: number; height: number }) {
  const share = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

export async function scaledPicture(file: Blob): Promise<ScaledPicture | PictureFault> {
  if (file.size > SOURCE_MAX_BYTES) return 'tooLarge';
  const type = typeOfPicture(new Uint8Array(await file.slice(0, 32).arrayBuffer()));
  if (type === null) return 'notPicture';
  const said = saidSize(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (said !== null && said.width * said.height > SOURCE_MAX_PIXELS) return 'tooLarge';
  // By what it is, not by what its name says; turned as its camera was held.
  const drawn = await createImageBitmap(new Blob([file], { type }), { imageOrientation: 'from-image' }).catch(
    () => null,
  );
  if (drawn === null) return 'notPicture';
  try {
    if (drawn.width * drawn.height > SOURCE_MAX_PIXELS) return 'tooLarge';
    const whole = await written(drawn, savesData() ? WHOLE_ON_METERED : WHOLE);
    const small = await written(drawn, SMALL);
    return { whole: whole.bytes, small: small.bytes, width: whole.width, height: whole.height };
  } finally {
    drawn.close();
  }
}

/** As good as fits; where nothing does, the smallest. */
async function written(picture: ImageBitmap, { edge, mostBytes }: typeof WHOLE) {
  for (const shrink of SHRINKS) {
    const size = sizeWithin(edge * shrink, picture);
    const canvas = canvasOf(picture, size);
    for (const quality of QUALITIES) {
      const bytes = await jpegOf(canvas, quality);
      const isLast = shrink === SHRINKS.at(-1) && quality === QUALITIES.at(-1);
      if (bytes.length <= mostBytes || isLast) return { ...size, bytes };
    }
  }
  throw new Error('the last try is taken');
}

function canvasOf(picture: ImageBitmap, { width, height }: { width: number; height: number }): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser draws nothing');
  // JPEG knows nothing to see through.
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
}

async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (blob?.type !== 'image/jpeg') throw new Error('this browser writes no JPEG');
  return new Uint8Array(await blob.arrayBuffer());
}

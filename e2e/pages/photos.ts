// Photos of journal entries: choosing one, and seeing it. Pictures are made here, with what cameras put into them.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Where the made pictures say that they were taken, and the name of the camera, as they lie in the file. */
export const CAMERA = 'zq-camera-of-ana';

/** A JPEG as a phone writes it: a red and blue picture, with a camera's name and a place in its EXIF part. */
export async function phonePicture(page: Page, { width, height } = { width: 2400, height: 1800 }): Promise<Buffer> {
  const plain = await page.evaluate(
    (size) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, size);
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('no canvas');
      pen.fillStyle = 'rgb(200, 30, 30)';
      pen.fillRect(0, 0, size.width, size.height);
      pen.fillStyle = 'rgb(30, 30, 200)';
      pen.fillRect(size.width / 2, 0, size.width / 2, size.height);
      return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
    },
    { width, height },
  );
  const jpeg = Buffer.from(plain, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
}

/** An APP1 part: a camera's name, and a GPS directory with a latitude. */
function exif(): Buffer {
  const ifdAt = 8;
  const nameAt = ifdAt + 2 + 2 * 12 + 4;
  const name = Buffer.from(`${CAMERA}\0`);
  const gpsAt = nameAt + name.length;
  const degreesAt = gpsAt + 2 + 2 * 12 + 4;
  const tiff = Buffer.alloc(degreesAt + 24);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(ifdAt, 4);
  const field = (at: number, [tag, type, count, value]: [number, number, number, number]) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    tiff.writeUInt32BE(value, at + 8);
  };
  tiff.writeUInt16BE(2, ifdAt);
  field(ifdAt + 2, [0x0110, 2, name.length, nameAt]);
  field(ifdAt + 14, [0x8825, 4, 1, gpsAt]);
  name.copy(tiff, nameAt);
  tiff.writeUInt16BE(2, gpsAt);
  field(gpsAt + 2, [1, 2, 2, 0x4e000000]);
  field(gpsAt + 14, [2, 5, 3, degreesAt]);
  for (const [i, part] of [52, 1, 31, 1, 7, 1].entries()) tiff.writeUInt32BE(part, degreesAt + 4 * i);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Chooses a file in the open form. */
export async function choosePhoto(
  page: Page,
  buffer: Buffer,
  { name = 'IMG_0001.jpg', mimeType = 'image/jpeg' } = {},
): Promise<void> {
  await expect(page.getByRole('button', { name: 'Add a photo' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
}

/** Photos in a part of the screen that are there to see. */
export function photosIn(place: Locator | Page): Locator {
  return place.getByRole('list', { name: 'Photos' }).locator('img');
}

/** How large a shown picture is, and its colours at its left and right. */
export async function looksOf(picture: Locator): Promise<{ width: number; left: number[]; right: number[] }> {
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  return picture.evaluate((element) => {
    const image = element as HTMLImageElement;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.drawImage(image, 0, 0);
    const at = (x: number) => [...pen.getImageData(x, image.naturalHeight >> 1, 1, 1).data].slice(0, 3);
    return { width: image.naturalWidth, left: at(5), right: at(image.naturalWidth - 6) };
  });
}

import { expect, test } from 'vitest';
import { sizeWithin, typeOfPicture } from './scale-picture.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test('a picture is known by how it begins, whatever it is called', () => {
  expect(typeOfPicture(bytes('\xff\xd8\xff\xe0..JFIF'))).toBe('image/jpeg');
  expect(typeOfPicture(bytes('\x89PNG\r\n\x1a\n....'))).toBe('image/png');
  expect(typeOfPicture(bytes('GIF89a....'))).toBe('image/gif');
  expect(typeOfPicture(bytes('RIFF....WEBPVP8 '))).toBe('image/webp');
  expect(typeOfPicture(bytes('\0\0\0\x1cftypheic'))).toBe('image/heic');
});

test('markup, scripts, documents and nothing are no pictures', () => {
  const others = [
    '<svg xmlns="',
    '<?xml version="1.0"?><svg',
    '<!doctype html>',
    'GIF8<script>',
    'RIFF....WAVE',
    '%PDF-1.7',
    'BM',
    '',
  ];
  for (const other of others) expect(typeOfPicture(bytes(other))).toBeNull();
});

test('a size keeps its shape, is within the edge, and is never made larger', () => {
  expect(sizeWithin(1600, { width: 4000, height: 3000 })).toEqual({ width: 1600, height: 1200 });
  expect(sizeWithin(320, { width: 3000, height: 4000 })).toEqual({ width: 240, height: 320 });
  expect(sizeWithin(1600, { width: 40, height: 30 })).toEqual({ width: 40, height: 30 });
  expect(sizeWithin(320, { width: 10_000, height: 1 })).toEqual({ width: 320, height: 1 });
});

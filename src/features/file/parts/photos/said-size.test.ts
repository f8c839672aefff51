import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saidSize } from './said-size.ts';
import { typeOfPicture } from './scale-picture.ts';

const bytes = (...parts: (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

const BOMB = [0, 0, 0x75, 0x30];
const HEADS = {
  png: bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', BOMB, BOMB),
  gif: bytes('GIF89a', [0x30, 0x75, 0x10, 0x00]),
  jpeg: bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 3, 0, 0xff, 0xc0, 0, 11, 8, 0x75, 0x30, 0, 16]),
  webpX: bytes('RIFF....WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x2f, 0x75, 0, 0x0f, 0, 0]),
  webpL: bytes('RIFF....WEBPVP8L', [9, 0, 0, 0, 0x2f, 0x2f, 0xf5, 0x03, 0x00]),
  webp: bytes('RIFF....WEBPVP8 ', [9, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x30, 0x35, 0x10, 0]),
};

test('a picture says how large it is before it is decoded', () => {
  expect(saidSize(HEADS.png)).toEqual({ width: 30_000, height: 30_000 });
  expect(saidSize(HEADS.gif)).toEqual({ width: 30_000, height: 16 });
  expect(saidSize(HEADS.jpeg)).toEqual({ width: 16, height: 30_000 });
  expect(saidSize(HEADS.webpX)).toEqual({ width: 30_000, height: 16 });
  expect(saidSize(HEADS.webpL)).toEqual({ width: 13_616, height: 16 });
  expect(saidSize(HEADS.webp)).toEqual({ width: 13_616, height: 16 });
});

test('hostile bytes, cut heads and what stands behind them neither throw nor turn for ever', () => {
  const heads = fc.constantFrom(...Object.values(HEADS), bytes([0xff, 0xd8, 0xff]), bytes('<svg onload=alert(1)>'));
  const hostile = fc.tuple(heads, fc.nat(40), fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(hostile, ([head, kept, more]) => {
      const whole = Uint8Array.from([...head.subarray(0, kept), ...more]);
      const size = saidSize(whole);
      if (size !== null) expect([size.width, size.height].every(Number.isInteger)).toBe(true);
      const type = typeOfPicture(whole);
      // Nothing that a browser would take for markup or a script by its first bytes is ever called a picture.
      if (/^\s*</.test(String.fromCharCode(...whole.subarray(0, 8)))) expect(type).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

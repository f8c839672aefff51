import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockOf, typeOfSound } from './sound-type.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test('a recording is known by how it begins', () => {
  expect(typeOfSound(bytes('\x1a\x45\xdf\xa3\x9f\x42\x86\x81'))).toBe('audio/webm');
  expect(typeOfSound(bytes('\0\0\0\x1cftypiso5'))).toBe('audio/mp4');
  expect(typeOfSound(bytes('OggS\0\x02'))).toBe('audio/ogg');
});

test('markup, scripts, pictures and nothing are no recordings, nor is anything by chance', () => {
  for (const other of ['<!doctype html>', '<svg onload=1>', '\xff\xd8\xff\xe0', 'RIFF....WAVE', 'ID3', 'ftyp', ''])
    expect(typeOfSound(bytes(other))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (random) => {
      const type = typeOfSound(random);
      const head = String.fromCharCode(...random.subarray(0, 8));
      const isKnown = ['\x1a\x45\xdf\xa3', 'OggS'].some((begin) => head.startsWith(begin)) || head.slice(4) === 'ftyp';
      expect(type !== null).toBe(isKnown);
    }),
  );
});

test('minutes and seconds', () => {
  expect([0, 9.9, 42, 60, 299.5].map(clockOf)).toEqual(['0:00', '0:09', '0:42', '1:00', '4:59']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mediaFault } from './media-fault.ts';
import { RECORDED } from './recorded-media.fixture.ts';

const { jpeg, webm, mp4 } = RECORDED;
const join = (...parts: (Uint8Array | string)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));

/** A segment put in behind a JPEG's first mark. */
const withSegment = (marker: number, body: string) => {
  const head = Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff);
  return join(jpeg.subarray(0, 2), head, body, jpeg.subarray(2));
};
/** Exif whose first directory has this one tag. */
const exif = (tag: number) => {
  const entry = String.fromCharCode(tag >> 8, tag & 0xff) + '\0\x04\0\0\0\x01\0\0\0\0';
  return `Exif\0\0MM\0*\0\0\0\x08\0\x01${entry}\0\0\0\0`;
};

const oggPage = (body: string, stream = 'aaaa') =>
  `OggS\0\0${'\0'.repeat(8)}${stream}${'\0'.repeat(8)}\x01${String.fromCharCode(body.length)}${body}`;

test('a photo of a canvas and what browsers record are what they are', () => {
  expect([mediaFault(jpeg), mediaFault(webm), mediaFault(mp4)]).toEqual([null, null, null]);
  expect(mediaFault(withSegment(0xe1, exif(0xa002)))).toBeNull();
  expect(mediaFault(join(oggPage('OpusHead....'), oggPage('OpusTags')))).toBeNull();
});

test.each([
  ['nothing', new Uint8Array()],
  ['a page of HTML, whatever its name was', join('<!doctype html><script>alert(1)</script>')],
  ['a picture of markup', join('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['GIF, which may be a program', join('GIF89a/*', '\0'.repeat(20), '*/=1;alert(1)')],
  ['a document', join('%PDF-1.7\n')],
  ['an archive', join('PK\x03\x04', '\0'.repeat(40))],
  ['Ogg of something else than a voice', join(oggPage('\x80theora..'), oggPage('x'))],
  [
    'Matroska that is no WebM',
    join(
      webm.subarray(0, 4),
      join(webm.subarray(4)).map((byte, i) => (byte === 0x77 && i < 60 ? 0x78 : byte)),
    ),
  ],
] as [string, Uint8Array][])('%s is refused by its kind', (_name, bytes) => {
  expect(mediaFault(bytes)).toBe('type');
});

test('what lies behind the end is found, and what was cut off', () => {
  const tail = '<script>alert(1)</script>';
  expect(mediaFault(join(jpeg, tail))).toBe('trailing');
  expect(mediaFault(join(jpeg, 'PK\x03\x04'))).toBe('trailing');
  expect(mediaFault(join(oggPage('OpusHead....'), oggPage('OpusTags'), tail))).toBe('trailing');
  for (const recorded of [webm, mp4]) expect(mediaFault(join(recorded, tail))).toBe('shape');
  for (let end = 16; end < jpeg.length; end += 7) expect(mediaFault(jpeg.subarray(0, end))).not.toBeNull();
});

test('scripts and words in its segments are refused, and where it was taken', () => {
  expect(mediaFault(withSegment(0xfe, '*/=alert(1)/*'))).toBe('shape');
  expect(mediaFault(withSegment(0xed, 'Photoshop 3.0'))).toBe('shape');
  expect(mediaFault(withSegment(0xe2, 'MPF\0'))).toBe('shape');
  expect(mediaFault(withSegment(0xe1, exif(0x8825)))).toBe('location');
  expect(mediaFault(withSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'))).toBe('location');
});

test('a picture that would take all memory to draw is refused by what it says of itself', () => {
  const at = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  const huge = jpeg.slice();
  huge.set([0x75, 0x30, 0x75, 0x30], at + 5);
  expect(mediaFault(huge)).toBe('size');
  huge.set([0, 0, 0, 9], at + 5);
  expect(mediaFault(huge)).toBe('size');
});

test('a film is no voice note', () => {
  const film = mp4.slice();
  const at = Buffer.from(film).indexOf('soun');
  film.set(Buffer.from('vide'), at);
  expect(mediaFault(film)).toBe('shape');
  const track = Buffer.from(webm).indexOf(Buffer.from([0x83, 0x81, 0x02]));
  const other = webm.slice();
  other.set([0x83, 0x81, 0x01], track);
  expect(mediaFault(other)).toBe('shape');
});

test('whatever is done to a file, looking at it ends, and throws nothing', () => {
  const change = fc.record({ at: fc.nat(4000), to: fc.uint8Array({ minLength: 0, maxLength: 12 }), cut: fc.nat(12) });
  fc.assert(
    fc.property(
      fc.constantFrom(jpeg, webm, mp4),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (whole, changes) => {
        let bytes = Buffer.from(whole);
        for (const { at, to, cut } of changes) {
          const from = at % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, from), to, bytes.subarray(from + cut)]);
          if (bytes.length === 0) return;
        }
        mediaFault(bytes);
      },
    ),
    { numRuns: 3000 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => mediaFault(bytes) !== null));
});

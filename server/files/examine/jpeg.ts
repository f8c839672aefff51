// The structure of a JPEG file (ITU T.81, annex B), segment by segment, with what Exif says of a place (CIPA DC-008).

import type { MediaFault } from './media-fault.ts';

const SOI_BYTES = 2;
/** Larger than any that a device of ours draws. */
const EDGE_MOST = 4096;
const [EOI, SOS, APP0, APP1, APP2, APP14] = [0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee];
/** Baseline, extended and progressive frames; others are of scanners and archives. */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** Tables and the interval of restarts. */
const TABLES = [0xdb, 0xc4, 0xdd];
const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';
const GPS_TAG = 0x8825;

/** What is wrong with it. Throws RangeError where a segment goes past the end. */
export function jpegFault(bytes: Uint8Array): MediaFault | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SOI_BYTES;
  let hasFrame = false;
  let hasScan = false;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return 'shape';
    const marker = view.getUint8(at + 1);
    if (marker === EOI) {
      if (!hasFrame || !hasScan) return 'shape';
      return at + 2 === bytes.length ? null : 'trailing';
    }
    const length = view.getUint16(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (length < 2 || body.length !== length - 2) return 'shape';
    const fault = segmentFault(marker, body);
    if (fault !== null) return fault;
    if (FRAMES.includes(marker)) {
      if (hasFrame) return 'shape';
      hasFrame = true;
      if (!isOfSize(body)) return 'size';
    }
    at += 2 + length;
    if (marker !== SOS) continue;
    hasScan = true;
    at = endOfScan(bytes, at);
  }
}

/** Canvases write a JFIF head, tables, one frame and its scans; some a profile of colours or an Exif of sizes only. */
function segmentFault(marker: number, body: Uint8Array): MediaFault | null {
  if (marker === APP1) return textAt(body, EXIF) ? exifFault(body.subarray(EXIF.length)) : 'location';
  if (marker === APP2) return textAt(body, ICC) ? null : 'shape';
  return [APP0, APP14, SOS, ...FRAMES, ...TABLES].includes(marker) ? null : 'shape';
}

/** The first byte that is no longer picture data: stuffed zeroes and marks of restart are part of it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) throw new RangeError('a scan without an end');
    const next = bytes[at + 1] ?? 0xff;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at += 2;
  }
}

function isOfSize(frame: Uint8Array): boolean {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  return Math.min(height, width) > 0 && Math.max(height, width) <= EDGE_MOST;
}

/** Whether the first directory of an Exif block points at one of positions. */
function exifFault(tiff: Uint8Array): MediaFault | null {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 'shape';
  const isLittle = order === 0x4949;
  const directory = view.getUint32(4, isLittle);
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; i += 1) {
    if (view.getUint16(directory + 2 + i * 12, isLittle) === GPS_TAG) return 'location';
  }
  return null;
}

const textAt = (bytes: Uint8Array, text: string): boolean =>
  text === String.fromCharCode(...bytes.subarray(0, text.length));

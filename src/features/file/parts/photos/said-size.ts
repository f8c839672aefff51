// How large a picture says that it is, read from its first bytes before anything is decoded: a small file can ask for gigabytes.

interface Size {
  readonly width: number;
  readonly height: number;
}

/** As its head says; null where that says nothing that is understood here. */
export function saidSize(head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const name = (at: number) => String.fromCharCode(...head.subarray(at, at + 4));
  try {
    if (name(0) === '\x89PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (name(0) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (name(0) === 'RIFF' && name(8) === 'WEBP') return sizeOfWebp(view, name(12));
    return view.getUint16(0) === 0xffd8 ? sizeOfJpeg(view) : null;
  } catch (error) {
    // It ends before it has said so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** WebP, RFC 9649: an extended head, lossless, or a frame of VP8. */
function sizeOfWebp(view: DataView, chunk: string): Size | null {
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
  if (chunk === 'VP8X') return { width: three(24) + 1, height: three(27) + 1 };
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** Huffman tables, arithmetic coding and a reserved one are numbered among the frames of JPEG (T.81, table B.1). */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

function sizeOfJpeg(view: DataView): Size | null {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // A filling byte stands alone; a part is as long as it says.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

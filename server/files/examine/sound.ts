// The structures of what browsers record a voice into: WebM (RFC 8794, RFC 9559), Ogg (RFC 3533) and MP4 (ISO 14496-12). Each part
// must be one that such a recording has, and the parts must fill the file to its last byte. Pictures and films beside the voice,
// and words about it, are refused.

import type { MediaFault } from './media-fault.ts';

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const asciiOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);

// WebM: elements of an id, a length and a body.

const EBML_HEAD = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const CLUSTER = 0x1f43b675;
const [DOC_TYPE, TRACK_TYPE] = [0x4282, 0x83];
const IS_SOUND = 2;
/** Those that hold others, of which we look at each. */
const OPENED = [SEGMENT, TRACKS, TRACK, CLUSTER];
const [SEEK_HEAD, INFO, CUES, VOID, CRC] = [0x114d9b74, 0x1549a966, 0x1c53bb6b, 0xec, 0xbf];
const [TIMECODE, SIMPLE_BLOCK, BLOCK_GROUP, PREV_SIZE, POSITION] = [0xe7, 0xa3, 0xa0, 0xab, 0xa7];
const PARTS_BY_PARENT: ReadonlyMap<number, readonly number[]> = new Map([
  [SEGMENT, [SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, VOID, CRC]],
  [TRACKS, [TRACK, VOID, CRC]],
  [CLUSTER, [TIMECODE, SIMPLE_BLOCK, BLOCK_GROUP, PREV_SIZE, POSITION, VOID, CRC]],
]);

interface Element {
  readonly id: number;
  readonly from: number;
  /** Where its body ends; a recording that was not closed says nothing: to the end of its parent. */
  readonly to: number;
}

export function webmFault(bytes: Uint8Array): MediaFault | null {
  const head = elementAt(bytes, 0, bytes.length);
  if (head.id !== EBML_HEAD || !elementsIn(bytes, head).some((one) => isWebm(bytes, one))) return 'type';
  const segment = elementAt(bytes, head.to, bytes.length);
  if (segment.id !== SEGMENT) return 'shape';
  if (segment.to !== bytes.length) return 'trailing';
  return segmentFault(bytes, segment);
}

const isWebm = (bytes: Uint8Array, { id, from, to }: Element) =>
  id === DOC_TYPE && asciiOf(bytes.subarray(from, to)).replace(/\0+$/, '') === 'webm';

/** Goes through the parts in their order, into those that hold others; an open cluster ends where the next part of the segment begins. */
function segmentFault(bytes: Uint8Array, segment: Element): MediaFault | null {
  const within: Element[] = [segment];
  let sounds = 0;
  let at = segment.from;
  while (at < segment.to) {
    const part = elementAt(bytes, at, segment.to);
    while (within.length > 1 && !belongs(within, part, at)) within.pop();
    const parent = within.at(-1);
    if (parent === undefined || !belongs(within, part, at)) return 'shape';
    if (part.id === TRACK_TYPE && parent.id === TRACK) {
      if (bytes[part.from] !== IS_SOUND) return 'shape';
      sounds += 1;
    }
    const isOpened = OPENED.includes(part.id) && parent.id !== TRACK;
    if (isOpened) within.push(part);
    at = isOpened ? part.from : part.to;
  }
  return sounds === 1 ? null : 'shape';
}

function belongs(within: readonly Element[], part: Element, at: number): boolean {
  const parent = within.at(-1);
  if (parent === undefined || at >= parent.to) return false;
  // What a track says of itself is its codec's affair.
  return parent.id === TRACK || (PARTS_BY_PARENT.get(parent.id)?.includes(part.id) ?? false);
}

function elementsIn(bytes: Uint8Array, { from, to }: Element): Element[] {
  const found: Element[] = [];
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at, to);
    found.push(element);
    at = element.to;
  }
  return found;
}

function elementAt(bytes: Uint8Array, at: number, end: number): Element {
  const [id, afterId] = numberAt(bytes, at, { isId: true });
  const [size, from] = numberAt(bytes, afterId, { isId: false });
  const to = size === null ? end : from + size;
  if (to > end || from > end) throw new RangeError('an element past its parent');
  return { id: id ?? 0, from, to };
}

/** A number whose first byte says how long it is; all ones say that a length is not known. */
function numberAt(bytes: Uint8Array, at: number, { isId }: { isId: boolean }): [value: number | null, after: number] {
  const view = viewOf(bytes);
  const first = view.getUint8(at);
  const width = Math.clz32(first) - 23;
  if (width > (isId ? 4 : 8)) throw new RangeError('no such number');
  let value = isId ? first : first & (0xff >> width);
  let isUnknown = !isId && value === 0xff >> width;
  for (let i = 1; i < width; i += 1) {
    const next = view.getUint8(at + i);
    value = value * 256 + next;
    isUnknown &&= next === 0xff;
  }
  return [isUnknown ? null : value, at + width];
}

// Ogg: pages of up to 255 segments.

const PAGE_HEAD = 27;

export function oggFault(bytes: Uint8Array): MediaFault | null {
  const view = viewOf(bytes);
  const stream = view.getUint32(14, true);
  let pages = 0;
  for (let at = 0; at < bytes.length; pages += 1) {
    if (asciiOf(bytes.subarray(at, at + 4)) !== 'OggS') return pages === 0 ? 'type' : 'trailing';
    const segments = view.getUint8(at + PAGE_HEAD - 1);
    const body = at + PAGE_HEAD + segments;
    const sizes = bytes.subarray(at + PAGE_HEAD, body);
    if (pages === 0 && asciiOf(bytes.subarray(body, body + 8)) !== 'OpusHead') return 'type';
    // One voice; a second stream in between would be something else.
    if (view.getUint32(at + 14, true) !== stream) return 'shape';
    at = body + sizes.reduce((sum, size) => sum + size, 0);
    if (at > bytes.length) return 'shape';
  }
  return pages > 1 ? null : 'shape';
}

// MP4: boxes of a length and a type of four letters.

const TOP = ['ftyp', 'moov', 'moof', 'mdat', 'free', 'skip', 'sidx', 'styp', 'mfra'];
const HOLDERS = ['moov', 'trak', 'mdia'];
const PLACE = '\xa9xyz';

export function mp4Fault(bytes: Uint8Array): MediaFault | null {
  const handlers: string[] = [];
  const fault = boxesFault(bytes, { from: 0, to: bytes.length, allowed: TOP }, handlers);
  if (fault !== null) return fault;
  return handlers.length === 1 && handlers[0] === 'soun' ? null : 'shape';
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly allowed?: readonly string[];
}

function boxesFault(bytes: Uint8Array, { from, to, allowed }: Span, handlers: string[]): MediaFault | null {
  const view = viewOf(bytes);
  for (let at = from; at < to;) {
    const size = view.getUint32(at);
    const type = asciiOf(bytes.subarray(at + 4, at + 8));
    if (size < 8 || at + size > to || allowed?.includes(type) === false) return 'shape';
    const body = { from: at + 8, to: at + size };
    if (type === 'hdlr') handlers.push(asciiOf(bytes.subarray(body.from + 8, body.from + 12)));
    if (type === 'udta' && asciiOf(bytes.subarray(body.from, body.to)).includes(PLACE)) return 'location';
    const fault = HOLDERS.includes(type) ? boxesFault(bytes, body, handlers) : null;
    if (fault !== null) return fault;
    at += size;
  }
  return null;
}

// A text as a QR code (ISO/IEC 18004): bytes, error correction of level M, the smallest of the first fifteen sizes that holds it.
// Only what a printed link takes: no kanji, no numeric mode, no parts.

import { utf8ToBytes } from '@noble/hashes/utils.js';

export type QrCode = readonly (readonly boolean[])[];

/** Of each size: words of error correction in a block, and how many blocks there are. */
const BLOCKS: readonly (readonly [ecc: number, count: number])[] = [
  ...([
    [10, 1],
    [16, 1],
    [26, 1],
    [18, 2],
    [24, 2],
  ] as const),
  ...([
    [16, 4],
    [18, 4],
    [22, 4],
    [22, 5],
    [26, 5],
  ] as const),
  ...([
    [30, 5],
    [22, 8],
    [22, 9],
    [24, 9],
    [24, 10],
  ] as const),
];

/** Rows of dark modules, without the quiet zone. Throws where the text is too long for the largest size. */
export function qrCode(text: string): QrCode {
  const bytes = utf8ToBytes(text);
  const size = BLOCKS.findIndex((_, i) => bytes.length + overheadOf(i + 1) <= dataWordsOf(i + 1)) + 1;
  if (size === 0) throw new RangeError('too long for a QR code');
  const words = withCorrection(dataOf(bytes, size), size);
  const grid = new Grid(size);
  grid.drawWords(words);
  return grid.masked();
}

/** Mode and length take a word and a half, two and a half from the tenth size on; the end takes what is left of it. */
const overheadOf = (size: number): number => (size < 10 ? 2 : 3);

function dataOf(bytes: Uint8Array, size: number): number[] {
  const bits = [...bitsOf(0b0100, 4), ...bitsOf(bytes.length, size < 10 ? 8 : 16)];
  for (const byte of bytes) bits.push(...bitsOf(byte, 8));
  const capacity = dataWordsOf(size) * 8;
  for (let i = 0; i < 4 && bits.length < capacity; i += 1) bits.push(0);
  while (bits.length % 8 !== 0) bits.push(0);
  const words: number[] = [];
  for (let i = 0; i < bits.length; i += 8) words.push(bits.slice(i, i + 8).reduce((word, bit) => word * 2 + bit, 0));
  for (let pad = 0xec; words.length < dataWordsOf(size); pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

function bitsOf(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (value >>> (count - 1 - i)) & 1);
}

/** All words that the modules of a size hold. */
function wordsOf(size: number): number {
  const align = size < 2 ? 0 : Math.floor(size / 7) + 2;
  const modules =
    (16 * size + 128) * size + 64 - (align > 0 ? (25 * align - 10) * align - 55 : 0) - (size > 6 ? 36 : 0);
  return Math.floor(modules / 8);
}

function dataWordsOf(size: number): number {
  const [ecc, count] = blockOf(size);
  return wordsOf(size) - ecc * count;
}

function blockOf(size: number): readonly [ecc: number, count: number] {
  return BLOCKS[size - 1] ?? [0, 0];
}

/** The blocks with their error correction, one word of each in turn. */
function withCorrection(data: readonly number[], size: number): number[] {
  const [ecc, count] = blockOf(size);
  const short = Math.floor(data.length / count);
  const blocks: { data: readonly number[]; ecc: readonly number[] }[] = [];
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const length = short + (i < count - (data.length % count) ? 0 : 1);
    const part = data.slice(at, at + length);
    blocks.push({ data: part, ecc: remainderOf(part, divisorOf(ecc)) });
    at += length;
  }
  const turns = (of: 'data' | 'ecc', length: number) =>
    Array.from({ length }, (_, i) => blocks.flatMap((block) => block[of][i] ?? [])).flat();
  return [...turns('data', short + 1), ...turns('ecc', ecc)];
}

/** Product in the field of 256 elements with 0x11d. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
}

function divisorOf(degree: number): number[] {
  const result = [...Array.from({ length: degree - 1 }, () => 0), 1];
  for (let root = 1, i = 0; i < degree; i += 1, root = times(root, 2))
    for (let j = 0; j < degree; j += 1) result[j] = times(result[j] ?? 0, root) ^ (result[j + 1] ?? 0);
  return result;
}

function remainderOf(data: readonly number[], divisor: readonly number[]): number[] {
  const result = divisor.map(() => 0);
  for (const word of data) {
    const factor = word ^ (result.shift() ?? 0);
    result.push(0);
    for (const [i, part] of divisor.entries()) result[i] = (result[i] ?? 0) ^ times(part, factor);
  }
  return result;
}

/** The modules of one size, and which of them are not data. */
class Grid {
  readonly #size: number;
  readonly #width: number;
  readonly #dark: boolean[][];
  readonly #fixed: boolean[][];

  constructor(size: number) {
    this.#size = size;
    this.#width = size * 4 + 17;
    const blank = () => Array.from({ length: this.#width }, () => Array.from({ length: this.#width }, () => false));
    [this.#dark, this.#fixed] = [blank(), blank()];
    this.#drawPatterns();
  }

  /** From the right, two columns at a time, up and down. */
  drawWords(words: readonly number[]): void {
    let bit = 0;
    for (let right = this.#width - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.#width; step += 1) {
        const isUp = ((right + 1) & 2) === 0;
        const y = isUp ? this.#width - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.#fixed[y]?.[x] || bit >= words.length * 8) continue;
          this.#put(x, y, (((words[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1) === 1);
          bit += 1;
        }
      }
    }
  }

  /** Under the mask that leaves the least that could mislead a reader. */
  masked(): QrCode {
    const all = MASKS.map((_, mask) => this.#under(mask));
    const penalties = all.map(penaltyOf);
    return all[penalties.indexOf(Math.min(...penalties))] ?? this.#dark;
  }

  #under(mask: number): boolean[][] {
    const isTurned = MASKS[mask] ?? (() => false);
    const rows = this.#dark.map((row, y) =>
      row.map((dark, x) => (this.#fixed[y]?.[x] ? dark : dark !== isTurned(x, y))),
    );
    drawFormat(rows, mask);
    return rows;
  }

  #drawPatterns(): void {
    const last = this.#width - 1;
    for (let i = 0; i < this.#width; i += 1) {
      this.#fix(6, i, i % 2 === 0);
      this.#fix(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [last - 3, 3],
      [3, last - 3],
    ] as const)
      this.#drawRings({ x, y, radius: 4, light: 2 });
    const places = this.#alignments();
    const end = places.length - 1;
    for (const [i, x] of places.entries())
      for (const [j, y] of places.entries()) {
        const isFinder = (i === 0 && j === 0) || (i === 0 && j === end) || (i === end && j === 0);
        if (!isFinder) this.#drawRings({ x, y, radius: 2, light: 1 });
      }
    // Where the format will stand, and the one module that is always dark.
    for (let i = 0; i < 9; i += 1)
      for (const [x, y] of [
        [8, i],
        [i, 8],
      ] as const)
        this.#keep(x, y);
    for (let i = 0; i < 8; i += 1)
      for (const [x, y] of [
        [8, last - i],
        [last - i, 8],
      ] as const)
        this.#keep(x, y);
    this.#drawVersion();
  }

  #alignments(): number[] {
    if (this.#size === 1) return [];
    const count = Math.floor(this.#size / 7) + 2;
    const step = Math.floor((this.#size * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    const from = this.#width - 7;
    return [6, ...Array.from({ length: count - 1 }, (_, i) => from - (count - 2 - i) * step)];
  }

  #drawRings({ x, y, radius, light }: { x: number; y: number; radius: number; light: number }): void {
    for (let dy = -radius; dy <= radius; dy += 1)
      for (let dx = -radius; dx <= radius; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        this.#fix(x + dx, y + dy, ring !== light && ring !== 4);
      }
  }

  #drawVersion(): void {
    if (this.#size < 7) return;
    const bits = (this.#size << 12) | checkOf(this.#size, 12, 0x1f25);
    for (let i = 0; i < 18; i += 1) {
      const [a, b] = [this.#width - 11 + (i % 3), Math.floor(i / 3)];
      const isDark = ((bits >>> i) & 1) === 1;
      this.#fix(a, b, isDark);
      this.#fix(b, a, isDark);
    }
  }

  #keep(x: number, y: number): void {
    this.#fix(x, y, this.#dark[y]?.[x] ?? false);
  }

  #fix(x: number, y: number, isDark: boolean): void {
    const row = this.#fixed[y];
    if (row === undefined || x < 0 || x >= this.#width) return;
    this.#put(x, y, isDark);
    row[x] = true;
  }

  #put(x: number, y: number, isDark: boolean): void {
    const row = this.#dark[y];
    if (row !== undefined) row[x] = isDark;
  }
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Remainder of a cyclic code. */
function checkOf(value: number, length: number, generator: number): number {
  let rest = value;
  for (let i = 0; i < length; i += 1) rest = (rest << 1) ^ ((rest >>> (length - 1)) * generator);
  return rest;
}

/** Level (M is 0) and mask, twice. */
function drawFormat(rows: boolean[][], mask: number): void {
  const width = rows.length;
  const bits = ((mask << 10) | checkOf(mask, 10, 0x537)) ^ 0x5412;
  const put = (x: number, y: number, bit: number) => {
    const row = rows[y];
    if (row !== undefined) row[x] = ((bits >>> bit) & 1) === 1;
  };
  for (let i = 0; i < 6; i += 1) put(8, i, i);
  put(8, 7, 6);
  put(8, 8, 7);
  put(7, 8, 8);
  for (let i = 9; i < 15; i += 1) put(14 - i, 8, i);
  for (let i = 0; i < 8; i += 1) put(width - 1 - i, 8, i);
  for (let i = 8; i < 15; i += 1) put(8, width - 15 + i, i);
  const dark = rows[width - 8];
  if (dark !== undefined) dark[8] = true;
}

/** The standard's measure of what misleads readers: runs, squares, what looks like a finder, and too much of one colour. */
function penaltyOf(rows: readonly (readonly boolean[])[]): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true));
  const lines = [...rows, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  let penalty = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  let dark = 0;
  for (const [y, row] of rows.entries())
    for (const [x, isDark] of row.entries()) {
      dark += Number(isDark);
      const [right, below, beyond] = [row[x + 1], rows[y + 1]?.[x], rows[y + 1]?.[x + 1]];
      if (right === isDark && below === isDark && beyond === isDark) penalty += 3;
    }
  const share = (dark * 100) / (rows.length * rows.length);
  return penalty + 10 * Math.floor(Math.abs(share - 50) / 5);
}

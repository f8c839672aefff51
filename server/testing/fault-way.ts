// One direction of one connection through the fault proxy: carries bytes in order, as late, as slowly and as far as the
// weather lets them. It keeps what is on its way in memory, and knows nothing of the other direction.

import type { Socket } from 'node:net';

/** `up` is from the device to the server. */
export type Heading = 'up' | 'down';

export interface Weather {
  readonly delayMs: number;
  readonly bytesPerSecond: number;
  /** Directions in which everything vanishes without a word. */
  readonly swallows: ReadonlySet<Heading>;
  /** A connection dies when it has carried so many bytes in this direction. */
  readonly drop: { readonly heading: Heading; readonly bytes: number } | null;
}

export const FAIR: Weather = { delayMs: 0, bytesPerSecond: Infinity, swallows: new Set(), drop: null };

/** How much of a throttled second goes in one piece. */
const PIECES_PER_SECOND = 50;

interface Passing {
  readonly dueAt: number;
  act(): void;
}

export interface WayEnds {
  readonly heading: Heading;
  readonly from: Socket;
  readonly to: Socket;
  readonly weather: () => Weather;
  /** Something vanished: what follows would be a stream with a hole. */
  readonly onLost: () => void;
  /** The connection has carried all it may. */
  readonly onSpent: () => void;
  /** So many bytes are carried from now on, whatever becomes of them. */
  readonly onCarried?: (bytes: number) => void;
}

export class Way {
  readonly #ends: WayEnds;
  readonly #passing: Passing[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastDueAt = 0;
  #left: { readonly of: Weather['drop']; bytes: number } | null = null;

  constructor(ends: WayEnds) {
    this.#ends = ends;
    ends.from.on('data', (chunk) => this.#carry(chunk));
    ends.from.on('end', () => this.pass(() => ends.to.end()));
  }

  /** Does something when all that went before has arrived, and `bytes` more would have. */
  pass(act: () => void, bytes = 0): void {
    const { weather, heading, onLost } = this.#ends;
    const { delayMs, bytesPerSecond, swallows } = weather();
    if (swallows.has(heading)) return onLost();
    const now = performance.now();
    this.#lastDueAt = Math.max(this.#lastDueAt, now + delayMs) + (1000 * bytes) / bytesPerSecond;
    if (this.#passing.length === 0 && this.#lastDueAt <= now) return act();
    this.#passing.push({ dueAt: this.#lastDueAt, act });
    this.#wake();
  }

  /** Forgets what is on its way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#passing.length = 0;
  }

  #carry(chunk: Buffer): void {
    const { from, to, weather, onSpent, onCarried } = this.#ends;
    const allowed = this.#allowed(chunk);
    onCarried?.(allowed.length);
    const { bytesPerSecond } = weather();
    for (const piece of piecesOf(allowed, bytesPerSecond)) this.pass(() => void to.write(piece), piece.length);
    if (this.#left?.bytes === 0) return this.pass(onSpent);
    if (bytesPerSecond === Infinity) return;
    // The sender feels a slow line, too: nothing more is taken before this has gone.
    from.pause();
    this.pass(() => void from.resume());
  }

  /** As much of it as a connection that is to die may still carry. */
  #allowed(chunk: Buffer): Buffer {
    const { drop } = this.#ends.weather();
    if (drop?.heading !== this.#ends.heading) {
      this.#left = null;
      return chunk;
    }
    if (this.#left?.of !== drop) this.#left = { of: drop, bytes: drop.bytes };
    const allowed = chunk.subarray(0, this.#left.bytes);
    this.#left.bytes -= allowed.length;
    return allowed;
  }

  #wake(): void {
    clearTimeout(this.#timer);
    const next = this.#passing[0];
    if (next === undefined) return;
    this.#timer = setTimeout(() => this.#deliver(), Math.max(0, next.dueAt - performance.now()));
  }

  #deliver(): void {
    const now = performance.now();
    for (let next = this.#passing[0]; next !== undefined && next.dueAt <= now; next = this.#passing[0]) {
      this.#passing.shift();
      next.act();
    }
    this.#wake();
  }
}

function piecesOf(bytes: Buffer, bytesPerSecond: number): Buffer[] {
  const size = Math.max(1, Math.floor(Math.min(bytes.length, bytesPerSecond / PIECES_PER_SECOND)));
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

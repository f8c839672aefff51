// The frames of one socket, in order and at a pace: a burst is let through, what comes faster for long waits, and a peer that
// sends more than is being worked on is not read meanwhile. Nothing is thrown away and nobody is closed for being quick.

import type { RawData, WebSocket } from 'ws';

export interface Frame {
  readonly bytes: Uint8Array;
  readonly isText: boolean;
}

/** Frames at once, and each second after that. */
const BURST = 1000;
const PER_SECOND = 100;
/** Frames and bytes that may be worked on at once. */
const MOST_UNDER_WAY = 64;
const MOST_BYTES = 4 * 1024 * 1024;

/** Calls `take` for each frame in order; its promise says when the frame is done. A fault in it is for `fail`. Until now nothing was read. */
export function receive(ws: WebSocket, take: (frame: Frame) => Promise<void>, fail: (error: unknown) => void): void {
  const bucket = new Bucket(BURST, PER_SECOND);
  let last: Promise<unknown> = Promise.resolve();
  let [underWay, bytes] = [0, 0];
  const isFull = () => underWay >= MOST_UNDER_WAY || bytes >= MOST_BYTES;
  ws.on('message', (data: RawData, isBinary: boolean) => {
    const frame = { bytes: toBytes(data), isText: !isBinary };
    underWay += 1;
    bytes += frame.bytes.length;
    if (isFull()) ws.pause();
    // Each begins after the one before has begun: what it waits for itself holds up nobody.
    const begun = last.then(() => bucket.take());
    last = begun;
    begun
      .then(() => (ws.readyState === ws.OPEN ? take(frame) : undefined))
      .catch(fail)
      .finally(() => {
        underWay -= 1;
        bytes -= frame.bytes.length;
        if (!isFull() && ws.isPaused) ws.resume();
      });
  });
  ws.resume();
}

/** Who was turned away may read why for so long. */
const GOODBYE_MS = 1000;

/** Ends a connection soon, whether its peer listens or not, and also where it is paused: paused, it would never hear the other side's goodbye. */
export function closeSocket(ws: WebSocket, code: number, reason?: string): void {
  ws.close(code, reason);
  ws.resume();
  setTimeout(() => ws.terminate(), GOODBYE_MS).unref();
}

/** So many at once, so many a second after that; who comes too early waits. */
export class Bucket {
  #left: number;
  #at: number;
  readonly #most: number;
  readonly #perMs: number;
  readonly #now: () => number;

  constructor(most: number, perSecond: number, now: () => number = () => performance.now()) {
    [this.#left, this.#most, this.#perMs, this.#now] = [most, most, perSecond / 1000, now];
    this.#at = now();
  }

  /** Milliseconds until the next may go; it is taken. */
  wait(): number {
    const now = this.#now();
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) * this.#perMs) - 1;
    this.#at = now;
    return this.#left >= 0 ? 0 : Math.ceil(-this.#left / this.#perMs);
  }

  async take(): Promise<void> {
    const ms = this.wait();
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

// What goes out on one socket, so far as its peer reads: what waits for a peer that does not read stands in memory here. Who
// leaves too much unread is sent away, to come back when he reads again.

import type { WebSocket } from 'ws';
import { CLOSE } from './seat.ts';

/** Bytes that may wait for one peer; a single message that is larger is sent all the same. */
export const MOST_UNREAD = 4 * 1024 * 1024;
/** He may read his goodbye for so long. */
const GOODBYE_MS = 1000;

export class Outgoing {
  readonly #ws: WebSocket;
  #last: Promise<void> = Promise.resolve();

  constructor(ws: WebSocket) {
    this.#ws = ws;
  }

  send(data: string | Uint8Array): void {
    const ws = this.#ws;
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > MOST_UNREAD) return this.#giveUp();
    this.#last = new Promise((resolve) => ws.send(data, () => resolve()));
  }

  /** Resolves when what was sent has left, or the connection has. */
  drained(): Promise<void> {
    return this.#last;
  }

  #giveUp(): void {
    this.#ws.close(CLOSE.again);
    setTimeout(() => this.#ws.terminate(), GOODBYE_MS).unref();
  }
}

// COPY as streams over a connection of `pg`, which passes the protocol's messages on to whoever runs a query. Bounded memory:
// the side that is slower holds the other back. Owns neither connection nor transaction: after a failure half-way the caller
// throws the connection away.

import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';

/** What `pg` has for COPY and its types do not say. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

const BLOCK_BYTES = 64 * 1024;

/** A running `COPY … TO STDOUT`, to be read to its end before the connection is used again. */
export class CopyOut extends Readable implements pg.Submittable {
  /** How many rows it were; known at the end. */
  rows = 0;
  readonly #text: string;
  #connection: pg.Connection | undefined;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(client: pg.ClientBase, text: string) {
    super({ highWaterMark: 4 * BLOCK_BYTES });
    this.#text = text;
    client.query(this);
  }

  submit(connection: pg.Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // A copy, since the parser writes over its buffer.
    this.#held.push(Buffer.from(chunk));
    this.#heldBytes += chunk.length;
    if (this.#heldBytes >= BLOCK_BYTES && !this.#pass()) this.#connection?.stream.pause();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rows = rowsIn(text);
  }

  handleReadyForQuery(connection: pg.Connection): void {
    // The last rows and this message may have come together, with the pause between them.
    connection.stream.resume();
    if (this.destroyed) return;
    this.#pass();
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  #pass(): boolean {
    const block = Buffer.concat(this.#held, this.#heldBytes);
    this.#held = [];
    this.#heldBytes = 0;
    return block.length === 0 || this.push(block);
  }
}

/** Feeds a `COPY … FROM STDIN` from a source; gives the number of rows. Throws what the source or PostgreSQL threw. */
export function copyIn(client: pg.ClientBase, text: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(text, source, { resolve, reject }));
  });
}

class CopyIn implements pg.Submittable {
  readonly #text: string;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #settle: { resolve: (rows: number) => void; reject: (reason: unknown) => void };
  readonly #over = new AbortController();
  #rows = 0;
  #fault: { readonly error: unknown } | undefined;

  constructor(
    text: string,
    source: AsyncIterable<Uint8Array>,
    settle: { resolve: (rows: number) => void; reject: (reason: unknown) => void },
  ) {
    this.#text = text;
    this.#source = source;
    this.#settle = settle;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    void this.#send(connection);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = rowsIn(text);
  }

  handleReadyForQuery(): void {
    if (this.#fault === undefined) this.#settle.resolve(this.#rows);
    else this.#settle.reject(this.#fault.error);
  }

  handleError(error: Error): void {
    // Of a source that failed, PostgreSQL only says that it did.
    this.#fault ??= { error };
    this.#over.abort();
    this.#settle.reject(this.#fault.error);
  }

  async #send(connection: CopyConnection): Promise<void> {
    const { signal } = this.#over;
    try {
      for await (const chunk of this.#source) {
        if (signal.aborted) return;
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain', { signal });
      }
      if (!signal.aborted) connection.endCopyFrom();
    } catch (error) {
      if (signal.aborted) return;
      this.#fault = { error };
      connection.sendCopyFail('the source failed');
    }
  }
}

/** `COPY 12` → 12. */
function rowsIn(tag: string): number {
  return Number(tag.split(' ')[1] ?? 0);
}

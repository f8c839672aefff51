// The same load on whichever relay: some documents, in each of which one writes and another reads, at a pace or as fast as it goes.

import { setTimeout as delay } from 'node:timers/promises';
import { must } from '../../src/base/must.ts';
import { Sayings } from './chats.ts';
import type { OpenLine, RelayLine } from './relay-lines.ts';

export const DOCUMENTS = 200;
/** Documents on one socket. */
const EACH = 10;
const STEP_MS = 20;
const PATIENCE_MS = 120_000;

/** Sockets of writers and readers on the same documents; latencies are of readers. */
export class RelayLoad {
  readonly #writers: RelayLine[] = [];
  readonly #readers: RelayLine[] = [];
  readonly #sayings: readonly Sayings[];
  /** What was sent and not read yet, by document. */
  readonly #sentAt: number[][];
  #got = 0;
  #sent = 0;
  #latencies: number[] = [];
  #told: () => void = () => undefined;

  private constructor(documents: readonly string[], author: string) {
    this.#sayings = documents.map(() => new Sayings(author));
    this.#sentAt = documents.map(() => []);
  }

  static async open(
    lines: { writer: OpenLine; reader: OpenLine },
    { documents, author }: { documents: readonly string[]; author: string },
  ): Promise<RelayLoad> {
    const load = new RelayLoad(documents, author);
    for (let from = 0; from < documents.length; from += EACH) {
      const own = documents.slice(from, from + EACH);
      load.#writers.push(await lines.writer({ documents: own, onUpdate: () => undefined }));
      load.#readers.push(await lines.reader({ documents: own, onUpdate: (ch) => load.#read(from + ch) }));
    }
    return load;
  }

  /** Sends so many a second for a while; gives the latencies of all of them in milliseconds, once all were read. */
  async steady({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<number[]> {
    const updates = this.#prepared(perSecond * seconds);
    this.#latencies = [];
    const startedAt = performance.now();
    for (let next = 0; next < updates.length;) {
      const due = Math.min(updates.length, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
      for (; next < due; next += 1) this.#send(next % this.#sentAt.length, must(updates[next], 'an update'));
      await delay(STEP_MS / 4);
    }
    await this.#allRead();
    return this.#latencies;
  }

  /** Sends so many at once; gives how long it took until all were read, in milliseconds. */
  async burst(count: number): Promise<number> {
    const updates = this.#prepared(count);
    const startedAt = performance.now();
    for (const [i, update] of updates.entries()) this.#send(i % this.#sentAt.length, update);
    await this.#allRead();
    return performance.now() - startedAt;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#writers, ...this.#readers].map((line) => line.close()));
  }

  #prepared(count: number): Uint8Array[] {
    return Array.from({ length: count }, (_, i) => must(this.#sayings[i % this.#sayings.length], 'a writer').next());
  }

  #send(document: number, update: Uint8Array): void {
    this.#sent += 1;
    must(this.#sentAt[document], 'a document').push(performance.now());
    must(this.#writers[Math.floor(document / EACH)], 'a line').send(document % EACH, update);
  }

  #read(document: number): void {
    const at = must(must(this.#sentAt[document], 'a document').shift(), 'an update that was sent');
    this.#latencies.push(performance.now() - at);
    this.#got += 1;
    if (this.#got === this.#sent) this.#told();
  }

  async #allRead(): Promise<void> {
    if (this.#got === this.#sent) return;
    const late = new AbortController();
    const all = new Promise<void>((resolve) => (this.#told = resolve));
    const tooLate = delay(PATIENCE_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(`${this.#sent - this.#got} of ${this.#sent} never came`);
    });
    tooLate.catch(() => undefined);
    await Promise.race([all, tooLate]);
    late.abort();
  }
}

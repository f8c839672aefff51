// Load on documents: people who write by pushes, and who read on our own line, through whichever node there is. Each remembers
// what it was told: a writer what was acknowledged, a reader what it saw. That is held against the log.

import { setTimeout as delay } from 'node:timers/promises';
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { bytesToBase64url } from '../../src/base/base64url.ts';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { SOCKET_PROTOCOL } from '../../src/sync/core/protocol.ts';
import type { Mutation } from '../../src/sync/core/mutation.ts';
import type { Person } from './clinic.ts';
import { ORIGIN } from './relay-node.ts';
import { USER_HEADER } from './sync-server.ts';

/** Which port to go to: the nodes in turn. */
export type PortOf = () => number;

const AGAIN_MS = 25;

/** One device that writes into several documents. */
export class RelayWriter {
  readonly acknowledged: string[] = [];
  readonly refused: string[] = [];
  readonly #person: Person;
  readonly #portOf: PortOf;
  readonly #device = newId();
  readonly #copies = new Map<string, Y.Doc>();
  #waiting: (Mutation & { readonly said: string })[] = [];
  #lastN = 0;
  #sending: Promise<void> | null = null;

  constructor(person: Person, portOf: PortOf) {
    [this.#person, this.#portOf] = [person, portOf];
  }

  /** Says something in a document; it goes out with what waits. */
  say(document: string): void {
    const doc = this.#copies.get(document) ?? new Y.Doc();
    this.#copies.set(document, doc);
    const [id, by] = [newId(), this.#person.user];
    const before = Y.encodeStateVector(doc);
    doc.getArray('messages').push([{ id, by, text: 'some words that somebody has written' }]);
    const update = bytesToBase64url(Y.encodeStateAsUpdate(doc, before));
    const args = { document, update, intent: {}, by: this.#person.member };
    this.#lastN += 1;
    const at = new Date().toISOString();
    this.#waiting.push({ said: id, n: this.#lastN, mid: newId(), name: 'sync.update', v: 1, args, base: 0, at });
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = null));
  }

  /** When everything was answered. */
  async finish(): Promise<void> {
    while (this.#sending !== null) await this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, 50);
      const results = await this.#send(batch).catch(() => null);
      if (results === null) {
        await delay(AGAIN_MS);
        continue;
      }
      for (const [i, { result, code }] of results.entries()) {
        const { said } = must(batch[i], 'a mutation');
        if (result === 'applied') this.acknowledged.push(said);
        else this.refused.push(String(code));
      }
      this.#waiting = this.#waiting.slice(results.length);
    }
  }

  async #send(batch: readonly Mutation[]): Promise<{ result: string; code?: string }[] | null> {
    const { user, member: membership, practice } = this.#person;
    const mutations = batch.map(({ n, mid, name, v, args, base, at }) => ({ n, mid, name, v, args, base, at }));
    const response = await fetch(`http://127.0.0.1:${this.#portOf()}/sync/${practice}/push`, {
      method: 'POST',
      headers: { [USER_HEADER]: user },
      body: JSON.stringify({ membership, device: this.#device, mutations }),
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) return null;
    return ((await response.json()) as { results: { result: string; code?: string }[] }).results;
  }
}

/** One device that reads several documents on our own line, and comes back where it ended. */
export class RelayReader {
  readonly seen = new Set<string>();
  readonly #copies: Map<string, { readonly doc: Y.Doc; after: number }>;
  readonly #names: readonly string[];
  readonly #person: Person;
  readonly #portOf: PortOf;
  #socket: WebSocket | null = null;
  #isOver = false;

  constructor(person: Person, names: readonly string[], portOf: PortOf) {
    [this.#person, this.#names, this.#portOf] = [person, names, portOf];
    this.#copies = new Map(names.map((name) => [name, { doc: this.#watched(), after: 0 }]));
    this.#open();
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  #watched(): Y.Doc {
    const doc = new Y.Doc();
    const messages = doc.getArray<{ id: string }>('messages');
    messages.observe((event) => {
      for (const { insert } of event.delta)
        for (const { id } of (insert as { id: string }[] | undefined) ?? []) this.seen.add(id);
    });
    return doc;
  }

  #open(): void {
    const { user, member: membership, practice } = this.#person;
    const headers = { cookie: `user=${user}`, origin: ORIGIN };
    const socket = new WebSocket(`ws://127.0.0.1:${this.#portOf()}/relay`, [SOCKET_PROTOCOL], { headers });
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!this.#isOver) setTimeout(() => this.#open(), AGAIN_MS);
    });
    socket.on('open', () => socket.send(JSON.stringify({ t: 'open', practice, membership, device: newId() })));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) return this.#take(data);
      const text = data.toString();
      if (text.includes('"ready"')) this.#joinAll(socket);
      // The store was away as it joined: it comes again.
      if (text.includes('"left"')) socket.terminate();
    });
  }

  #joinAll(socket: WebSocket): void {
    for (const [ch, document] of this.#names.entries()) {
      socket.send(JSON.stringify({ t: 'join', ch, document, after: this.#copies.get(document)?.after ?? 0 }));
    }
  }

  #take(data: Buffer): void {
    const decoder = decoding.createDecoder(data);
    const [ch, type, seq] = [0, 1, 2].map(() => decoding.readVarUint(decoder));
    if (type !== 0) return;
    decoding.readVarUint(decoder);
    const copy = must(this.#copies.get(this.#names[ch ?? 0] ?? ''), 'a copy');
    Y.applyUpdate(copy.doc, decoding.readVarUint8Array(decoder));
    copy.after = Math.max(copy.after, seq ?? 0);
  }
}

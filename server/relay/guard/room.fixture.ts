// A document and the people who write in it, for tests: a kind with one root of each rule, the server's copy behind the guard, and
// devices with copies of their own that may be offline, start anew, or be a stock provider.

import * as Y from 'yjs';
import type { JsonObject } from '../../../src/base/json.ts';
import type { DocKind } from '../../../src/sync/core/doc-kind.ts';
import { applyLogged } from '../apply-logged.ts';
import { judge } from './judge.ts';
import type { Verdict, Writer } from './verdict.ts';

const MESSAGE = new Set(['id', 'text', 'by', 'reply']);

function parseMessage(value: unknown): JsonObject {
  const message = value as JsonObject;
  for (const key of Object.keys(message)) if (!MESSAGE.has(key)) throw new Error(key);
  for (const key of ['id', 'text', 'by']) if (typeof message[key] !== 'string') throw new Error(key);
  return message;
}

function parseEntry(key: string, value: unknown): void {
  if (key.startsWith('read') && typeof value !== 'number') throw new Error(key);
}

export const KIND: DocKind = {
  name: 'board',
  row: 'board',
  policy: {},
  roots: {
    messages: { rule: 'log', parse: parseMessage, author: 'by', itemBytes: 2000 },
    'by:*': { rule: 'own', parse: parseEntry, valueBytes: 400, mostKeys: 40 },
    server: { rule: 'server' },
    story: {
      rule: 'text',
      nodes: { paragraph: ['align'], list: [], item: [], heading: ['level'] },
      marks: ['bold', 'link'],
      depth: 6,
    },
  },
  schemaVersion: 1,
};

const { story: _story, ...plainRoots } = KIND.roots;
/** Without rich text: nothing is ever collected. */
export const PLAIN: DocKind = { ...KIND, roots: plainRoots };

export function writerOf(userId: string, session = `${userId}-1`, roots: RegExp = /./): Writer {
  return { userId, session, mayWrite: (root) => roots.test(root) };
}

/** The server's side. */
export class Room {
  readonly doc = new Y.Doc();
  readonly log: Uint8Array[] = [];
  readonly owners = new Map<number, { userId: string; session: string }>();
  readonly clients = { ownerOf: (client: number) => this.owners.get(client) ?? null };
  readonly kind: DocKind;

  constructor(kind: DocKind = KIND) {
    this.kind = kind;
    this.doc.clientID = 1;
    this.doc.getMap('server').set('made', 1);
    this.log.push(Y.encodeStateAsUpdate(this.doc));
  }

  judge(writer: Writer, update: Uint8Array): Verdict {
    return judge({ kind: this.kind, doc: this.doc, clients: this.clients, writer, update });
  }

  /** Judges and, if it is taken, applies and logs. */
  receive(writer: Writer, update: Uint8Array): Verdict {
    const verdict = this.judge(writer, update);
    if (verdict.kind !== 'new') return verdict;
    for (const client of verdict.claims) this.owners.set(client, writer);
    applyLogged(this.doc, [verdict.update]);
    if (hasPending(this.doc)) throw new Error('what was accepted left something pending');
    this.log.push(verdict.update);
    return verdict;
  }

  get bytes(): string {
    return Buffer.from(Y.encodeStateAsUpdate(this.doc)).toString('hex');
  }
}

export function hasPending({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null;
}

/** One copy with one person at it. */
export class Device {
  readonly writer: Writer;
  readonly room: Room;
  doc = new Y.Doc();
  #cursor = 0;
  #waiting: Uint8Array[] = [];

  constructor(room: Room, userId: string, session = `${userId}-1`) {
    this.room = room;
    this.writer = writerOf(userId, session);
    this.#listen();
  }

  #listen(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#waiting.push(update);
    });
  }

  get messages(): Y.Array<JsonObject> {
    return this.doc.getArray('messages');
  }
  get own(): Y.Map<unknown> {
    return this.doc.getMap(`by:${this.writer.userId}`);
  }
  get story(): Y.XmlFragment {
    return this.doc.getXmlFragment('story');
  }

  say(text: string): void {
    this.messages.push([{ id: `${this.doc.clientID}-${text}`, text, by: this.writer.userId }]);
  }

  /** Sends each act by itself. */
  push(): Verdict[] {
    return this.#waiting.splice(0).map((update) => this.room.receive(this.writer, update));
  }

  pull(): void {
    for (const update of this.room.log.slice(this.#cursor)) Y.applyUpdate(this.doc, update, this);
    this.#cursor = this.room.log.length;
  }

  /** As a stock provider when it connects: what the server lacks, with all deletions it has ever seen. */
  join(): Verdict {
    this.#waiting = [];
    return this.room.receive(this.writer, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.room.doc)));
  }

  /** As a provider that asks nothing: everything it has. */
  resync(): Verdict {
    this.#waiting = [];
    return this.room.receive(this.writer, Y.encodeStateAsUpdate(this.doc));
  }

  /** The program starts anew with what it had stored: another client id, the same work. */
  restart(): void {
    const stored = Y.encodeStateAsUpdate(this.doc);
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.#listen();
    Y.applyUpdate(this.doc, stored, this);
  }
}

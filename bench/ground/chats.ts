// Conversations of the demo's Ana for a measurement, and what is said in them, made before it begins.

import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { CHAT, MESSAGES } from '../../src/features/chat/doc-names.ts';
import { conversationRecord } from '../../src/features/chat/schema.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { docName } from '../../src/sync/core/doc-kind.ts';
import { demoId } from '../../server/ops/demo-people.ts';
import type { Database } from '../../server/store/database.ts';
import { createPgStore } from '../../server/store/pg-store.ts';
import { wordsOf } from './entries.ts';

/** Letters of one message: two sentences. */
const LETTERS = 110;

/** Begins so many conversations in Ana's chart; gives their ids. */
export async function beginChats(database: Database, practice: string, count: number): Promise<string[]> {
  const store = createPgStore(database);
  const { id: practiceId, relationsVersion } = must(await store.practice(practice), 'the practice');
  const [client, by] = [demoId('client ana'), demoId('member ana')];
  const { name: type, schemaVersion } = conversationRecord;
  const images = Array.from({ length: count }, (_, order) => {
    const fields: JsonObject = { client, kind: 'care-team', startedAt: new Date().toISOString() };
    return { type, id: newId(), space: chartOf(client), by, schemaVersion, fields, order, relations: null };
  });
  const expect = { relationsVersion, lastN: 0, rows: new Map() };
  const commit = { ledger: null, expect, applied: count, images, entries: [], receivedAt: new Date() };
  if ((await store.commit(practiceId, commit)) === 'stale') throw new Error('somebody else has written');
  return images.map(({ id }) => id);
}

export const chatOf = (conversation: string, segment = 1): string => docName({ kind: CHAT, id: conversation, segment });

export function messageOf(by: string, i: number): JsonObject {
  return { id: newId(), by, at: new Date().toISOString(), body: wordsOf(i).slice(0, LETTERS) };
}

/** What somebody says, message by message, as the updates that his device would send. */
export class Sayings {
  readonly doc = new Y.Doc();
  readonly #by: string;
  #said = 0;

  constructor(by: string) {
    this.#by = by;
  }

  next(): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    this.#said += 1;
    this.doc.getArray(MESSAGES).push([messageOf(this.#by, this.#said)]);
    return Y.encodeStateAsUpdate(this.doc, before);
  }
}

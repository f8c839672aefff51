// The conversations of the demo, through the relay and its guard, as the devices of their authors would have sent them. Each reads
// what he answers; the newest words of a client wait.

import { sql } from 'kysely';
import * as Y from 'yjs';
import type { JsonObject } from '../../src/base/json.ts';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { readIntent, sayIntent } from '../../src/features/chat/doc-acts.ts';
import { messagesOf } from '../../src/features/chat/doc-fold.ts';
import { doIntent } from '../../src/features/chat/doc-here.ts';
import { CHAT, MESSAGES } from '../../src/features/chat/doc-names.ts';
import { AUTOMATIC } from '../../src/features/chat/doc-shape.ts';
import { declared } from '../../src/features/shared.ts';
import { docName } from '../../src/sync/core/doc-kind.ts';
import { shapesOf } from '../accept/shapes.ts';
import { createViewers } from '../accept/viewer.ts';
import { judge } from '../relay/guard/judge.ts';
import { createRelay } from '../relay/relay.ts';
import type { Relay } from '../relay/relay.ts';
import type { Database } from '../store/database.ts';
import { createPgDocLog } from '../store/pg-doc-log.ts';
import type { Store } from '../store/store.ts';

export interface DemoMessage {
  readonly id: string;
  readonly conversation: string;
  /** His sign-in and his membership. */
  readonly author: { readonly user: string; readonly member: string };
  readonly at: string;
  readonly body: string;
  /** Of a welcome: to whom, and whose client she is. */
  readonly welcomes?: { readonly client: string; readonly provider: string };
}

/** Writes what was said, in order. What an earlier seed has written stays as it is. */
export async function seedChats(
  { database, store }: { database: Database; store: Store },
  slug: string,
  messages: readonly DemoMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  let now = new Date();
  const log = createPgDocLog(database, shapesOf(declared));
  const quiet = { onAppended: () => undefined, onHeaders: () => undefined };
  const relay = createRelay({ log, store, declared, judge, now: () => now, onTrouble: onFault, ...quiet });
  const viewers = createViewers(store, declared);
  for (const conversation of new Set(messages.map((one) => one.conversation))) {
    const document = docName({ kind: CHAT, id: conversation, segment: 1 });
    for (const message of messages.filter((one) => one.conversation === conversation)) {
      const { author, at } = message;
      now = new Date(at);
      if (author.user === AUTOMATIC) {
        await welcome(relay, { database, store, slug }, message);
        continue;
      }
      const viewer = must((await viewers.find(author.user, slug)) ?? undefined, 'a member of the demo');
      const loaded = await log.load(viewer.practice.id, document);
      const known = [...(loaded.snapshot ? [loaded.snapshot] : []), ...loaded.updates].map(({ update }) => update);
      const update = updateOver(known, message);
      if (update === null) continue;
      const [outcome] = await relay.submit(viewer, [{ document, update }], `device:${newId()}`);
      if (outcome?.kind !== 'kept') throw new Error(`a message of the demo was not taken: ${outcome?.kind}`);
    }
  }
  await relay.rooms.close();
}

/** As the server says it, and noted as said: no start of the server says it again. */
async function welcome(
  relay: Relay,
  { database, store, slug }: { database: Database; store: Store; slug: string },
  { id, conversation, author, at, body, welcomes }: DemoMessage,
): Promise<void> {
  const practice = must((await store.practice(slug)) ?? undefined, 'the practice of the demo');
  const value = { id, by: author.user, at, body, automatic: true };
  const document = { kind: CHAT, id: conversation, segment: 1 };
  const own = { userId: author.user, memberId: practice.id };
  const outcome = await relay.hand.append(practice, { document, root: MESSAGES, value, author: own });
  if (outcome !== 'kept' || welcomes === undefined) throw new Error(`a welcome of the demo was not taken: ${outcome}`);
  await sql`
    insert into automatic_message (practice_id, id, cause, source, client, kind, body, state, at, done_at)
    values (${practice.id}, ${id}, 'welcome', ${welcomes.provider}, ${welcomes.client}, 'care-team', '', 'sent', ${at}, ${at})
    on conflict do nothing`.execute(database.db);
}

/** What this message adds, with that its author has read what stands before it; null where it is there already. */
function updateOver(
  known: readonly Uint8Array[],
  { id, author: { user: me }, at, body }: DemoMessage,
): Uint8Array | null {
  const doc = new Y.Doc();
  for (const update of known) Y.applyUpdate(doc, update);
  const before = messagesOf(doc);
  if (before.some((one) => one.id === id)) return null;
  const start = Y.encodeStateVector(doc);
  const read: JsonObject | null = readIntent(before, { me, at });
  if (read !== null) doIntent(doc, read);
  doIntent(doc, sayIntent({ id, by: me, at, body }));
  return Y.encodeStateAsUpdate(doc, start);
}

/** The demo is written by this program's own hand: a fault in it is one to mend, not to go on from. */
function onFault(code: string, error?: unknown): never {
  throw error instanceof Error ? error : new Error(code);
}

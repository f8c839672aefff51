// The server as an author: what it says in a document goes through the rooms and the guard as anybody's words do, under a name
// and client ids of its own. An entry is known by its id: told again, by whichever node and after whatever was killed, it stands
// there once. Two who append it at once use the same client id, and the second is known.

import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import type { JsonObject } from '../../src/base/json.ts';
import { docName, rootRule } from '../../src/sync/core/doc-kind.ts';
import type { DocKind } from '../../src/sync/core/doc-kind.ts';
import type { Viewer } from '../accept/viewer.ts';
import { nextSegment, writerOf } from './access.ts';
import type { Author, Found } from './access.ts';
import type { Outcome, PracticeName } from './room.ts';
import type { Rooms } from './rooms.ts';

export interface HandParts {
  /** The documents that there are, by name. */
  find(practiceId: string, names: readonly string[]): Promise<ReadonlyMap<string, Found>>;
  readonly rooms: Pick<Rooms, 'look' | 'submit'>;
}

/** One item of a log root. */
export interface HandEntry {
  /** `segment` is where it is said first: the same at each try. Null for kinds without segments. */
  readonly document: { readonly kind: string; readonly id: string; readonly segment: number | null };
  readonly root: string;
  /** Its member `id` says which one it is. */
  readonly value: JsonObject & { readonly id: string };
  /** As the item is signed, and whose name stands beside it in the log. */
  readonly author: { readonly userId: string; readonly memberId: string };
  /** Where it is a member's own word, said for him at its time: he may say there what his rights allow now, and nothing else. */
  readonly viewer?: Viewer;
}

export interface Hand {
  /**
   * Appends an entry, or finds that it stands there. `not-there`: there is no such document, or it is closed. `again` is weather. Throws
   * HandRefused where the guard refuses it: that would be no better the next time. Whatever else it throws may be.
   */
  append(practice: PracticeName, entry: HandEntry): Promise<'kept' | 'not-there' | 'again'>;
  /** Whether it stands there already, in the part in which it is said first or in the one after that, also where that is closed. */
  stands(practice: PracticeName, entry: HandEntry): Promise<boolean>;
}

/** The guard does not let the server say this: what this program says of itself has to fit. */
export class HandRefused extends Error {
  override readonly name = 'HandRefused';
}

/** More full segments than were begun since an entry was first tried. */
const MOST_SEGMENTS = 1000;
/** Client ids tried where others have one already: they are 32 bits. */
const MOST_CLIENTS = 4;

/** A hand over the rooms of this node. */
export function createHand({ find, rooms }: HandParts): Hand {
  async function appendIn(practice: PracticeName, found: Found, entry: HandEntry): Promise<Outcome> {
    const { root, value, author, viewer } = entry;
    const session = `hand:${value.id}`;
    const writer: Author = viewer
      ? writerOf(viewer, found, session)
      : { ...author, session, roles: [], mayWrite: (name) => name === root };
    const update = await rooms.look(practice, found, (doc) => updateOver(found.kind, doc, entry));
    if (update === null) return { kind: 'kept', seq: 0 };
    return rooms.submit(practice, found, { writer, update, origin: null });
  }

  return {
    async stands(practice, entry) {
      const { segment } = entry.document;
      const names = [entry.document, ...(segment === null ? [] : [{ ...entry.document, segment: segment + 1 }])];
      const parts = await find(practice.id, names.map(docName));
      const looks = [...parts.values()].map((found) =>
        rooms.look(practice, found, (doc) => isIn(found.kind, doc, entry)),
      );
      return (await Promise.all(looks)).includes(true);
    },
    async append(practice, entry) {
      let name = docName(entry.document);
      for (let i = 0; i < MOST_SEGMENTS; i += 1) {
        const found = (await find(practice.id, [name])).get(name);
        if (found === undefined || found.isClosed === true) return 'not-there';
        const outcome = await appendIn(practice, found, entry);
        if (outcome.kind !== 'refused') return outcome.kind;
        // No verdict of the guard's: the copy does not hold, and its log may be mended.
        if (outcome.code === 'failed') throw new Error('the document cannot be read');
        // Full is full for good: whoever tries again comes this way too.
        if (outcome.code !== 'segment-closed') throw new HandRefused(outcome.code);
        name = nextSegment(found);
      }
      throw new Error('no segment takes it');
    },
  };
}

function isIn(kind: DocKind, doc: Y.Doc, { root, value, author }: HandEntry): boolean {
  const items = doc.getArray(root).toArray() as (Partial<JsonObject> | null)[];
  const rule = rootRule(kind, root)?.rule;
  const signature = rule?.rule === 'log' ? rule.author : null;
  // Nobody else signs with its author's name; in what others sign that name may stand, and ids can be guessed.
  const isOwn = (item: Partial<JsonObject> | null) => signature !== null && item?.[signature] === author.userId;
  return items.some((item) => item?.['id'] === value.id && isOwn(item));
}

/** What the entry adds at the end of its root; null where it is there. */
function updateOver(kind: DocKind, doc: Y.Doc, entry: HandEntry): Uint8Array | null {
  if (isIn(kind, doc, entry)) return null;
  const { root, value } = entry;
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = clientIdOf(doc, value.id);
  const before = Y.encodeStateVector(copy);
  copy.getArray(root).push([value]);
  return Y.encodeStateAsUpdate(copy, before);
}

/** From the entry's id, so that two who append it do so as one; another's is stepped over. */
function clientIdOf(doc: Y.Doc, id: string): number {
  for (let i = 0; i < MOST_CLIENTS; i += 1) {
    const client = createHash('sha256').update(`hand ${id} ${i}`).digest().readUInt32BE(0);
    if (Y.getState(doc.store, client) === 0) return client;
  }
  throw new Error('no client id is free');
}

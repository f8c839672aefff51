// Puts a chart's journal on a shelf and keeps it true: at first all of it, the newest first, afterwards what has changed, told by the
// marks of the rows. Works in pieces, so that the page is never held up, and holds no words itself.

import { chartOf } from '../../../space-names.ts';
import type { Reader } from '../../../../sync/client/reader.ts';
import type { RowMark, SpaceReader } from '../../../../sync/client/space-reader.ts';
import { ATTACHED_TYPES, ENTRY_TYPE, entryOfEach, viewsById } from '../../history-queries.ts';
import { receiptsOf } from '../../queries.ts';
import type { EntryView } from '../../queries.ts';
import type { PrivateSide } from '../private-side.ts';
import { dayOf } from '../group-by-day.ts';
import type { Leaf, Shelf } from './shelf.ts';

/** So many entries are opened at once. */
const PIECE = 20;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface FillingOptions {
  readonly reader: Reader;
  readonly client: string;
  readonly shelf: Pick<Shelf, 'put' | 'remove' | 'clear'>;
  /** What stands beside the chart. */
  readonly beside?: Pick<PrivateSide, 'all' | 'mark'> | null;
  /** Told after every piece. `total` is 0 where there was nothing to do. */
  readonly onProgress: (progress: Progress) => void;
  /** Lets the page answer a touch between two pieces. */
  readonly breathe: () => Promise<void>;
}

/** `entry` is known of what hangs on one. */
interface Known {
  readonly type: string;
  readonly version: number;
  entry?: string | undefined;
}

interface Changes {
  /** Ids of entries to be read anew, the newest first. */
  readonly entries: readonly string[];
  readonly gone: readonly string[];
}

/** The returned function brings the shelf up to what the device has now. Called again meanwhile, it goes round once more. */
export function createFilling(options: FillingOptions): () => Promise<void> {
  const round = rounds(options);
  let running: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await round();
    } while (again);
  };
  return () => {
    again = running !== null;
    running ??= run().finally(() => (running = null));
    return running;
  };
}

function rounds(options: FillingOptions): () => Promise<void> {
  const { reader, client, shelf, onProgress, breathe } = options;
  const besides = besidesOf(options);
  const space = chartOf(client);
  const known = new Map<string, Known>();
  let wasShown = '';
  return async () => {
    const rows = await reader.inDepth();
    // What is kept from the reader, and what she wants to be told.
    const isShown = `${await reader.isStrict(space)} ${await receiptsOf(reader, client)}`;
    // What may be shown has changed: nothing that was taken from it before may stay.
    if (wasShown !== isShown) {
      known.clear();
      shelf.clear();
      besides.forget();
    }
    wasShown = isShown;
    await besides.catchUp(rows);
    const { entries, gone } = await changesIn(rows, { space, known });
    if (gone.length > 0) shelf.remove(gone);
    for (let from = 0; from < entries.length; from += PIECE) {
      const ids = entries.slice(from, from + PIECE);
      const views = await viewsById(reader, rows, ids);
      for (const view of views) noteAttached(known, view);
      shelf.put(views.map(leafOf));
      if (views.length < ids.length) shelf.remove(ids.filter((id) => !views.some((view) => view.id === id)));
      onProgress({ done: Math.min(from + PIECE, entries.length), total: entries.length });
      await breathe();
    }
    onProgress({ done: entries.length, total: entries.length });
  };
}

/** They are few beside a chart, so that at a change all are read anew. */
function besidesOf({ reader, shelf, beside, breathe }: FillingOptions) {
  let mark = '';
  let there: readonly string[] = [];
  return {
    forget() {
      mark = '';
      there = [];
    },
    async catchUp(rows: SpaceReader): Promise<void> {
      if (!beside) return;
      const now = await beside.mark(reader, rows);
      if (now === mark) return;
      const views = await beside.all(reader);
      const ids = new Set(views.map(({ id }) => id));
      shelf.remove(there.filter((id) => !ids.has(id)));
      for (let from = 0; from < views.length; from += PIECE) {
        shelf.put(views.slice(from, from + PIECE).map(leafOf));
        await breathe();
      }
      mark = now;
      there = [...ids];
    },
  };
}

/** What is another row, or another version of one, than what is known; it is known from now on. */
async function changesIn(
  rows: SpaceReader,
  { space, known }: { space: string; known: Map<string, Known> },
): Promise<Changes> {
  const isFirst = known.size === 0;
  const { changed, gone } = await compared(rows, { space, known });
  const entries = new Set<string>();
  const entriesGone: string[] = [];
  for (const [id, { type, entry }] of gone) {
    known.delete(id);
    if (type === ENTRY_TYPE) entriesGone.push(id);
    else if (entry !== undefined) entries.add(entry);
  }
  for (const { id, type, version } of changed) {
    const entry = known.get(id)?.entry;
    known.set(id, { type, version, entry });
    if (type === ENTRY_TYPE) entries.add(id);
    else if (entry !== undefined) entries.add(entry);
  }
  // The first time all entries are read, and tell what hangs on them.
  for (const type of isFirst ? [] : ATTACHED_TYPES) {
    const ids = changed.filter((mark) => mark.type === type).map(({ id }) => id);
    if (ids.length === 0) continue;
    for (const entry of (await entryOfEach(rows, type, ids)).values()) entries.add(entry);
  }
  for (const id of entriesGone) entries.delete(id);
  return { entries: [...entries], gone: entriesGone };
}

/** Only what is later than all that is known is asked for, unless the count says that this is not all. */
async function compared(
  rows: SpaceReader,
  { space, known }: { space: string; known: ReadonlyMap<string, Known> },
): Promise<{ changed: RowMark[]; gone: [string, Known][] }> {
  const last = lastVersion(known);
  const count = await rows.count(space);
  for (const after of last > 0 ? [last, 0] : [0]) {
    const marks = await rows.marks(space, after);
    const there = new Set(marks.map(({ id }) => id));
    const gone = [...known].filter(([id, { version }]) => !there.has(id) && (after === 0 || version === 0));
    const isNew = (mark: RowMark) => known.get(mark.id)?.version !== mark.version;
    const changed = marks.filter(isNew);
    const added = changed.filter(({ id }) => !known.has(id)).length;
    if (after === 0 || known.size + added - gone.length === count) return { changed: newestFirst(changed), gone };
  }
  return { changed: [], gone: [] };
}

/** Marks come in order of version, what is not sent first. */
function newestFirst(marks: readonly RowMark[]): RowMark[] {
  const sent = marks.findIndex(({ version }) => version > 0);
  const from = sent < 0 ? marks.length : sent;
  return [...marks.slice(0, from).reverse(), ...marks.slice(from).reverse()];
}

function lastVersion(known: ReadonlyMap<string, Known>): number {
  let last = 0;
  for (const { version } of known.values()) last = Math.max(last, version);
  return last;
}

function noteAttached(
  known: ReadonlyMap<string, Known>,
  { id, wordings, comments, reviews, reactions }: EntryView,
): void {
  for (const attached of [...wordings, ...comments, ...reviews, ...reactions]) {
    const row = known.get(attached.id);
    if (row !== undefined && row.type !== ENTRY_TYPE) row.entry = id;
  }
}

/** An entry as it is looked through: what is shown of it, and nothing that is not. */
export function leafOf(entry: EntryView): Leaf {
  const { id, at, kind, comments, content, delivery, privacy } = entry;
  // Of a photo there is nothing to read: its address and key are not for looking through.
  const { text, media: _, ...answers } = content;
  const words = [text, ...answersIn(answers), ...comments.map(({ body }) => body)];
  const [hasComments, isSeen, isPrivate] = [comments.length > 0, delivery === 'seen', privacy !== undefined];
  return { id, at, day: dayOf(entry), kind, hasComments, isSeen, isPrivate, words };
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Numbers and words, however deep; ids say nothing to a reader. */
function answersIn(value: unknown): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return ID.test(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(answersIn) : [];
}

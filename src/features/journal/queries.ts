// How the journal is read. An entry is shown with everything that hangs on it: its newest wording, comments, who has seen
// it. A list reads one page of entries and the rows of that page only; what has piled up below costs nothing.

import type { Medium } from '../file/schema.ts';
import type { Row, Space } from '../../sync/core/record.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Client } from '../client/schema.ts';
import type { Member } from '../member/schema.ts';
import { chartOf } from '../space-names.ts';
import { withoutSensitive } from './schema.ts';
import type {
  JournalComment,
  JournalContent,
  JournalEntry,
  JournalReaction,
  JournalReceipts,
  JournalReview,
  JournalRevision,
  ReactionName,
  Receipts,
} from './schema.ts';

/** `there`: the practice has it, and its author does not want to be told more. */
export type Delivery = 'device' | 'sent' | 'delivered' | 'there' | 'seen';

/** One wording of an entry; the first is the entry itself. */
export interface Wording {
  readonly id: string;
  readonly at: string;
  readonly zone: string;
  readonly content: JournalContent;
}

export interface Comment {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly zone: string;
  readonly body: string;
  readonly media?: readonly Medium[] | undefined;
  readonly delivery: Delivery;
}

/** A member of the care team saw it. `sent` is false while only this device knows. */
export interface Review {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly sent: boolean;
}

export interface Reaction extends Omit<Review, 'at'> {
  readonly reaction: ReactionName;
}

export interface EntryView {
  readonly id: string;
  readonly client: string;
  readonly by: string;
  /** A built-in kind, or the id of one of the practice's own. */
  readonly kind: string;
  readonly at: string;
  readonly zone: string;
  /** When the practice had it; the device's own time while it is not sent. */
  readonly arrivedAt: string;
  readonly content: JournalContent;
  /** Of one that its author alone reads: whether it opens on this device. */
  readonly privacy?: 'open' | 'locked' | 'broken';
  /** Oldest first; the last one is shown. */
  readonly wordings: readonly Wording[];
  readonly comments: readonly Comment[];
  /** Of the client, only what she wants to be told. */
  readonly reviews: readonly Review[];
  readonly reactions: readonly Reaction[];
  /** What the client wants to be told. */
  readonly receipts: Receipts;
  /** How far the newest wording has come. */
  readonly delivery: Delivery;
  /** What in it the reader has not answered for yet: the entry, a newer wording, a reply. Null when nothing waits. */
  readonly news: 'entry' | 'wording' | 'comment' | null;
  /** The ids of all that: the entry, its wordings, its author's comments. */
  readonly unread: readonly string[];
}

/** The newest entries of one chart, newest first; `more` says that there are older ones. */
export async function entriesOf(
  reader: Reader,
  { client, limit }: { client: string; limit: number },
): Promise<{ entries: EntryView[]; more: boolean }> {
  const rows = await reader.newest('journalEntry', { space: chartOf(client), limit: limit + 1 });
  const page = await viewsOf(reader, entryRows(rows.slice(0, limit)));
  return { entries: page.sort(newestFirst), more: rows.length > limit };
}

/** An entry with the names of all who wrote in it or saw it; null where it is not on this device. */
export async function entryById(
  reader: Reader,
  id: string,
): Promise<{ entry: EntryView; names: ReadonlyMap<string, string> } | null> {
  const row = await reader.get('journalEntry', id);
  if (row === undefined) return null;
  const [entry] = await viewsOf(reader, entryRows([row]));
  if (entry === undefined) return null;
  const people = [
    entry.by,
    ...entry.comments.map(({ by }) => by),
    ...entry.reviews.map(({ by }) => by),
    ...entry.reactions.map(({ by }) => by),
  ];
  return { entry, names: await namesOf(reader, people, [entry.client]) };
}

export async function viewsOf(reader: Reader, rows: readonly Row<JournalEntry>[]): Promise<EntryView[]> {
  const ids = rows.map(({ id }) => id);
  const spaces = [...new Set(rows.map(({ space }) => space))];
  const clients = [...new Set(rows.map(({ fields }) => fields.client))];
  const [revisions, comments, reviews, reactions, receipts, delivered, strict] = await Promise.all([
    reader.byRef('journalRevision', ids),
    reader.byRef('journalComment', ids),
    reader.byRef('journalReview', ids),
    reader.byRef('journalReaction', ids),
    Promise.all(clients.map(async (client) => [client, await receiptsOf(reader, client)] as const)),
    Promise.all(spaces.map(async (space) => [space, await reader.deliveredThrough(space)] as const)),
    Promise.all(spaces.map(async (space) => [space, await reader.isStrict(space)] as const)),
  ]);
  const revisionsById = byEntry(revisions as Row<JournalRevision>[]);
  const commentsById = byEntry(comments as Row<JournalComment>[]);
  const reviewsById = byEntry(reviews as Row<JournalReview>[]);
  const reactionsById = byEntry(reactions as Row<JournalReaction>[]);
  const receiptsByClient = new Map(receipts);
  const throughBySpace: ReadonlyMap<Space, number> = new Map(delivered);
  const strictBySpace: ReadonlyMap<Space, boolean> = new Map(strict);
  return rows.map((row) =>
    viewOf(row, {
      me: reader.memberId,
      revisions: (revisionsById.get(row.id) ?? []).sort(inOrder),
      comments: (commentsById.get(row.id) ?? []).sort(inOrder),
      reviews: (reviewsById.get(row.id) ?? []).sort(inOrder),
      reactions: (reactionsById.get(row.id) ?? []).sort(inOrder),
      receipts: receiptsByClient.get(row.fields.client) ?? 'seen',
      through: throughBySpace.get(row.space) ?? 0,
      strict: strictBySpace.get(row.space) ?? true,
    }),
  );
}

interface Attached {
  readonly me: string;
  readonly revisions: readonly Row<JournalRevision>[];
  readonly comments: readonly Row<JournalComment>[];
  readonly reviews: readonly Row<JournalReview>[];
  readonly reactions: readonly Row<JournalReaction>[];
  readonly receipts: Receipts;
  readonly through: number;
  /** What is sensitive is left out: the device may hold some of it, of one's own, until the server has replaced it. */
  readonly strict: boolean;
}

function viewOf(row: Row<JournalEntry>, attached: Attached): EntryView {
  const { comments, reactions, receipts, revisions, through, strict } = attached;
  const { client, kind, at, zone } = row.fields;
  const newest = revisions.at(-1) ?? row;
  // The author is told what she chose to be told; everybody else, what is there.
  const told = attached.me === row.by ? receipts : 'seen';
  const { reviews } = attached;
  const answers = answersOf(row, told === 'seen' ? attached : { ...attached, reviews: [] }, (by) => by !== row.by);
  const deliveryOf = (item: Row) => {
    const isOwn = item.by === row.by;
    const known = delivery(item, { through, answers: isOwn && told !== 'never' ? answers : [] });
    return isOwn && told !== 'seen' && known === 'delivered' ? 'there' : known;
  };
  const shown = (content: JournalContent) => (strict ? withoutSensitive(content) : content);
  const wording = ({ id, fields }: Row<JournalEntry> | Row<JournalRevision>) => {
    return { id, at: fields.at, zone: fields.zone, content: shown(fields.content) };
  };
  return {
    id: row.id,
    client,
    by: row.by,
    kind,
    at,
    zone,
    arrivedAt: row.at,
    content: shown(newest.fields.content),
    wordings: [row, ...revisions].map(wording),
    comments: comments.map((comment) => ({ ...commentOf(comment), delivery: deliveryOf(comment) })),
    reviews:
      told === 'seen'
        ? reviews.map(({ id, by, version, fields }) => ({ id, by, at: fields.at, sent: version > 0 }))
        : [],
    reactions: reactions.map(({ id, by, version, fields: { reaction } }) => ({ id, by, reaction, sent: version > 0 })),
    receipts,
    delivery: deliveryOf(newest),
    ...newsOf(row, attached),
  };
}

const commentOf = ({ id, by, fields: { at, zone, body, media } }: Row<JournalComment>) => {
  return { id, by, at, zone, body, ...(media && { media }) };
};

/** "Seen" is said of the words that were there to be seen: an answer that came before them does not count. */
function delivery(item: Row, { through, answers }: { through: number; answers: readonly number[] }): Delivery {
  if (item.version === 0) return 'device';
  if (answers.some((answer) => answer > item.version)) return 'seen';
  return item.version <= through ? 'delivered' : 'sent';
}

/** The reader answers for everything that was committed before his own newest review or comment. */
function newsOf(row: Row<JournalEntry>, attached: Attached): Pick<EntryView, 'news' | 'unread'> {
  const { me } = attached;
  if (row.by === me) return { news: null, unread: [] };
  const answered = Math.max(0, ...answersOf(row, attached, (by) => by === me));
  const idsOf = (rows: readonly Row[]) =>
    rows.filter((one) => one.by === row.by && orderOf(one) > answered).map(({ id }) => id);
  const [entry, revisions, comments] = [idsOf([row]), idsOf(attached.revisions), idsOf(attached.comments)];
  const news = entry[0] ? 'entry' : revisions[0] ? 'wording' : comments[0] ? 'comment' : null;
  return { news, unread: [...entry, ...revisions, ...comments] };
}

/**
 * Up to where in commit order these people have answered. Who names what was read answers for nothing later, though it may
 * arrive after it: somebody read offline while the words were changed.
 */
function answersOf(
  row: Row<JournalEntry>,
  { revisions, comments, reviews, reactions }: Attached,
  isTheirs: (by: string) => boolean,
): number[] {
  const orders = new Map([row, ...revisions, ...comments].map((one) => [one.id, orderOf(one)]));
  const answerOf = (one: Row<JournalReview> | Row<JournalReaction>) => {
    const read = [one.fields.wording, one.fields.comment].flatMap((id) => orders.get(id ?? '') ?? []);
    return read.length === 0 ? orderOf(one) : Math.max(...read) + 0.5;
  };
  return [
    ...[...reviews, ...reactions].filter(({ by }) => isTheirs(by)).map(answerOf),
    ...comments.filter(({ by }) => isTheirs(by)).map(orderOf),
  ];
}

/** What the client of this chart wants to be told. */
export async function receiptsOf(reader: Reader, client: string): Promise<Receipts> {
  const row = (await reader.get('journalReceipts', client)) as Row<JournalReceipts> | undefined;
  return row?.fields.receipts ?? 'seen';
}

/** Commit order; what is not sent yet comes after everything that this device knows of. */
const orderOf = ({ version }: Row): number => (version === 0 ? Number.POSITIVE_INFINITY : version);

function inOrder(a: Row, b: Row): number {
  if (a.version !== b.version) return orderOf(a) < orderOf(b) ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

export function newestFirst(a: EntryView, b: EntryView): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** Names of members, and of clients under their own membership. */
export async function namesOf(
  reader: Reader,
  memberIds: readonly string[],
  clients: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [members, persons] = await Promise.all([
    reader.many('member', [...new Set(memberIds)]),
    reader.many('client', [...new Set(clients)]),
  ]);
  return new Map([
    ...(members as Row<Member>[]).map(({ id, fields }) => [id, fields.name] as const),
    ...(persons as Row<Client>[]).flatMap(({ fields }) =>
      fields.memberId ? [[fields.memberId, fields.preferredName ?? fields.legalName] as const] : [],
    ),
  ]);
}

export const entryRows = (rows: readonly Row[]) => rows as readonly Row<JournalEntry>[];
export const entryOf = ({ fields }: Row): string => String(fields['entry']);

function byEntry<R extends Row>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(entryOf(row));
    if (group === undefined) groups.set(entryOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

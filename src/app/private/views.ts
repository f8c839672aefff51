// Private entries as the journal shows its own: opened where their key is open on this device, and otherwise there, but closed.

import type { JsonObject } from '../../base/json.ts';
import { clientOfSpace, userOf } from '../../features/space-names.ts';
import type { EntryView, Wording } from '../../features/journal/queries.ts';
import { withoutSensitive } from '../../features/journal/schema.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { SpaceReader } from '../../sync/client/space-reader.ts';
import type { PersonalKey } from '../../sync/client/vault/personal-key.ts';
import type { Mutation } from '../../sync/core/mutation.ts';
import type { Row } from '../../sync/core/record.ts';
import { open } from './contents.ts';
import type { Inside } from './contents.ts';
import { openOf } from './ring.ts';

export const ENTRY = 'privateEntry';
export const REVISION = 'privateEntryRevision';

export interface PrivateView extends EntryView {
  readonly privacy: 'open' | 'locked' | 'broken';
  /** The key that its newest wording is under. */
  readonly key: string;
  /** Its later wordings, those too that do not open. */
  readonly revisions: readonly string[];
  /** The entry of the journal that was made of it. */
  readonly shared: Inside['shared'];
}

type Fields = { readonly entry?: string; readonly at: string; readonly key: string; readonly sealed: string };
type PrivateRow = Row<Fields>;

/** The newest, at most `limit`; to the hour, so sort what comes. */
export async function newestPrivate(reader: Reader, limit: number): Promise<PrivateView[]> {
  return viewsOf(reader, await reader.newest(ENTRY, { space: userOf(reader.memberId), limit }));
}

/** Those of these ids that are private entries on this device. */
export async function privateById(reader: Reader, ids: readonly string[]): Promise<PrivateView[]> {
  const rows = await Promise.all(ids.map((id) => reader.get(ENTRY, id)));
  return viewsOf(
    reader,
    rows.filter((row) => row !== undefined),
  );
}

/** All of them. */
export async function allPrivate(reader: Reader): Promise<PrivateView[]> {
  return viewsOf(reader, await reader.all(ENTRY));
}

/** What is in the newest wording, with all that is in it: to be worded anew, brought back or shared. Null where it does not open here. */
export async function insideOf(reader: Reader, entry: string): Promise<Inside | null> {
  const row = (await reader.get(ENTRY, entry)) as PrivateRow | undefined;
  if (row === undefined) return null;
  const revisions = ((await reader.byRef(REVISION, [entry])) as PrivateRow[]).sort(inOrder);
  const newest = revisions.at(-1) ?? row;
  return openedRow(newest, entry, { keys: await openOf(reader, [newest.fields.key]), me: reader.memberId });
}

/** The words of an act that is not sent or came back; null where it has none, or they do not open here. */
export async function wordsOfPrivate(reader: Reader, mutation: Pick<Mutation, 'args'> | null): Promise<string | null> {
  const { id, entry = id, key, sealed } = mutation?.args ?? {};
  if (typeof id !== 'string' || typeof entry !== 'string' || typeof key !== 'string' || typeof sealed !== 'string')
    return null;
  const found = (await openOf(reader, [key])).get(key);
  const what = found && open(found, reader.memberId, { of: { id, entry }, sealed });
  return what?.content.text || null;
}

/** What a row says, for its author's own file; null where it does not open here. */
export async function plainOf(reader: Reader, { id, fields }: Row): Promise<JsonObject | null> {
  const { entry = id, key, sealed } = fields as Fields;
  const found = (await openOf(reader, [key])).get(key);
  const what = found && open(found, reader.memberId, { of: { id, entry }, sealed });
  if (!what) return null;
  const { v: _, ...said } = what;
  return { private: true, ...(entry !== id && { entry }), ...said };
}

/** Another text at every change of what `allPrivate` gives, without opening anything. */
export async function markOfPrivate(reader: Reader, rows: SpaceReader): Promise<string> {
  const marks = await rows.marks(userOf(reader.memberId));
  const keys = (await reader.all('privateEntryWrap')).map(({ fields }) => String(fields['key']));
  const opened = [...(await openOf(reader, [...new Set(keys)])).keys()];
  const own = marks.filter(({ type }) => type === ENTRY || type === REVISION);
  return [...opened, ...own.map(({ id, version }) => `${id} ${version}`)].join('\n');
}

async function viewsOf(reader: Reader, found: readonly Row[]): Promise<PrivateView[]> {
  const rows = found as readonly PrivateRow[];
  const ids = rows.map(({ id }) => id);
  const revisions = (await reader.byRef(REVISION, ids)) as PrivateRow[];
  const keys = await openOf(reader, [...new Set([...rows, ...revisions].map(({ fields }) => fields.key))]);
  const chart = (await reader.spaces()).find((space) => space.startsWith('chart:')) ?? '';
  const how = { keys, client: clientOfSpace(chart) ?? '', isStrict: await reader.isStrict(chart), me: reader.memberId };
  return rows.map((row) => viewOf(row, revisions.filter(({ fields }) => fields.entry === row.id).sort(inOrder), how));
}

interface How {
  readonly keys: ReadonlyMap<string, PersonalKey>;
  readonly client: string;
  readonly isStrict: boolean;
  readonly me: string;
}

function viewOf(row: PrivateRow, revisions: readonly PrivateRow[], how: How): PrivateView {
  const { keys, client, isStrict, me } = how;
  const rows = [row, ...revisions];
  const newest = revisions.at(-1) ?? row;
  const opened = rows.flatMap((one) => {
    const what = openedRow(one, row.id, how);
    return what ? [{ id: one.id, what }] : [];
  });
  const last = opened.find(({ id }) => id === newest.id)?.what;
  const privacy = last ? 'open' : keys.has(newest.fields.key) ? 'broken' : 'locked';
  const { kind = '', at = row.fields.at, zone = 'UTC', content = { text: '' } } = last ?? {};
  const shown = (what: Inside['content']) => (isStrict ? withoutSensitive(what) : what);
  const wordings = opened.map(({ id, what }): Wording => {
    return { id, at: what.wordedAt ?? what.at, zone: what.zone, content: shown(what.content) };
  });
  return {
    ...NOTHING_ON_IT,
    id: row.id,
    client,
    by: me,
    kind,
    at,
    zone,
    arrivedAt: row.at,
    content: shown(content),
    wordings,
    delivery: newest.version === 0 ? 'device' : 'sent',
    privacy,
    key: newest.fields.key,
    revisions: revisions.map(({ id }) => id),
    shared: opened.find(({ what }) => what.shared)?.what.shared,
  };
}

/** No one else sees it, so nobody says anything about it. */
const NOTHING_ON_IT = {
  comments: [],
  reviews: [],
  reactions: [],
  receipts: 'never',
  news: null,
  unread: [],
} as const satisfies Partial<EntryView>;

/** What is in a wording, whole; null where its key is not open here, or it does not open. */
function openedRow(row: PrivateRow, entry: string, { keys, me }: Pick<How, 'keys' | 'me'>): Inside | null {
  const key = keys.get(row.fields.key);
  return key ? open(key, me, { of: { id: row.id, entry }, sealed: row.fields.sealed }) : null;
}

function inOrder(a: PrivateRow, b: PrivateRow): number {
  const [x, y] = [orderOf(a), orderOf(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

const orderOf = ({ version }: Row): number => (version === 0 ? Number.POSITIVE_INFINITY : version);

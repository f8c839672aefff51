// How conversations are read: for lists and counts from rows alone, without opening what was said.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row, Space } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { newestOf } from '../office-hours/schema-due.ts';
import type { Hours } from '../office-hours/schema-hours.ts';
import { OFFICE_HOURS } from '../office-hours/schema.ts';
import { AUTOMATIC } from './doc-shape.ts';
import {
  CONVERSATION,
  conversationIdOf,
  HAND_OVER,
  HEAD,
  isStanding,
  MARK,
  markIdOf,
  othersIn,
  spaceOfKind,
  STANDING_KINDS,
} from './schema.ts';
import type { Conversation, ConversationKind, Mark, StandingKind } from './schema.ts';
import type { HandOver, Head } from './schema-head.ts';
import { PASSED_ON } from './schema-passed-on.ts';
import type { PassedOn } from './schema-passed-on.ts';

export interface ConversationView {
  readonly id: string;
  /** Whose, or about whom; undefined of what staff say about nobody. */
  readonly client: string | undefined;
  readonly kind: ConversationKind;
  readonly space: Space;
  readonly topic: string | undefined;
  /** Of a direct one: with whom of the care team. */
  readonly member: string | undefined;
  /** Nobody has begun it: there is nothing in it, and writing begins it. */
  readonly isBegun: boolean;
  readonly segment: number;
  /** How far that part has come, as the header tells. */
  readonly seq: number;
  /** Messages of others that the reader has not seen. */
  readonly unread: number;
  readonly others: number;
  readonly last: Head['last'];
  /** Who of those that are people wrote last. */
  readonly lastPerson: string | undefined;
  readonly waiting: Head['waiting'];
  readonly answeredAt: Head['answeredAt'];
  /** It has ended for all, and why. */
  readonly closed: Conversation['closed'];
  /** The reader has put it away, and nothing came since. */
  readonly isArchived: boolean;
  /** The version through which the server's word of it is here. */
  readonly version: number;
}

/** The conversations with or about a client that the reader may see: the two that stand, begun or not, and then the newest. */
export async function conversationsOf(reader: Reader, client: string): Promise<ConversationView[]> {
  const spaces = new Set(await reader.spaces());
  const kinds = STANDING_KINDS.filter((kind) => spaces.has(spaceOfKind(client, kind)));
  const rows = (await reader.byRef(CONVERSATION, [client])) as Row<Conversation>[];
  const [standing, begun] = await Promise.all([
    conversationsAt(
      reader,
      kinds.map((kind) => standingAt(client, kind)),
    ),
    conversationsAt(reader, rows.filter(({ fields }) => !isStanding(fields.kind)).map(placeOf)),
  ]);
  return [...standing, ...begun.sort(byTime)];
}

/** What a client takes part in: her own, and the communities she is in. */
export async function ownConversations(reader: Reader, client: string): Promise<ConversationView[]> {
  const communities = (await allConversations(reader)).filter(({ kind }) => kind === 'community');
  return [...(await conversationsOf(reader, client)), ...communities];
}

/** All that were begun and that the reader may see, who waits for the staff first, then the newest. */
export async function allConversations(reader: Reader): Promise<ConversationView[]> {
  const rows = (await reader.all(CONVERSATION)) as Row<Conversation>[];
  const views = await conversationsAt(reader, rows.map(placeOf));
  return views.sort((a, b) => Number(b.unread > 0) - Number(a.unread > 0) || byTime(a, b));
}

/** One by its id; undefined where it is not on this device. */
export async function conversationById(reader: Reader, id: string): Promise<ConversationView | undefined> {
  const row = (await reader.get(CONVERSATION, id)) as Row<Conversation> | undefined;
  return row && (await conversationsAt(reader, [placeOf(row)]))[0];
}

/** Names of the staff by their sign-ins, which is how messages are signed; whoever is not staff is the client. */
export async function staffNames(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const members = (await reader.all('member')) as Row<Member>[];
  return new Map(members.flatMap(({ fields: { userId, name } }) => (userId === undefined ? [] : [[userId, name]])));
}

/** Names of the staff by their memberships. */
export async function memberNames(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const members = (await reader.all('member')) as Row<Member>[];
  return new Map(members.map(({ id, fields }) => [id, fields.name]));
}

/** What was handed over between the two threads of a client, as it stands in this one; in no other there is any. */
export async function handedIn(
  reader: Reader,
  { client, kind }: Pick<Place, 'client' | 'kind'>,
): Promise<Row<HandOver>[]> {
  if (client === undefined || !isStanding(kind)) return [];
  const rows = (await reader.byRef(HAND_OVER, [client])) as Row<HandOver>[];
  return rows.filter((row) => row.space === spaceOfKind(client, kind)).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Of whom the care team answers this client instead: in their conversation all, in a direct one that one. */
export async function passedOnIn(
  reader: Reader,
  { id, client, kind }: Pick<Place, 'id' | 'client' | 'kind'>,
): Promise<PassedOn[]> {
  if (client === undefined || (kind !== 'care-team' && kind !== 'direct')) return [];
  const rows = (await reader.byRef(PASSED_ON, [client])) as Row<PassedOn>[];
  const here = rows.map(({ fields }) => fields).filter(({ conversation }) => kind !== 'direct' || conversation === id);
  return here.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** When the practice answers; null where it has not said so. */
export async function answerHours(reader: Reader): Promise<Hours | null> {
  return newestOf((await reader.all(OFFICE_HOURS)) as Row<Hours>[])?.fields ?? null;
}

/** Where to look for a conversation, begun or not. */
export interface Place {
  readonly id: string;
  readonly client: string | undefined;
  readonly kind: ConversationKind;
}

export const standingAt = (client: string, kind: StandingKind): Place => ({
  id: conversationIdOf(client, kind),
  client,
  kind,
});
export const placeOf = ({ id, fields: { client, kind } }: Row<Conversation>): Place => ({ id, client, kind });

/** Conversations as lists and screens have them, in the order of the places. */
export async function conversationsAt(reader: Reader, places: readonly Place[]): Promise<ConversationView[]> {
  const me = (await reader.userId()) ?? '';
  const ids = places.map(({ id }) => id);
  const [begun, heads, marks] = await Promise.all([
    reader.many(CONVERSATION, ids) as Promise<Row<Conversation>[]>,
    reader.many(HEAD, ids) as Promise<Row<Head>[]>,
    reader.many(
      MARK,
      ids.map((id) => markIdOf(reader.memberId, id)),
    ) as Promise<Row<Mark>[]>,
  ]);
  const begunBy = new Map(begun.map((row) => [row.id, row]));
  const headBy = new Map(heads.map((row) => [row.id, row]));
  const markBy = new Map(marks.map(({ fields }) => [fields.conversation, fields]));
  return places.map(({ id, client, kind }) => {
    const head = headBy.get(id);
    const others = othersIn(head?.fields, me);
    const { segment = 1, seq = 0, last, waiting, answeredAt } = head?.fields ?? ({} as Partial<Head>);
    const [row, mark] = [begunBy.get(id), markBy.get(id)];
    // What is of another kind than its id says is not this one.
    const begunAs = row?.fields.kind === kind ? row : undefined;
    const archived = mark?.archived ?? null;
    return {
      ...{ id, client, kind, others, segment, seq, last, waiting, answeredAt, isBegun: begunAs !== undefined },
      space: begunAs?.space ?? (isStanding(kind) && client !== undefined ? spaceOfKind(client, kind) : ''),
      topic: begunAs?.fields.topic,
      member: begunAs?.fields.member,
      closed: begunAs?.fields.closed,
      isArchived: archived !== null && (last?.cameAt ?? '') <= archived,
      unread: Math.max(0, others - (mark?.others ?? 0)),
      version: head?.version ?? 0,
      lastPerson: lastPersonIn(head?.fields),
    };
  });
}

function lastPersonIn({ last, came }: Partial<Head> = {}): string | undefined {
  if (last?.by !== AUTOMATIC) return last?.by;
  const people = Object.entries(came ?? {}).filter(([by]) => by !== AUTOMATIC);
  return people.sort(([, a], [, b]) => (a < b ? 1 : -1))[0]?.[0];
}

const timeOf = ({ last }: ConversationView): string => last?.cameAt ?? '';
const byTime = (a: ConversationView, b: ConversationView): number => (timeOf(a) < timeOf(b) ? 1 : -1);

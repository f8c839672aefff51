// How conversations are read: for lists and counts from rows alone, without opening what was said.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { newestOf } from '../office-hours/schema-due.ts';
import type { Hours } from '../office-hours/schema-hours.ts';
import { OFFICE_HOURS } from '../office-hours/schema.ts';
import { AUTOMATIC } from './doc-shape.ts';
import {
  CONVERSATION,
  CONVERSATION_KINDS,
  conversationIdOf,
  HAND_OVER,
  HEAD,
  MARK,
  markIdOf,
  othersIn,
  spaceOfKind,
} from './schema.ts';
import type { Conversation, ConversationKind, Mark } from './schema.ts';
import type { HandOver, Head } from './schema-head.ts';

export interface ConversationView {
  readonly id: string;
  readonly client: string;
  readonly kind: ConversationKind;
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

/** The conversations of a client that the reader may see, begun or not. */
export async function conversationsOf(reader: Reader, client: string): Promise<ConversationView[]> {
  const spaces = new Set(await reader.spaces());
  const kinds = CONVERSATION_KINDS.filter((kind) => spaces.has(spaceOfKind(client, kind)));
  return conversationsAt(
    reader,
    kinds.map((kind) => ({ client, kind })),
  );
}

/** All that were begun and that the reader may see, who waits for the staff first, then the newest. */
export async function allConversations(reader: Reader): Promise<ConversationView[]> {
  const rows = (await reader.all(CONVERSATION)) as Row<Conversation>[];
  const views = await conversationsAt(
    reader,
    rows.map(({ fields: { client, kind } }) => ({ client, kind })),
  );
  return views.sort((a, b) => Number(b.unread > 0) - Number(a.unread > 0) || (timeOf(a) < timeOf(b) ? 1 : -1));
}

/** One conversation, begun or not. */
export async function conversationOf(reader: Reader, client: string, kind: ConversationKind) {
  const [view] = await conversationsAt(reader, [{ client, kind }]);
  return view;
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

/** What was handed over between the two threads of a client, as it stands in this one. */
export async function handedIn(reader: Reader, { client, kind }: Place): Promise<Row<HandOver>[]> {
  const rows = (await reader.byRef(HAND_OVER, [client])) as Row<HandOver>[];
  return rows.filter((row) => row.space === spaceOfKind(client, kind)).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** When the practice answers; null where it has not said so. */
export async function answerHours(reader: Reader): Promise<Hours | null> {
  return newestOf((await reader.all(OFFICE_HOURS)) as Row<Hours>[])?.fields ?? null;
}

type Place = Pick<Conversation, 'client' | 'kind'>;

/** Conversations as lists and screens have them, in the order of the places. */
export async function conversationsAt(reader: Reader, places: readonly Place[]): Promise<ConversationView[]> {
  const me = (await reader.userId()) ?? '';
  const ids = places.map(({ client, kind }) => conversationIdOf(client, kind));
  const [begun, heads, marks] = await Promise.all([
    reader.many(CONVERSATION, ids) as Promise<Row<Conversation>[]>,
    reader.many(HEAD, ids) as Promise<Row<Head>[]>,
    reader.many(
      MARK,
      ids.map((id) => markIdOf(reader.memberId, id)),
    ) as Promise<Row<Mark>[]>,
  ]);
  const begunBy = new Map(begun.map(({ id, fields }) => [id, fields]));
  const headBy = new Map(heads.map((row) => [row.id, row]));
  const markBy = new Map(marks.map(({ fields }) => [fields.conversation, fields]));
  return places.map(({ client, kind }, i) => {
    const id = ids[i] ?? '';
    const head = headBy.get(id);
    const others = othersIn(head?.fields, me);
    const { segment = 1, seq = 0, last, waiting, answeredAt } = head?.fields ?? ({} as Partial<Head>);
    const [begunAs, mark] = [begunBy.get(id), markBy.get(id)];
    const archived = mark?.archived ?? null;
    return {
      ...{ id, client, kind, others, segment, seq, last, waiting, answeredAt, isBegun: begunAs !== undefined },
      closed: begunAs?.closed,
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

// What waits for an answer, over all conversations that the reader takes part in: from rows alone, also without a network. What it
// costs follows the conversations, of which a client has two, and not what was ever said in them.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { clientOfSpace, deskOf, chartOf } from '../space-names.ts';
import type { Task } from '../task/schema.ts';
import { conversationsAt } from './queries.ts';
import type { ConversationView } from './queries.ts';
import { dutyOf, replyTaskId, waitingIn } from './schema-duty.ts';
import type { Duty } from './schema-duty.ts';
import type { HandOver, Waiting } from './schema-head.ts';
import { CONVERSATION, conversationIdOf, HAND_OVER } from './schema.ts';
import type { Conversation, ConversationKind } from './schema.ts';

export interface WaitingConversation extends ConversationView {
  readonly duty: Duty;
}

interface Place {
  readonly client: string;
  readonly kind: ConversationKind;
}

/** The conversations in which something waits, who waits longest first. */
export async function waitingConversations(reader: Reader): Promise<WaitingConversation[]> {
  const [begun, handed] = await Promise.all([
    reader.all(CONVERSATION) as Promise<Row<Conversation>[]>,
    reader.all(HAND_OVER) as Promise<Row<HandOver>[]>,
  ]);
  const spaces = new Set(await reader.spaces());
  const isMine = ({ space }: Row) => spaces.has(space);
  const toTeam = handed.filter((row) => isMine(row) && row.fields.quotes !== undefined);
  const places = new Map<string, Place>();
  for (const { fields } of begun.filter(isMine)) places.set(placeKey(fields), fields);
  for (const { fields } of toTeam)
    places.set(placeKey({ ...fields, kind: 'care-team' }), { ...fields, kind: 'care-team' });
  return dutiesAt(reader, [...places.values()], toTeam);
}

/** The same of one conversation; undefined where nothing waits in it. */
export async function dutyIn(reader: Reader, place: Place): Promise<WaitingConversation | undefined> {
  const handed = (await reader.byRef(HAND_OVER, [place.client])) as Row<HandOver>[];
  const toTeam = handed.filter(({ fields }) => fields.quotes !== undefined);
  return (await dutiesAt(reader, [place], toTeam))[0];
}

/** What was handed over between the two threads of a client, as it stands in this one. */
export async function handedIn(reader: Reader, { client, kind }: Place): Promise<Row<HandOver>[]> {
  const rows = (await reader.byRef(HAND_OVER, [client])) as Row<HandOver>[];
  const space = kind === 'care-team' ? chartOf(client) : deskOf(client);
  return rows.filter((row) => row.space === space).sort((a, b) => (a.at < b.at ? -1 : 1));
}

async function dutiesAt(
  reader: Reader,
  places: readonly Place[],
  handed: readonly Row<HandOver>[],
): Promise<WaitingConversation[]> {
  const views = await conversationsAt(reader, places);
  const queues = views.map((view) => {
    const here = view.kind === 'care-team' ? handed.filter(({ space }) => clientOfSpace(space) === view.client) : [];
    return { view, waiting: waitingIn(view, here.map(asWaiting)) };
  });
  const asked = queues.flatMap(({ view, waiting: [first] }) => (first ? replyTaskId(view.id, first.message) : []));
  const tasks = new Map(((await reader.many('task', asked)) as Row<Task>[]).map((row) => [row.id, row.fields]));
  return queues
    .flatMap(({ view, waiting }) => {
      const duty = dutyOf(
        waiting,
        tasks.get(replyTaskId(conversationIdOf(view.client, view.kind), waiting[0]?.message ?? '')),
      );
      return duty === null ? [] : [{ ...view, duty }];
    })
    .sort((a, b) => (a.duty.since < b.duty.since ? -1 : 1));
}

const placeKey = ({ client, kind }: Place): string => `${client} ${kind}`;

/** It came when its row did. */
const asWaiting = ({ at, fields: { message, risk } }: Row<HandOver>): Waiting => ({
  message,
  at,
  ...(risk && { risk }),
});

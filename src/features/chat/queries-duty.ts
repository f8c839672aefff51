// What waits for an answer, over all conversations that the reader takes part in: from rows alone, also without a network. What it
// costs follows the conversations, of which a client has two, and not what was ever said in them.

import type { JsonObject } from '../../base/json.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { CareTeamMember } from '../client/schema.ts';
import type { Member } from '../member/schema.ts';
import { isOffice } from '../spaces.ts';
import type { Task } from '../task/schema.ts';
import { allConversations, conversationsAt, placeOf, staffNames, standingAt } from './queries.ts';
import type { ConversationView, Place } from './queries.ts';
import { dutyOf, replyTaskId, waitingIn } from './schema-duty.ts';
import type { Duty } from './schema-duty.ts';
import type { HandOver, Waiting } from './schema-head.ts';
import { asWaiting, PASSED_ON } from './schema-passed-on.ts';
import type { PassedOn } from './schema-passed-on.ts';
import { CONVERSATION, HAND_OVER, isAnswered } from './schema.ts';
import type { AnsweredKind, Conversation } from './schema.ts';

/** One in which a client writes to her practice, and waits for an answer. */
export interface AnsweredConversation extends ConversationView {
  readonly client: string;
  readonly kind: AnsweredKind;
}

export interface WaitingConversation extends AnsweredConversation {
  readonly duty: Duty;
}

/** As the inbox shows it: what was dealt with since stands there for a while. */
export interface QueuedConversation extends AnsweredConversation {
  readonly duty: Duty | null;
  /** The staff have answered, and the client has said nothing since. */
  readonly isOnClient?: boolean;
}

/** Among staff nobody owes an answer to a client. */
export const isAnsweredHere = (view: ConversationView): view is AnsweredConversation =>
  view.client !== undefined && isAnswered(view.kind);

/** The conversations in which something waits, who waits longest first. */
export async function waitingConversations(reader: Reader): Promise<WaitingConversation[]> {
  const [begun, handed, passedOn] = await Promise.all([
    reader.all(CONVERSATION) as Promise<Row<Conversation>[]>,
    reader.all(HAND_OVER) as Promise<Row<HandOver>[]>,
    reader.all(PASSED_ON) as Promise<Row<PassedOn>[]>,
  ]);
  const spaces = new Set(await reader.spaces());
  const isMine = ({ space }: Row) => spaces.has(space);
  const toTeam = waitsForTeam(handed.filter(isMine), passedOn.filter(isMine));
  const places = new Map<string, Place>();
  for (const row of begun.filter(isMine)) places.set(row.id, placeOf(row));
  for (const { client } of toTeam) {
    const place = standingAt(client, 'care-team');
    places.set(place.id, place);
  }
  return dutiesAt(reader, [...places.values()], toTeam);
}

/** The same of one conversation; undefined where nothing waits in it. */
export async function dutyIn(reader: Reader, place: Place): Promise<WaitingConversation | undefined> {
  const clients = place.client === undefined ? [] : [place.client];
  const [handed, passedOn] = await Promise.all([
    reader.byRef(HAND_OVER, clients) as Promise<Row<HandOver>[]>,
    reader.byRef(PASSED_ON, clients) as Promise<Row<PassedOn>[]>,
  ]);
  return (await dutiesAt(reader, [place], waitsForTeam(handed, passedOn)))[0];
}

async function dutiesAt(
  reader: Reader,
  places: readonly Place[],
  handed: readonly ForTeam[],
): Promise<WaitingConversation[]> {
  const views = (await conversationsAt(reader, places)).filter(isAnsweredHere);
  const queues = views.map((view) => {
    const here = view.kind === 'care-team' ? handed.filter(({ client }) => client === view.client) : [];
    return {
      view,
      waiting: waitingIn(
        view,
        here.map(({ waiting }) => waiting),
      ),
    };
  });
  const asked = queues.flatMap(({ view, waiting: [first] }) => (first ? replyTaskId(view.id, first.message) : []));
  const tasks = new Map(((await reader.many('task', asked)) as Row<Task>[]).map((row) => [row.id, row.fields]));
  const isThere = await takesPartOf(reader, tasks.values());
  return queues
    .flatMap(({ view, waiting }) => {
      const task = tasks.get(replyTaskId(view.id, waiting[0]?.message ?? ''));
      const duty = dutyOf(waiting, task);
      if (duty === null) return [];
      if (view.kind !== 'care-team') return [{ ...view, duty }];
      // Who was given it, or put it off, and has left the care team, as who has stood in, gives it back.
      const assignee = isThere(view.client, duty.assignee) ? duty.assignee : undefined;
      const until = isThere(view.client, task?.changedBy) ? duty.until : undefined;
      return [{ ...view, duty: { ...duty, assignee, until } }];
    })
    .sort((a, b) => (a.duty.since < b.duty.since ? -1 : 1));
}

/**
 * Whether somebody is on a client's care team, and nobody stands in for him: what he has taken is for who does, and his again once he
 * is back. A team that is not here has lost nobody.
 */
async function takesPartOf(reader: Reader, tasks: Iterable<Task>) {
  const given = [...tasks].flatMap(({ client, assignee, until }) => (assignee || until ? [client] : []));
  const places = given.length === 0 ? [] : ((await reader.byRef('careTeamMember', given)) as Row<CareTeamMember>[]);
  const known = new Set(places.map(({ fields }) => fields.client));
  const there = new Set(places.map(({ fields: { client, member } }) => `${client} ${member}`));
  for (const { fields } of places) there.delete(`${fields.client} ${fields.onBehalfOf}`);
  return (client: string, member: string | undefined): boolean =>
    member === undefined || member === reader.memberId || !known.has(client) || there.has(`${client} ${member}`);
}

/** Something that waits in the care team's conversation with a client and was not said there. */
interface ForTeam {
  readonly client: string;
  readonly waiting: Waiting;
}

/** What the front desk handed over, which came when its row did, and what waited for who answers no more. */
function waitsForTeam(handed: readonly Row<HandOver>[], passedOn: readonly Row<PassedOn>[]): ForTeam[] {
  const fromDesk = handed.flatMap(({ at, fields: { client, message, quotes, risk } }): ForTeam[] =>
    quotes === undefined ? [] : [{ client, waiting: { message, at, ...(risk && { risk }) } }],
  );
  const fromDirect = passedOn.flatMap(({ fields }) =>
    asWaiting(fields).map((waiting) => ({ client: fields.client, waiting })),
  );
  return [...fromDesk, ...fromDirect];
}

/** Somebody who can be given an answer. `place`: on the care team. */
export interface Answerer {
  readonly member: string;
  readonly place?: string;
  readonly name: string;
}

/** Who else of the staff takes part in this conversation, by name: in a direct one nobody does. */
export async function answerersOf(
  reader: Reader,
  { client, kind }: Pick<AnsweredConversation, 'client' | 'kind'>,
): Promise<Answerer[]> {
  if (kind === 'direct') return [];
  const [members, places] = await Promise.all([
    reader.all('member') as Promise<Row<Member>[]>,
    reader.byRef('careTeamMember', [client]) as Promise<Row<CareTeamMember>[]>,
  ]);
  const placeOf = (member: string) => places.find(({ fields }) => fields.member === member)?.id;
  const all = members.flatMap(({ id: member, fields: { name, roles } }): Answerer[] => {
    const place = placeOf(member);
    if (kind === 'care-team') return place === undefined ? [] : [{ member, place, name }];
    return isOffice({ roles }) || place !== undefined ? [{ member, name }] : [];
  });
  return all.filter(({ member }) => member !== reader.memberId).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An answerer as `chat.assignReply` names him. */
export const asAssigned = ({ place, member }: Answerer): JsonObject => (place === undefined ? { member } : { place });

/** Who had it before somebody else is named, as `chat.assignReply` names him; nobody also where he takes part no more. */
export function answererBefore(
  { assignee }: Pick<Duty, 'assignee'>,
  { me, others }: { me: string; others: readonly Answerer[] },
): JsonObject {
  if (assignee === me) return {};
  const before = others.find(({ member }) => member === assignee);
  return before === undefined ? { nobody: true } : asAssigned(before);
}

/** In which the staff have said the last word, and which go on. */
export async function answeredConversations(reader: Reader): Promise<QueuedConversation[]> {
  const [spaces, names, all] = [
    new Set(await reader.spaces()),
    await staffNames(reader),
    await allConversations(reader),
  ];
  return all
    .filter(isAnsweredHere)
    .filter(
      ({ space, lastPerson, closed }) =>
        !closed && lastPerson !== undefined && names.has(lastPerson) && spaces.has(space),
    )
    .map((view) => ({ ...view, duty: null, isOnClient: true }));
}

/** What waits, and of `also` (ids) what does not any more. */
export async function queuedConversations(reader: Reader, also: readonly string[]): Promise<QueuedConversation[]> {
  const waiting = await waitingConversations(reader);
  const there = new Set(waiting.map(({ id }) => id));
  const gone = also.filter((id) => !there.has(id));
  const rows = (await reader.many(CONVERSATION, gone)) as Row<Conversation>[];
  const views = (await conversationsAt(reader, rows.map(placeOf))).filter(isAnsweredHere);
  return [...waiting, ...views.map((view) => ({ ...view, duty: null }))];
}

// Who can be mentioned in a conversation, and how those are called who were: from rows on the device, also without a network. In a
// community a client is called as she has said, and by nothing else.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { CareTeamMember } from '../client/schema.ts';
import type { Member } from '../member/schema.ts';
import { directIn } from '../space-names.ts';
import { isOffice, isStaff } from '../spaces.ts';
import type { Chosen } from './doc-mentions.ts';
import { PARTICIPANT, signerOf } from './schema-community.ts';
import type { Participant } from './schema-community.ts';
import { PASSED_ON } from './schema-passed-on.ts';
import type { PassedOn } from './schema-passed-on.ts';
import type { ConversationView } from './queries.ts';

type Place = Pick<ConversationView, 'id' | 'kind' | 'client' | 'member'>;

export interface Mentionable extends Chosen {
  readonly isStaff: boolean;
}

/** Who beside the reader takes part, as far as this device knows it: staff first, then by name. */
export async function mentionableIn(reader: Reader, place: Place, clientName: string): Promise<Mentionable[]> {
  const members = (await reader.all('member')) as Row<Member>[];
  const isHere = await takesPartIn(reader, place, members);
  const staff = members
    .filter((row) => row.id !== reader.memberId && isHere(row))
    .map(({ id, fields: { name } }) => ({ who: id, name, isStaff: true }));
  const clients = (await clientsIn(reader, place, clientName)).map((one) => ({ ...one, isStaff: false }));
  const byName = (one: Chosen, other: Chosen) => (one.name < other.name ? -1 : 1);
  return [...staff.sort(byName), ...clients.sort(byName)];
}

/** How a row that is mentioned there is called now; undefined where this device does not know, or it has no part there. */
export async function mentionNames(
  reader: Reader,
  { id, kind, client }: Place,
): Promise<(who: string) => { name: string | undefined; isMe: boolean } | undefined> {
  const members = (await reader.all('member')) as Row<Member>[];
  const names = new Map<string, string>(members.map((row) => [row.id, row.fields.name]));
  const own = new Set([reader.memberId]);
  if (kind === 'community') {
    const me = signerOf((await reader.userId()) ?? '');
    for (const row of (await reader.byRef(PARTICIPANT, [id])) as Row<Participant>[]) {
      if (row.fields.signer === me) own.add(row.id);
      if (row.fields.name !== undefined) names.set(row.id, row.fields.name);
    }
  } else if (client !== undefined && !names.has(reader.memberId)) own.add(client);
  return (who) => {
    const [name, isMe] = [names.get(who), own.has(who)];
    return name === undefined && !isMe ? undefined : { name, isMe };
  };
}

/** In a community they name themselves; elsewhere there is one, whose conversation it is, or about whom, who does not take part then. */
async function clientsIn(reader: Reader, { id, kind, client }: Place, clientName: string): Promise<Chosen[]> {
  if (kind === 'community') {
    const me = signerOf((await reader.userId()) ?? '');
    const rows = (await reader.byRef(PARTICIPANT, [id])) as Row<Participant>[];
    return rows.flatMap(({ id: who, fields: { signer, side, name, left } }) =>
      side === 'client' && !left && signer !== me && name !== undefined ? [{ who, name }] : [],
    );
  }
  if (kind === 'staff' || client === undefined || !(await isOfStaff(reader))) return [];
  return [{ who: client, name: clientName }];
}

const isOfStaff = async (reader: Reader): Promise<boolean> =>
  (await reader.get('member', reader.memberId)) !== undefined;

/** Which of the staff take part. A client's device knows her care team by the direct spaces that there are. */
async function takesPartIn(
  reader: Reader,
  { id, kind, client, member }: Place,
  members: readonly Row<Member>[],
): Promise<(row: Row<Member>) => boolean> {
  if (kind === 'direct') return (row) => row.id === member;
  if (kind === 'community') {
    const rows = (await reader.byRef(PARTICIPANT, [id])) as Row<Participant>[];
    const signers = new Set(rows.flatMap(({ fields }) => (fields.left ? [] : [fields.signer])));
    return ({ fields: { userId } }) => userId !== undefined && signers.has(signerOf(userId));
  }
  if (client === undefined) return ({ fields }) => isStaff(fields);
  const team = members.some((row) => row.id === reader.memberId)
    ? await teamOf(reader, client)
    : await ownTeam(reader, client);
  return ({ id: one, fields }) => team.has(one) || (kind === 'front-desk' && isOffice(fields));
}

async function teamOf(reader: Reader, client: string): Promise<ReadonlySet<string>> {
  const places = (await reader.byRef('careTeamMember', [client])) as Row<CareTeamMember>[];
  return new Set(places.map(({ fields }) => fields.member));
}

async function ownTeam(reader: Reader, client: string): Promise<ReadonlySet<string>> {
  const left = (await reader.byRef(PASSED_ON, [client])) as Row<PassedOn>[];
  const gone = new Set(left.map(({ fields }) => fields.member));
  const spaces = (await reader.spaces()).flatMap((space) => directIn(space) ?? []);
  return new Set(spaces.flatMap(({ member }) => (gone.has(member) ? [] : [member])));
}

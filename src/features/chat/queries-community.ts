// Communities as the reader has them: how those who take part are called, who they are, and to which the reader was asked.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { communityOf } from '../space-names.ts';
import { isStaff } from '../spaces.ts';
import { INVITATION, PARTICIPANT, signerOf } from './schema-community.ts';
import type { Invitation, Participant } from './schema-community.ts';

const callKey = (conversation: string, signer: string): string => `${conversation} ${signer}`;

/** How clients are called in communities; elsewhere nobody is called so. */
export async function calledIn(reader: Reader): Promise<(conversation: string, user: string) => string | undefined> {
  const rows = (await reader.all(PARTICIPANT)) as Row<Participant>[];
  const names = new Map(
    rows.map(({ fields: { conversation, signer, name } }) => [callKey(conversation, signer), name]),
  );
  return (conversation, user) => names.get(callKey(conversation, signerOf(user)));
}

export interface ParticipantView {
  readonly id: string;
  readonly isMe: boolean;
  readonly name: string;
  readonly isStaff: boolean;
  /** The membership of one of the staff who is still of the practice. */
  readonly member: string | undefined;
  readonly invitation: string | undefined;
}

/** Who takes part now: the staff first, then by name. */
export async function participantsIn(reader: Reader, conversation: string): Promise<ParticipantView[]> {
  const rows = (await reader.byRef(PARTICIPANT, [conversation])) as Row<Participant>[];
  const me = signerOf((await reader.userId()) ?? '');
  const members = (await reader.all('member')) as Row<Member>[];
  const staff = new Map(
    members.flatMap((row) => (row.fields.userId && isStaff(row.fields) ? [[signerOf(row.fields.userId), row]] : [])),
  );
  return (
    rows
      .filter(({ fields }) => !fields.left)
      .map(({ id, fields: { signer, side, name, invitation } }) => ({
        ...{ id, isMe: signer === me, isStaff: side === 'staff', invitation },
        member: side === 'staff' ? staff.get(signer)?.id : undefined,
        name: (side === 'staff' ? staff.get(signer)?.fields.name : name) ?? '',
      }))
      // Who has left the practice takes no part, though nobody has taken him out.
      .filter(({ name, isMe }) => isMe || name !== '')
      .sort((a, b) => Number(b.isStaff) - Number(a.isStaff) || (a.name < b.name ? -1 : 1))
  );
}

export interface Asked {
  readonly conversation: string;
  readonly client: string;
  readonly topic: string;
}

/** To which communities this client was asked and in which she is not, or not any more. */
export async function askedHere(reader: Reader, client: string): Promise<Asked[]> {
  const rows = (await reader.byRef(INVITATION, [client])) as Row<Invitation>[];
  const spaces = new Set(await reader.spaces());
  const own = new Set((await ownIn(reader)).map(({ fields }) => fields.conversation));
  return rows.flatMap(({ fields: { conversation, topic, withdrawn } }) => {
    const isIn = own.has(conversation) || spaces.has(communityOf(conversation));
    return withdrawn || isIn ? [] : [{ conversation, client, topic }];
  });
}

/** The reader's own places in communities. */
async function ownIn(reader: Reader): Promise<Row<Participant>[]> {
  const me = signerOf((await reader.userId()) ?? '');
  const rows = (await reader.all(PARTICIPANT)) as Row<Participant>[];
  return rows.filter(({ fields }) => fields.signer === me && !fields.left);
}

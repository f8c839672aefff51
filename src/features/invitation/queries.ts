// How the invitations of a client are read: by the staff.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { CLIENT } from '../client/schema.ts';
import type { Client } from '../client/schema.ts';
import type { Contact } from '../contact/schema.ts';
import { INVITATION, isInvitable } from './schema.ts';
import type { Invitation } from './schema.ts';

export interface InvitationView extends Invitation {
  readonly id: string;
  /** Who invited, by membership, and by name where it is here. */
  readonly by: string;
  readonly byName: string | undefined;
  readonly at: string;
  /** `false` while only this device knows of it. */
  readonly isSent: boolean;
}

export interface InvitationStand {
  /** The newest first. */
  readonly invitations: readonly InvitationView[];
  /** She has a sign-in of her own. */
  readonly signsIn: boolean;
  /** She can be invited: her care has not ended, and she does not sign in yet. */
  readonly isInvitable: boolean;
  readonly noEmail: boolean;
  /** What is known of how to reach her, as a first proposal. */
  readonly email: string;
  readonly phone: string;
}

/** How a client stands with signing in; null where her row is not on this device. */
export async function invitationsOf(reader: Reader, client: string): Promise<InvitationStand | null> {
  const row = (await reader.get(CLIENT, client)) as Row<Client> | undefined;
  if (row === undefined) return null;
  const { memberId, status, safeContact } = row.fields;
  const rows = (await reader.byRef(INVITATION, [client])) as Row<Invitation>[];
  const contacts = (await reader.byRef('contact', [client])) as Row<Contact>[];
  const known = (kind: Contact['kind']) => contacts.find(({ fields }) => fields.kind === kind)?.fields.value ?? '';
  const invitations = await Promise.all(
    rows.map(async ({ id, by, at, version, fields }) => {
      const member = await reader.get('member', by);
      const byName = member?.fields['name'] as string | undefined;
      return { ...fields, id, by, byName, at, isSent: version > 0 };
    }),
  );
  return {
    invitations: invitations.sort((a, b) => (a.id < b.id ? 1 : -1)),
    signsIn: memberId !== undefined,
    isInvitable: memberId === undefined && isInvitable({ status }),
    noEmail: safeContact?.noEmail === true,
    ...{ email: known('email'), phone: known('phone') },
  };
}

/** Whether the server has what was made here: a page opens nothing before. `refused`: it came back, and the page never opens anything. */
export async function sendingOf(reader: Reader, id: string): Promise<'sent' | 'here' | 'refused'> {
  const row = await reader.get(INVITATION, id);
  if (row === undefined) return 'refused';
  return row.version > 0 ? 'sent' : 'here';
}

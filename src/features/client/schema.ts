import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { day, id, instant, words } from '../fields.ts';
import { clientKey, memberKey } from '../space-names.ts';

const clientFields = z.object({
  legalName: words(200),
  preferredName: z.optional(words(200)),
  birthDate: day,
  status: z.enum(['prospect', 'invited', 'active', 'archived']),
  /** The client's own membership and sign-in, once there is one; the sign-in never leaves the server. */
  memberId: z.optional(id),
  userId: z.optional(z.string()),
});
export type Client = z.infer<typeof clientFields>;

/** A person in care [Patient], as office and care team see them. */
export const clientRecord = defineRecord({
  name: 'client',
  schemaVersion: 1,
  fields: clientFields,
  relations: ({ id: client, fields }) => [
    { object: clientKey(client), relation: 'in', subject: 'practice' },
    ...(fields.memberId && fields.userId ? ownTuples(client, fields.memberId, fields) : []),
  ],
  project: ({ userId: _, ...rest }) => rest,
});

const careTeamFields = z.object({
  client: id,
  member: id,
  primary: z.boolean(),
  /** Of who is there only while somebody is away: for whom, and for which time. The server alone writes such a row, and removes it. */
  onBehalfOf: z.optional(id),
  period: z.optional(z.object({ start: instant, end: instant })),
  /** He has no other place on this team, and nothing is begun with him alone. */
  coverOnly: z.optional(z.literal(true)),
});
export type CareTeamMember = z.infer<typeof careTeamFields>;

/** One member of a client's care team [CareTeam.participant]. */
export const careTeamRecord = defineRecord({
  name: 'careTeamMember',
  schemaVersion: 1,
  fields: careTeamFields,
  index: { ref: 'client' },
  relations: ({ fields: { client, member, primary, coverOnly } }) => [
    { object: clientKey(client), relation: 'care_team', subject: memberKey(member) },
    ...(primary ? [{ object: clientKey(client), relation: 'primary', subject: memberKey(member) }] : []),
    ...(coverOnly ? [{ object: clientKey(client), relation: 'cover', subject: memberKey(member) }] : []),
  ],
});

function ownTuples(client: string, memberId: string, { status, userId }: Client) {
  const subject = memberKey(memberId);
  return [
    { object: subject, relation: 'user', subject: `user:${userId}` },
    { object: 'practice', relation: status === 'prospect' ? 'prospect' : 'client', subject },
    { object: clientKey(client), relation: 'self', subject },
  ];
}

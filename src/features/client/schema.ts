import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { day, id, instant, words } from '../fields.ts';
import { clientKey, memberKey } from '../space-names.ts';

export const CLIENT = 'client';
export const CARE_TEAM_MEMBER = 'careTeamMember';
export const NAME_MAX = 200;
export const NOTE_MAX = 500;

export const CLIENT_STATUSES = ['active', 'invited', 'prospect', 'discharged', 'archived', 'deceased'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

/** How she may be reached without harm: what is not said to be unsafe is safe. */
const safeContact = z.strictObject({
  noCalls: z.optional(z.literal(true)),
  noVoicemail: z.optional(z.literal(true)),
  noEmail: z.optional(z.literal(true)),
  note: z.optional(words(NOTE_MAX)),
});

export type SafeContact = z.infer<typeof safeContact>;

const detailShape = {
  legalName: words(NAME_MAX),
  preferredName: z.optional(z.nullable(words(NAME_MAX))),
  birthDate: day.check(z.refine(isOfCalendar, 'not a birth date')),
  /** The language she reads, as a tag. */
  language: z.optional(z.nullable(z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)))),
  safeContact: z.optional(z.nullable(safeContact)),
};

/** What staff say of a client, and change. */
export const clientDetails = z.strictObject(detailShape);
export type ClientDetails = z.infer<typeof clientDetails>;
export const CLIENT_DETAILS = Object.keys(detailShape) as (keyof ClientDetails)[];

const clientFields = z.object({
  ...detailShape,
  status: z.enum(CLIENT_STATUSES),
  /** Nothing goes to her by itself for now, and why. */
  contactPaused: z.optional(z.nullable(z.object({ id: z.optional(id), by: id, at: instant, reason: words(NOTE_MAX) }))),
  /** Who became her primary provider last, and after whom: by it an act knows whether its author knew of it. */
  primaryChange: z.optional(
    z.object({
      ...{ id, by: id, at: instant, from: z.optional(id) },
      /** Who became it, on which place of the care team, and whether that place came with it. */
      ...{ to: z.optional(id), place: z.optional(id), isNew: z.optional(z.literal(true)) },
    }),
  ),
  /** The place of her primary provider, null where she has none; not known of a client of before this was written. */
  primaryPlace: z.optional(z.nullable(id)),
  /** The client's own membership and sign-in, once there is one; the sign-in never leaves the server. */
  memberId: z.optional(id),
  userId: z.optional(z.string()),
});
export type Client = z.infer<typeof clientFields>;

/** A person in care [Patient], as office and care team see them. */
export const clientRecord = defineRecord({
  name: CLIENT,
  schemaVersion: 1,
  fields: clientFields,
  relations: ({ id: client, fields }) => [
    { object: clientKey(client), relation: 'in', subject: 'practice' },
    ...(isQuiet(fields) ? [{ object: clientKey(client), relation: 'quiet', subject: 'practice' }] : []),
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
  name: CARE_TEAM_MEMBER,
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

/** Nothing goes to her by itself: no reminder, no notice. */
function isQuiet({ status, contactPaused }: Client): boolean {
  return status === 'deceased' || (contactPaused !== undefined && contactPaused !== null);
}

/** A day that there is, of somebody who may be alive. */
function isOfCalendar(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) && text >= '1880-01-01';
}

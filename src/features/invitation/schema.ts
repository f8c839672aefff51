// That a client is invited to sign in: by a letter, or by a page that is printed for her. What opens it is made once, and kept as its
// hash alone.

import * as z from 'zod/mini';
import { isEmailName, signInName } from '../../base/sign-in-name.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import type { Client } from '../client/schema.ts';
import { id, instant } from '../fields.ts';

export const INVITATION = 'invitation';
const DAYS_GOOD = 14;
const DAY_MS = 86_400_000;
export const WAYS = ['email', 'print'] as const;
export type InvitationWay = (typeof WAYS)[number];

/** SHA-256 as base64url. */
export const secretHash = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** An address to which the letter goes, or the user name or phone number that the page proposes: in the form in which it is kept. */
export const login = z.string().check(z.refine((name) => signInName(name) === name, 'not a name to sign in by'));

const invitationFields = z.object({
  client: id,
  way: z.enum(WAYS),
  login,
  /** `requested`: the letter has not gone yet. That its time is over stands in no row. */
  status: z.enum(['requested', 'open', 'accepted', 'revoked', 'replaced', 'undeliverable']),
  /** The client's status before, to which she goes back where it is taken back. */
  statusWas: z.enum(['active', 'prospect', 'invited']),
  secretHash: z.optional(secretHash),
  expiresAt: instant,
  sentAt: z.optional(instant),
  endedAt: z.optional(instant),
  endedBy: z.optional(id),
});
export type Invitation = z.infer<typeof invitationFields>;

/** The hash stays on the server: no device has a use for it. */
export const invitationRecord = defineRecord({
  name: INVITATION,
  schemaVersion: 1,
  fields: invitationFields,
  index: { ref: 'client' },
  project: ({ secretHash: _, ...rest }) => rest,
});

export type InvitationState = Exclude<Invitation['status'], 'requested'> | 'requested' | 'expired';

/** How it stands at a time. */
export function stateAt({ status, expiresAt }: Invitation, now: string): InvitationState {
  return (status === 'open' || status === 'requested') && expiresAt <= now ? 'expired' : status;
}

/** Until when a letter or page is good that goes out now. */
export const expiryFrom = (now: string): string => new Date(Date.parse(now) + DAYS_GOOD * DAY_MS).toISOString();

/** Whether the letter or page may still be used. */
export const isOpenState = (state: InvitationState): boolean => state === 'open' || state === 'requested';

/** Whether who stands so in her care can be invited, and come in. */
export const isInvitable = ({ status }: Pick<Client, 'status'>): boolean =>
  status === 'active' || status === 'prospect' || status === 'invited';

/** Whether the name fits the way: letters go to addresses, and who has one needs no page with another name. */
export const fitsWay = (way: InvitationWay, name: string): boolean => isEmailName(name) === (way === 'email');

/**
 * What stands behind the `#` of the link: it is not sent to a server with the page, and stands in no log. Nothing in it says whose
 * letter it is, nor which practice's.
 */
export const linkOf = (origin: string, { id: invitation, secret }: InvitationLink): string =>
  `${origin}/join#${invitation}.${secret}`;

export interface InvitationLink {
  readonly id: string;
  readonly secret: string;
}

/** What a link names; null where it names nothing. */
export function readLink(hash: string): InvitationLink | null {
  const [, invitation, secret] = /^#?([0-9a-f-]{36})\.([A-Za-z0-9_-]{22})$/.exec(hash) ?? [];
  return invitation && secret ? { id: invitation, secret } : null;
}

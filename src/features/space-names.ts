// What spaces are called, and what relations are about. Who reads them is not judged here: a client's device has no use for that.

import type { Space } from '../sync/core/record.ts';

/** What every signed-in member of the practice reads. */
export const PUBLIC: Space = 'public';
/** What all staff read. */
export const PRACTICE: Space = 'practice';
/** What owner and admins alone read. */
export const MANAGERS: Space = 'managers';
export const chartOf = (client: string): Space => `chart:${client}`;
export const staffOf = (client: string): Space => `staff:${client}`;
export const officeOf = (client: string): Space => `office:${client}`;
/** What a client and the front desk say to each other; the care team reads it too. */
export const deskOf = (client: string): Space => `desk:${client}`;
/** What a client and one member of her care team say to each other. */
export const directOf = (client: string, memberId: string): Space => `direct:${client}:${memberId}`;
/** What several clients and staff say to each other: each is of one conversation. */
export const communityOf = (conversation: string): Space => `community:${conversation}`;
/** What one member keeps for himself, on all his devices. */
export const userOf = (memberId: string): Space => `user:${memberId}`;
export const memberKey = (memberId: string) => `member:${memberId}`;
export const clientKey = (client: string) => `client:${client}`;

const CLIENT_SPACE = /^(chart|staff|office|desk):(.+)$/;

/** The client whose space it is, or null for a space of the practice. */
export function clientOfSpace(space: Space): string | null {
  return CLIENT_SPACE.exec(space)?.[2] ?? null;
}

/** Between whom a direct space is; null for any other. */
export function directIn(space: Space): { readonly client: string; readonly member: string } | null {
  const [, client, member] = /^direct:([^:]+):([^:]+)$/.exec(space) ?? [];
  return client === undefined || member === undefined ? null : { client, member };
}

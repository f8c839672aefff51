// Which spaces there are and who reads them: the ground that all nouns' policies stand on (security.md 1.3). Roles alone
// open the practice's own spaces; a client's spaces are opened by a relation to that client.

import type { Principal, Relations, Resource } from '../sync/core/policy.ts';
import type { Space } from '../sync/core/record.ts';
import type { Receivers, SpaceGrant, TupleSource } from '../sync/core/run.ts';

export const ROLES = ['owner', 'admin', 'provider', 'support', 'client', 'prospect'] as const;
export type Role = (typeof ROLES)[number];

/** What every signed-in member of the practice reads. */
export const PUBLIC: Space = 'public';
/** What all staff read. */
export const PRACTICE: Space = 'practice';
export const chartOf = (client: string): Space => `chart:${client}`;
export const staffOf = (client: string): Space => `staff:${client}`;
export const officeOf = (client: string): Space => `office:${client}`;
/** What one member keeps for himself, on all his devices. */
export const userOf = (memberId: string): Space => `user:${memberId}`;
export const memberKey = (memberId: string) => `member:${memberId}`;
export const clientKey = (client: string) => `client:${client}`;

/** Holds of a client for the whole practice while the eating-disorder preset does. */
export const ED_SAFE = 'ed_safe';

const CLIENT_SPACE = /^(chart|staff|office):(.+)$/;

/** The client whose space it is, or null for a space of the practice. */
export function clientOfSpace(space: Space): string | null {
  return CLIENT_SPACE.exec(space)?.[2] ?? null;
}

export const isStaff = (p: Principal) => hasRole(p, 'owner', 'admin', 'provider', 'support');
export const isManager = (p: Principal) => hasRole(p, 'owner', 'admin');
export const isOffice = (p: Principal) => hasRole(p, 'owner', 'admin', 'support');

/** The resource lies in the client's own chart space and the principal is that client, no longer a prospect. */
export function isSelf(p: Principal, relations: Relations, { space }: Resource): boolean {
  const client = space.startsWith('chart:') ? clientOfSpace(space) : null;
  return client !== null && hasRole(p, 'client') && relations.has(clientKey(client), 'self', memberKey(p.memberId));
}

/** The principal is on the care team of the client whose space it is, and still a provider: a leaver's relation opens nothing. */
export function isCareTeam(p: Principal, relations: Relations, { space }: Resource): boolean {
  const client = clientOfSpace(space);
  return (
    client !== null && hasRole(p, 'provider') && relations.has(clientKey(client), 'care_team', memberKey(p.memberId))
  );
}

/**
 * The spaces a member reads; the hash names the class of viewer, so that a change of class sends the space again. A protected
 * client reads the own chart without what is sensitive; the care team reads all of it.
 */
export function spacesOf(p: Principal, relations: TupleSource): SpaceGrant[] {
  const me = memberKey(p.memberId);
  const grants = new Map<Space, Omit<SpaceGrant, 'space'>>([
    [PUBLIC, { hash: isStaff(p) ? 'staff.1' : 'client.1' }],
    [userOf(p.memberId), { hash: 'own.1' }],
  ]);
  if (isStaff(p)) grants.set(PRACTICE, { hash: 'staff.1' });
  if (isOffice(p))
    for (const client of clientsOf(relations, 'in', 'practice')) grants.set(officeOf(client), { hash: 'office.1' });
  for (const client of hasRole(p, 'provider') ? clientsOf(relations, 'care_team', me) : []) {
    for (const space of [chartOf(client), staffOf(client), officeOf(client)]) grants.set(space, { hash: 'team.1' });
  }
  if (hasRole(p, 'client')) {
    for (const client of clientsOf(relations, 'self', me)) {
      const isProtected = relations.has(clientKey(client), ED_SAFE, 'practice');
      grants.set(chartOf(client), isProtected ? { hash: 'self-strict.1', strict: true } : { hash: 'self.1' });
    }
  }
  return [...grants].map(([space, grant]) => ({ space, ...grant }));
}

/** In a chart, client and care team are each other's receivers; nowhere else is "they have it" said. */
export function receiversOf(space: Space, p: Principal, relations: TupleSource): Receivers | null {
  if (!space.startsWith('chart:')) return null;
  const object = clientKey(clientOfSpace(space) ?? '');
  const isOwn = relations.has(object, 'self', memberKey(p.memberId));
  return { object, relation: isOwn ? 'care_team' : 'self' };
}

function clientsOf(relations: TupleSource, relation: string, subject: string): string[] {
  return relations
    .objectsOf(relation, subject)
    .filter((object) => object.startsWith('client:'))
    .map((object) => object.slice('client:'.length));
}

function hasRole(p: Principal, ...roles: Role[]): boolean {
  return roles.some((role) => p.roles.includes(role));
}

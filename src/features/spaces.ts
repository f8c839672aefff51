// Which spaces there are and who reads them: the ground that all nouns' policies stand on (security.md 1.3). Roles alone
// open the practice's own spaces; a client's spaces are opened by a relation to that client.

import type { Principal, Relations, Resource, Rule } from '../sync/core/policy.ts';
import type { Space } from '../sync/core/record.ts';
import type { Receivers, SpaceGrant, TupleSource } from '../sync/core/run.ts';
import {
  chartOf,
  clientKey,
  clientOfSpace,
  communityOf,
  deskOf,
  directIn,
  directOf,
  MANAGERS,
  memberKey,
  officeOf,
  PRACTICE,
  PUBLIC,
  staffOf,
  userOf,
} from './space-names.ts';

export const ROLES = ['owner', 'admin', 'provider', 'support', 'client', 'prospect'] as const;
export type Role = (typeof ROLES)[number];

/** Holds of a client for the whole practice while the eating-disorder preset does. */
export const ED_SAFE = 'ed_safe';

/** What a provider tells the clients whose primary provider he is. */
export const caseloadOf = (memberId: string): Space => `caseload:${memberId}`;

export const isStaff = (p: Pick<Principal, 'roles'>) => hasRole(p, 'owner', 'admin', 'provider', 'support');
export const isManager = (p: Principal) => hasRole(p, 'owner', 'admin');
export const isProvider = (p: Principal) => hasRole(p, 'provider');
export const isOffice = (p: Pick<Principal, 'roles'>) => hasRole(p, 'owner', 'admin', 'support');

/** The resource lies in the client's own chart space and the principal is that client, no longer a prospect. */
export function isSelf(p: Principal, relations: Relations, { space }: Resource): boolean {
  const client = space.startsWith('chart:') ? clientOfSpace(space) : null;
  return client !== null && hasRole(p, 'client') && relations.has(clientKey(client), 'self', memberKey(p.memberId));
}

/** The same of what lies at the front desk, which is open to who is no client yet. */
export function isOwnDesk(p: Principal, relations: Relations, { space }: Resource): boolean {
  const client = space.startsWith('desk:') ? clientOfSpace(space) : null;
  const isTheirs = client !== null && relations.has(clientKey(client), 'self', memberKey(p.memberId));
  return isTheirs && hasRole(p, 'client', 'prospect');
}

/** It is the space of a provider whose client the principal is, as her primary provider. */
export function isOfCaseload(p: Principal, relations: Relations, { space }: Resource): boolean {
  const own = hasRole(p, 'client') ? relations.objectsOf('self', memberKey(p.memberId)) : [];
  const [, member] = /^caseload:(.+)$/.exec(space) ?? [];
  return member !== undefined && own.some((client) => relations.has(client, 'primary', memberKey(member)));
}

/** It is between the principal, as the client, and a member of her care team, or one who was. */
export function isSelfOfDirect(p: Principal, relations: Relations, { space }: Resource): boolean {
  const direct = directIn(space);
  return (
    direct !== null && hasRole(p, 'client') && relations.has(clientKey(direct.client), 'self', memberKey(p.memberId))
  );
}

/** It is between a client and the principal, as one of her care team. */
export function isTeamOfDirect(p: Principal, relations: Relations, { space }: Resource): boolean {
  return directIn(space)?.member === p.memberId && hasRole(p, 'provider') && isOpenDirect(relations, space);
}

/** The member is still on the client's care team, a provider, and not there for a time alone: else nobody would have what is said. */
export function isOpenDirect(relations: Relations, space: Space): boolean {
  const { client = '', member = '' } = directIn(space) ?? {};
  const is = (relation: string) => relations.has(clientKey(client), relation, memberKey(member));
  return is('care_team') && !is('cover') && relations.has('practice', 'provider', memberKey(member));
}

/** The principal takes part in that community: has joined it, or was taken into it as one of the staff. */
export function isOfCommunity(p: Principal, relations: Relations, { space }: Resource): boolean {
  const isThere = space.startsWith('community:') && relations.has(space, 'participant', memberKey(p.memberId));
  return isThere && (isStaff(p) || hasRole(p, 'client'));
}

/** The principal is a client who was asked to that community. */
export function isAskedToCommunity(p: Principal, relations: Relations, { space }: Resource): boolean {
  const own = hasRole(p, 'client') ? relations.objectsOf('self', memberKey(p.memberId)) : [];
  return space.startsWith('community:') && own.some((client) => relations.has(client, 'asked', space));
}

/**
 * Who takes part in the conversations of a space, and reads and adds what is sent with their words: in a chart the client and her care
 * team; at a front desk the office too, and who is no client yet; in a direct space its two; in a care team's own space the team, in
 * the practice's all staff; in a community whoever has come in.
 */
export const talksIn: Rule = (p, relations, r) => {
  const [, where = r.space] = /^([a-z]+):/.exec(r.space) ?? [];
  if (where === 'chart') return isSelf(p, relations, r) || isCareTeam(p, relations, r);
  if (where === 'desk')
    return isOwnDesk(p, relations, r) || isCareTeam(p, relations, r) || isOfficeOfDesk(p, relations, r);
  if (where === 'direct') return isSelfOfDirect(p, relations, r) || isTeamOfDirect(p, relations, r);
  if (where === 'staff') return isCareTeam(p, relations, r);
  if (where === 'community') return isOfCommunity(p, relations, r);
  return r.space === PRACTICE && isStaff(p);
};

/**
 * Conversations with clients are turned off for this principal: for the practice, for the client of the space, or in a community for who
 * is one. Among staff they never are.
 */
export function isChatOff(p: Principal, relations: Relations, { space }: Pick<Resource, 'space'>): boolean {
  const client = directIn(space)?.client ?? (space.startsWith('staff:') ? null : clientOfSpace(space));
  const isWithClients = client !== null || space.startsWith('community:');
  const isOff = (object: string) => relations.has(object, 'chat_off', 'practice');
  const own = space.startsWith('community:') && !isStaff(p) ? relations.objectsOf('self', memberKey(p.memberId)) : [];
  return isWithClients && (isOff('practice') || [...own, ...(client === null ? [] : [clientKey(client)])].some(isOff));
}

/** The principal works in the office, and it is the front desk of a client of this practice. */
export function isOfficeOfDesk(p: Principal, relations: Relations, { space }: Resource): boolean {
  const client = space.startsWith('desk:') ? clientOfSpace(space) : null;
  return client !== null && isOffice(p) && relations.has(clientKey(client), 'in', 'practice');
}

/** The principal works in the office, and it is the office space of a client of this practice. */
export function isOfficeOf(p: Principal, relations: Relations, { space }: Resource): boolean {
  const client = space.startsWith('office:') ? clientOfSpace(space) : null;
  return client !== null && isOffice(p) && relations.has(clientKey(client), 'in', 'practice');
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
    [PUBLIC, { hash: isStaff(p) ? 'staff.2' : 'client.2' }],
    [userOf(p.memberId), { hash: 'own.1' }],
  ]);
  if (isStaff(p)) grants.set(PRACTICE, { hash: 'staff.1' });
  if (isManager(p)) grants.set(MANAGERS, { hash: 'managers.1' });
  for (const client of isOffice(p) ? clientsOf(relations, 'in', 'practice') : []) {
    for (const space of [officeOf(client), deskOf(client)]) grants.set(space, { hash: 'office.1' });
  }
  if (isProvider(p)) grants.set(caseloadOf(p.memberId), { hash: 'own.1' });
  for (const client of hasRole(p, 'provider') ? clientsOf(relations, 'care_team', me) : []) {
    const ofTeam = [chartOf, staffOf, officeOf, deskOf].map((of) => of(client));
    const direct = directOf(client, p.memberId);
    for (const space of [...ofTeam, ...(isOpenDirect(relations, direct) ? [direct] : [])])
      grants.set(space, { hash: 'team.1' });
  }
  for (const client of hasRole(p, 'client', 'prospect') ? clientsOf(relations, 'self', me) : []) {
    grants.set(deskOf(client), { hash: 'self.1' });
    if (!hasRole(p, 'client')) continue;
    const isProtected = relations.has(clientKey(client), ED_SAFE, 'practice');
    for (const subject of relations.subjectsOf(clientKey(client), 'primary'))
      grants.set(caseloadOf(subject.replace(/^member:/, '')), { hash: 'client.1' });
    // Whom she wrote with stays readable to her where he has left her care team.
    for (const relation of ['care_team', 'direct'])
      for (const subject of relations.subjectsOf(clientKey(client), relation)) {
        const direct = directOf(client, subject.replace(/^member:/, ''));
        if (relation === 'direct' || isOpenDirect(relations, direct)) grants.set(direct, { hash: 'self.1' });
      }
    grants.set(chartOf(client), isProtected ? { hash: 'self-strict.1', strict: true } : { hash: 'self.1' });
  }
  for (const space of relations.objectsOf('participant', me).filter((object) => object.startsWith(communityOf(''))))
    if (isStaff(p) || hasRole(p, 'client')) grants.set(space, { hash: 'community.1' });
  return [...grants].map(([space, grant]) => ({ space, ...grant }));
}

/**
 * In a chart, client and care team are each other's receivers, at the front desk client and support staff, in a direct space client
 * and the one member; nowhere else is "they have it" said.
 */
export function receiversOf(space: Space, p: Principal, relations: TupleSource): Receivers | null {
  const [, where, client = ''] = /^(chart|desk|direct):([^:]*)/.exec(space) ?? [];
  if (where === undefined) return null;
  const object = clientKey(client);
  if (!relations.has(object, 'self', memberKey(p.memberId))) return { object, relation: 'self' };
  if (where === 'direct') return { object: space, relation: 'staff' };
  return where === 'chart' ? { object, relation: 'care_team' } : { object: 'practice', relation: 'support' };
}

function clientsOf(relations: TupleSource, relation: string, subject: string): string[] {
  return relations
    .objectsOf(relation, subject)
    .filter((object) => object.startsWith('client:'))
    .map((object) => object.slice('client:'.length));
}

function hasRole(p: Pick<Principal, 'roles'>, ...roles: Role[]): boolean {
  return roles.some((role) => p.roles.includes(role));
}

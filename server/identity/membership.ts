// Which practices a person belongs to, and as whom. A person finds his own memberships through row-level security, before
// any practice is chosen; what he is in one is then read inside that practice's wall.

import { ROLES } from '../../src/features/spaces.ts';
import type { Role } from '../../src/features/spaces.ts';
import type { Principal } from '../../src/sync/core/policy.ts';
import { asUser, inPractice } from '../store/database.ts';
import type { Database, PracticeTx } from '../store/database.ts';

export interface Membership {
  readonly practiceId: string;
  readonly slug: string;
  readonly practiceName: string;
  readonly memberId: string;
  readonly roles: Role[];
}

/** Which of several roles decides the screens that someone starts with. */
const MAIN_FIRST: readonly Role[] = ['provider', 'owner', 'admin', 'support', 'client', 'prospect'];

/** A person's memberships, by the practice's slug; those that hold no role are left out. */
export async function membershipsOf(database: Database, userId: string): Promise<Membership[]> {
  const found = await Promise.all((await ownMembers(database, userId)).map((own) => membershipIn(database, own)));
  return found.filter((one) => one !== null).sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** Who a person is in one practice; null is the one answer for "no such practice" and "not a member of it". */
export async function principalFor(database: Database, userId: string, slug: string): Promise<Principal | null> {
  const practice = await database.db.selectFrom('practice').select('id').where('slug', '=', slug).executeTakeFirst();
  if (practice === undefined) return null;
  const own = (await ownMembers(database, userId)).find((member) => member.practiceId === practice.id);
  const membership = own && (await membershipIn(database, own));
  if (!membership) return null;
  const { practiceId, memberId, roles } = membership;
  return { userId, practiceId, memberId, roles };
}

/** The role that decides what someone sees first: whoever has a caseload is a provider before anything else. */
export function mainRole(roles: readonly Role[]): Role | undefined {
  return MAIN_FIRST.find((role) => roles.includes(role));
}

interface OwnMember {
  readonly practiceId: string;
  readonly memberId: string;
}

async function ownMembers(database: Database, userId: string): Promise<OwnMember[]> {
  const rows = await asUser(database, userId, (tx) =>
    tx
      .selectFrom('relation')
      .select(['practice_id', 'object'])
      .distinct()
      .where('relation', '=', 'user')
      .where('subject', '=', `user:${userId}`)
      .execute(),
  );
  return rows.map((row) => ({ practiceId: row.practice_id, memberId: row.object.replace(/^member:/, '') }));
}

async function membershipIn(database: Database, { practiceId, memberId }: OwnMember): Promise<Membership | null> {
  return inPractice(database, practiceId, async (tx) => {
    const { slug } = await tx
      .selectFrom('practice')
      .select('slug')
      .where('id', '=', practiceId)
      .executeTakeFirstOrThrow();
    const roles = await rolesOf(tx, practiceId, memberId);
    if (roles.length === 0) return null;
    return { practiceId, slug, practiceName: await nameOf(tx, practiceId), memberId, roles };
  });
}

async function rolesOf(tx: PracticeTx, practiceId: string, memberId: string): Promise<Role[]> {
  const held = await tx
    .selectFrom('relation')
    .select('relation')
    .where('practice_id', '=', practiceId)
    .where('object', '=', 'practice')
    .where('subject', '=', `member:${memberId}`)
    .execute();
  return ROLES.filter((role) => held.some(({ relation }) => relation === role));
}

async function nameOf(tx: PracticeTx, practiceId: string): Promise<string> {
  const row = await tx
    .selectFrom('row')
    .select('fields')
    .where('practice_id', '=', practiceId)
    .where('type', '=', 'practice')
    .where('space', '=', 'public')
    .where('fields', 'is not', null)
    .executeTakeFirst();
  const name = row?.fields?.['name'];
  return typeof name === 'string' ? name : '';
}

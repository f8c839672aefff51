// Who is the primary provider of a client: one of her care team, to whom she is handed over or given. Who reads her chart follows from
// the team, so what is done here opens and closes it.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id } from '../fields.ts';
import { officeOf } from '../space-names.ts';
import { placeIdOf } from './schema-team.ts';
import { CARE_TEAM_MEMBER, CLIENT } from './schema.ts';
import type { CareTeamMember, Client } from './schema.ts';

const MEMBER = 'member';

/**
 * Makes `to` the primary provider in place of who was it (`from`, by his place on the care team), who stays on the team or `leaves` it.
 * Owner and admins may, and the provider who is on the team himself, for good and not standing in (`mine`); the front desk gives one to
 * whom is known to have none, as when it takes somebody on. Who has just changed it may take back that and no more. Where it was changed
 * by another whose change the author had not `seen`, or `from` is not who is it, it is refused as `changed`: of two who hand her to
 * different people one finds his back, and nobody becomes a second one.
 */
export const changePrimary = defineMutator({
  name: 'client.changePrimary',
  version: 1,
  verb: 'update',
  args: z
    .strictObject({
      ...{ ...authored, id, client: id },
      /** A provider's membership; left out: nobody, as it was before she had one. */
      to: z.optional(id),
      /** His place on her care team, where he has one. */
      place: z.optional(id),
      from: z.optional(id),
      leaves: z.optional(z.literal(true)),
      mine: z.optional(id),
      seen: z.optional(id),
    })
    .check(z.refine((a) => a.to !== undefined || a.from !== undefined, { error: 'to', path: ['to'] })),
  reads: (a) => [
    { type: CLIENT, id: a.client },
    ...[...new Set([a.by, ...(a.to ? [a.to] : [])])].map((member) => ({ type: MEMBER, id: member })),
    ...[...new Set([a.place, a.from, a.mine, a.to && placeIdOf(a.client, a.to)])].flatMap((place) =>
      place ? [{ type: CARE_TEAM_MEMBER, id: place }] : [],
    ),
  ],
  resource: (a, tx) =>
    tx.get(CLIENT, a.client) === undefined
      ? { code: 'not-there', where: 'client' }
      : { type: CARE_TEAM_MEMBER, id: a.from ?? a.client, space: officeOf(a.client) },
  run(tx, a, { now }) {
    const { id: change, by, client, to, from, leaves } = a;
    const { primaryChange: last, primaryPlace } = (tx.get(CLIENT, client)?.fields ?? {}) as Partial<Client>;
    if (last?.id !== a.seen) return { code: 'changed', where: 'seen' };
    const before = from === undefined ? undefined : placeIn(tx, client, from);
    if (from !== undefined && before?.primary !== true) return { code: 'changed', where: 'from' };
    // That she has none is not the author's to say.
    if (primaryPlace !== undefined && primaryPlace !== (from ?? null)) return { code: 'changed', where: 'from' };
    if (before !== undefined && before.member === to) return { code: 'invalid-arguments', where: 'to' };
    if (!mayChange(tx, a, { last, primaryPlace }))
      return { code: 'not-allowed', where: from === undefined ? 'to' : 'from' };
    if (to !== undefined && !isOf(tx, to, 'provider')) return { code: 'invalid-arguments', where: 'to' };
    if (from !== undefined && leaves) tx.remove(CARE_TEAM_MEMBER, from);
    else if (from !== undefined) tx.update(CARE_TEAM_MEMBER, from, { primary: false });
    const made = to === undefined ? undefined : makePrimary(tx, { client, to, place: a.place });
    const primaryChange = {
      id: change,
      by,
      at: now,
      ...(before && { from: before.member }),
      ...(made && { to, ...made }),
    };
    tx.update(CLIENT, client, { primaryChange, primaryPlace: made?.place ?? null });
    return undefined;
  },
});

interface Asked {
  readonly by: string;
  readonly client: string;
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly leaves?: true | undefined;
  readonly mine?: string | undefined;
}

interface Known {
  readonly last: Client['primaryChange'];
  readonly primaryPlace: Client['primaryPlace'];
}

function mayChange(tx: Tx, { by, client, to, from, leaves, mine }: Asked, { last, primaryPlace }: Known): boolean {
  if (isOf(tx, by, 'owner', 'admin')) return true;
  const own = mine === undefined ? undefined : placeIn(tx, client, mine);
  if (own?.member === by && isOf(tx, by, 'provider')) return true;
  // Back to who was it before, or to nobody; off the team goes only whom the change has put there.
  const isBack = last?.by === by && last.from === to && last.place === from && (!leaves || last.isNew === true);
  return isBack || (primaryPlace === null && to !== undefined && isOf(tx, by, 'support'));
}

/** A lasting place on this client's team. Who stands in for a while has none. */
function placeIn(tx: Tx, client: string, place: string): CareTeamMember | undefined {
  const fields = tx.get(CARE_TEAM_MEMBER, place)?.fields as CareTeamMember | undefined;
  return fields?.client === client && fields.onBehalfOf === undefined ? fields : undefined;
}

/** On the place that he has, as far as the author knew it, else on the one that is his for good. */
function makePrimary(
  tx: Tx,
  { client, to, place: said }: { client: string; to: string; place: string | undefined },
): { place: string; isNew?: true } {
  const own = placeIdOf(client, to);
  const known = [said, own].find((one) => one && placeIn(tx, client, one)?.member === to);
  if (known !== undefined) {
    tx.update(CARE_TEAM_MEMBER, known, { primary: true });
    return { place: known };
  }
  tx.insert(CARE_TEAM_MEMBER, { id: own, space: officeOf(client), fields: { client, member: to, primary: true } });
  return { place: own, isNew: true };
}

function isOf(tx: Tx, member: string, ...roles: readonly string[]): boolean {
  const held = tx.get(MEMBER, member)?.fields['roles'];
  return Array.isArray(held) && roles.some((role) => held.includes(role));
}

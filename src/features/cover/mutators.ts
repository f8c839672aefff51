// Nobody stands in who has not said so, unless owner or admins have set him; and nobody sets himself. When it begins and ends is for
// the server's clock.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Resource } from '../../sync/core/policy.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id, instant } from '../fields.ts';
import { PRACTICE } from '../space-names.ts';
import { COVER, COVER_DAYS_MOST, phaseAt } from './schema.ts';
import type { Cover } from './schema.ts';

const MEMBER = 'member';
const DAY_MS = 86_400_000;
/** A toast lasts for seconds; a network may be away for longer. */
const RESUME_MS = 10 * 60_000;

/** Times are compared as text here and in the database: a year of more than four digits would sort before all others. */
function isInOrder({ start, end }: { start: string; end: string }): boolean {
  const ms = Date.parse(end) - Date.parse(start);
  return [start, end].every((time) => /^\d{4}-/.test(time)) && ms > 0 && ms <= COVER_DAYS_MOST * DAY_MS;
}

/** Asks a provider to stand in for oneself; of owner and admins for another it is settled at once. */
export const ask = defineMutator({
  name: 'cover.ask',
  version: 1,
  verb: 'create',
  args: z
    .strictObject({ ...authored, id, absent: id, member: id, start: instant, end: instant })
    .check(z.refine(isInOrder, { error: 'end', path: ['end'] })),
  reads: (a) => [
    { type: COVER, id: a.id },
    ...[...new Set([a.by, a.absent, a.member])].map((one) => ({ type: MEMBER, id: one })),
  ],
  resource: (a) => ({ type: COVER, id: a.id, space: PRACTICE, author: a.by }),
  run(tx, { id: cover, by, absent, member, start, end, at, zone }, { now }) {
    if (tx.get(COVER, cover) !== undefined) return { code: 'already-there', where: 'id' };
    if (end <= now) return { code: 'invalid-arguments', where: 'end' };
    if (member === absent || !isOf(tx, member, 'provider')) return { code: 'invalid-arguments', where: 'member' };
    if (!isOf(tx, absent, 'provider')) return { code: 'invalid-arguments', where: 'absent' };
    const isSet = by !== absent;
    if (isSet && (!isManagerHere(tx, by) || member === by)) return { code: 'not-allowed' };
    const status = isSet ? 'accepted' : 'requested';
    // Nobody stood in before it was agreed: what was written then is not to be labelled so.
    const fields = { absent, member, start: start < now ? now : start, end, status, at, zone };
    tx.insert(COVER, { id: cover, space: PRACTICE, fields });
    return undefined;
  },
});

const onCover = { ...authored, id };

/** The one who was asked accepts or declines; without either he takes back what he has said. */
export const answer = defineMutator({
  name: 'cover.answer',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...onCover, accepts: z.optional(z.boolean()) }),
  reads: (a) => [{ type: COVER, id: a.id }],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: cover, by, accepts }, { now }) {
    const fields = tx.get(COVER, cover)?.fields as Cover;
    if (fields.member !== by) return { code: 'not-allowed' };
    if (phaseAt(fields, now) === 'over') return { code: 'changed' };
    const status = accepts === undefined ? 'requested' : accepts ? 'accepted' : 'declined';
    tx.update(COVER, cover, { status, changedBy: by });
    return undefined;
  },
});

/** Ends it before its time: he is back, it is called off, or who stands in cannot go on. */
export const end = defineMutator({
  name: 'cover.end',
  version: 1,
  verb: 'update',
  args: z.strictObject(onCover),
  reads: (a) => [
    { type: COVER, id: a.id },
    { type: MEMBER, id: a.by },
  ],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: cover, by }, { now }) {
    const fields = tx.get(COVER, cover)?.fields as Cover;
    if (![fields.absent, fields.member].includes(by) && !isManagerHere(tx, by)) return { code: 'not-allowed' };
    // What has ended is ended; but who was away and is back leaves it to nobody else to take that back.
    if (phaseAt(fields, now) !== 'over') tx.update(COVER, cover, { endedAt: now, changedBy: by });
    else if (fields.endedAt && by === fields.absent) tx.update(COVER, cover, { changedBy: by });
    return undefined;
  },
});

/**
 * Takes back that it was ended, by who has ended it, soon after. By the server's clock alone: it opens charts, and a device can say of
 * an act what time it likes. Later it is refused as `changed`.
 */
export const resume = defineMutator({
  name: 'cover.resume',
  version: 1,
  verb: 'update',
  args: z.strictObject(onCover),
  reads: (a) => [{ type: COVER, id: a.id }],
  resource: (a, tx) => placeOf(tx, a.id),
  run(tx, { id: cover, by }, { now }) {
    const fields = tx.get(COVER, cover)?.fields as Cover;
    if (!fields.endedAt) return undefined;
    if (fields.changedBy !== by) return { code: 'not-allowed' };
    const isLate = Date.parse(now) - Date.parse(fields.endedAt) > RESUME_MS;
    if (fields.end <= now || isLate) return { code: 'changed' };
    tx.update(COVER, cover, { endedAt: null });
    return undefined;
  },
});

function placeOf(tx: Tx, cover: string): Resource | Refusal {
  const row = tx.get(COVER, cover);
  if (row === undefined) return { code: 'not-there', where: 'id' };
  return { type: COVER, id: cover, space: row.space, author: row.by };
}

function isOf(tx: Tx, member: string, ...roles: readonly string[]): boolean {
  const held = tx.get(MEMBER, member)?.fields['roles'];
  return Array.isArray(held) && roles.some((role) => held.includes(role));
}

const isManagerHere = (tx: Tx, member: string): boolean => isOf(tx, member, 'owner', 'admin');

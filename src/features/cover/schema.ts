// Who stands in for a provider who is away, and when [CareTeam.participant.onBehalfOf, period]. All staff know it, so it lies in the
// practice's space and names no client. What it opens, the server commits as places on care teams, for that time alone (ADR 29).

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, zone } from '../fields.ts';

export const COVER = 'cover';
/** Who is away for longer has clients to hand over. */
export const COVER_DAYS_MOST = 366;

const coverFields = z.object({
  /** Who is away, and who stands in: memberships of providers. */
  absent: id,
  member: id,
  start: instant,
  end: instant,
  status: z.enum(['requested', 'accepted', 'declined']),
  /** It ended before its time: he is back, or it was called off. */
  endedAt: z.optional(z.nullable(instant)),
  at: instant,
  zone,
  /** Who changed it last, and may take that back. */
  changedBy: z.optional(id),
});
export type Cover = z.infer<typeof coverFields>;

export const coverRecord = defineRecord({ name: COVER, schemaVersion: 1, fields: coverFields });

type Times = Pick<Cover, 'start' | 'end' | 'endedAt'>;

/** When it ends, or has ended. */
export const endOf = ({ end, endedAt }: Pick<Cover, 'end' | 'endedAt'>): string =>
  endedAt && endedAt < end ? endedAt : end;

export type CoverPhase = 'requested' | 'declined' | 'coming' | 'now' | 'over';

/** Where it stands at a moment (ISO 8601). Its first instant is in it, its last is not. */
export function phaseAt(cover: Times & Pick<Cover, 'status'>, now: string): CoverPhase {
  if (endOf(cover) <= now) return 'over';
  if (cover.status !== 'accepted') return cover.status;
  return cover.start <= now ? 'now' : 'coming';
}

/** Whether it was in force at that moment. */
export const coversAt = (cover: Times & Pick<Cover, 'status'>, at: string): boolean => phaseAt(cover, at) === 'now';

/**
 * Whether a member may end it, or call it off. What was declined still stands until its end, for who declined may think better of it:
 * who is away calls that off too.
 */
export function mayEndAt(cover: Cover, now: string, { me, isManager }: { me: string; isManager: boolean }): boolean {
  const phase = phaseAt(cover, now);
  if (phase === 'over') return false;
  return cover.absent === me || isManager || (cover.member === me && phase !== 'declined');
}

// Where a client stands in her care, and how she came there: each change is a row that stays.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, words } from '../fields.ts';
import { CLIENT_STATUSES } from './schema.ts';
import type { Client, ClientStatus } from './schema.ts';

export const STATUS_CHANGE = 'clientStatusChange';
export const REASON_MAX = 500;
/** So many of each are named in a change. */
export const NAMED_MOST = 20;

const changeFields = z.object({
  client: id,
  from: z.enum(CLIENT_STATUSES),
  to: z.enum(CLIENT_STATUSES),
  /** For the staff. */
  reason: z.optional(words(REASON_MAX)),
});
export type StatusChange = z.infer<typeof changeFields>;

export const statusChangeRecord = defineRecord({
  name: STATUS_CHANGE,
  schemaVersion: 1,
  fields: changeFields,
  index: { ref: 'client' },
});

/** Where somebody can be brought by the staff; to `invited` an invitation brings her. What was a mistake is taken back the same way. */
const NEXT: Readonly<Record<ClientStatus, readonly ClientStatus[]>> = {
  prospect: ['active', 'archived', 'deceased'],
  invited: ['active', 'archived', 'deceased'],
  active: ['discharged', 'archived', 'deceased'],
  discharged: ['active', 'archived', 'deceased'],
  archived: ['active', 'prospect', 'discharged', 'deceased'],
  deceased: ['active', 'discharged', 'archived'],
};

export const nextOf = (status: ClientStatus): readonly ClientStatus[] => NEXT[status];

/** Who signs in has a chart, which nobody takes from her by calling her a prospect. */
export const canBecome = (to: ClientStatus, { signsIn }: { signsIn: boolean }): boolean =>
  to !== 'prospect' || !signsIn;

/** Nobody writes with her any more, and nothing goes by itself; what was said stays readable. */
export const isEnded = (status: ClientStatus): boolean =>
  status === 'discharged' || status === 'archived' || status === 'deceased';

/** Before this the staff have dealt with what she wrote. A death does not wait for it. */
export const asksForAnswers = (from: ClientStatus, to: ClientStatus): boolean =>
  !isEnded(from) && (to === 'discharged' || to === 'archived');

/** To end care, or to take that back, is for who gives it; so what a provider has ended no office begins again in steps. */
export function isClinical(from: ClientStatus, to: ClientStatus, { signsIn }: { signsIn: boolean }): boolean {
  if (to === 'discharged' || from === 'discharged') return true;
  return (from === 'active' && to === 'archived') || (signsIn && isEnded(from));
}

/** By what an act names the pause that its author knew of; null: none. */
export const markOf = (paused: Client['contactPaused']): string | null => (paused ? (paused.id ?? paused.at) : null);

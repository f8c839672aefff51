// The form that somebody left to set up or open private entries. Kept in memory only: what somebody is about to write is nobody's business.

import { beginWith } from '../client/begin-entry.ts';

let kind: string | undefined;

/** The form of this kind is to be come back to, with *Only me* chosen. */
export function willComeBack(to: string): void {
  kind = to;
}

export const isExpectedBack = (): boolean => kind !== undefined;

/** Begins with that form at the next visit of the journal. */
export function comeBack(): void {
  if (kind !== undefined) beginWith(kind);
}

/** Whether this form was left for it; asked once. */
export function cameBack(to: string): boolean {
  const did = kind === to;
  kind = undefined;
  return did;
}

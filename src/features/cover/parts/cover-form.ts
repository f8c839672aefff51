// The form in which somebody is asked to stand in, between what is typed and what is kept.

import type { JsonObject } from '../../../base/json.ts';
import { COVER_DAYS_MOST } from '../schema.ts';
import type { CoverWord } from '../words/catalogue.ts';

export type CoverForm = {
  /** Empty: nobody is chosen yet. */
  readonly absent: string;
  readonly member: string;
  /** As the browser's own field has them, by this device's clock. */
  readonly start: string;
  readonly end: string;
};

export const NO_COVER: CoverForm = { absent: '', member: '', start: '', end: '' };

export type CoverFaults = Partial<Record<keyof CoverForm, CoverWord>>;

/** What is missing or cannot be. */
export function faultsOf({ absent, member, start, end }: CoverForm, nowMs: number): CoverFaults {
  const all: Record<keyof CoverForm, CoverWord | undefined> = {
    absent: absent === '' ? 'cover.absent.empty' : undefined,
    member: member === '' || member === absent ? 'cover.member.empty' : undefined,
    start: start === '' ? 'cover.start.empty' : undefined,
    end: endFault(start, end, nowMs),
  };
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== undefined)) as CoverFaults;
}

function endFault(start: string, end: string, nowMs: number): CoverWord | undefined {
  if (end === '') return 'cover.until.empty';
  if (Date.parse(end) <= nowMs) return 'cover.until.past';
  if (start !== '' && end <= start) return 'cover.until.early';
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  return days > COVER_DAYS_MOST ? 'cover.until.long' : undefined;
}

/** The arguments of a form without faults. */
export function askedOf({ absent, member, start, end }: CoverForm): JsonObject {
  return { absent, member, start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

/** What was left in the form; null where it is none of this release. */
export function formIn(content: JsonObject): CoverForm | null {
  const text = (name: keyof CoverForm) => (typeof content[name] === 'string' ? content[name] : '');
  if (!('member' in content)) return null;
  return { absent: text('absent'), member: text('member'), start: text('start'), end: text('end') };
}

// What everybody who treats a client must know before anything else: allergies, medications, conditions, and of each whether it was
// asked. The care team's alone (security.md 1.3, "Chart notes, diagnoses": a client reads what was released, and nothing is released
// yet), so it lies in the team's own space and reaches no client's device: nothing in it can be too much for a protected one.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import type { JsonObject } from '../../base/json.ts';
import { id, instant, words } from '../fields.ts';

export const NAME_MAX = 200;
export const TEXT_MAX = 1000;

/** The sections of a summary, by the names of their records. */
export const SECTIONS = ['allergyIntolerance', 'medicationStatement', 'condition'] as const;
export type Section = (typeof SECTIONS)[number];

/** `null` is what somebody emptied; absent is what nobody has said. */
const said = (max: number) => z.optional(z.nullable(words(max)));
/** A year, a month of it or a day: people seldom know more. */
const since = z.optional(z.nullable(z.string().check(z.refine(isSince, 'not a date'))));

/** The worst first. */
export const CRITICALITIES = ['high', 'unable-to-assess', 'low'] as const;

/** Past ones stay to be read; what was never so is `entered-in-error`, and stays too. */
export const STATUSES = {
  allergyIntolerance: ['active', 'resolved', 'entered-in-error'],
  medicationStatement: ['active', 'stopped', 'entered-in-error'],
  condition: ['active', 'resolved', 'entered-in-error'],
} as const satisfies Record<Section, readonly string[]>;
export type ItemStatus = (typeof STATUSES)[Section][number];

const allergy = {
  name: words(NAME_MAX),
  criticality: z.enum(CRITICALITIES),
  /** What it does to her. */
  reaction: said(TEXT_MAX),
  status: z.enum(STATUSES.allergyIntolerance),
};
const medication = {
  name: words(NAME_MAX),
  dose: said(TEXT_MAX),
  since,
  note: said(TEXT_MAX),
  status: z.enum(STATUSES.medicationStatement),
};
const condition = {
  name: words(NAME_MAX),
  /** Of ICD-10 or another list, as somebody wrote it. */
  code: said(NAME_MAX),
  /** When it was noted. */
  since,
  status: z.enum(STATUSES.condition),
};

/** One of them, as staff write it. */
export const summaryItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('allergyIntolerance'), ...allergy }),
  z.strictObject({ type: z.literal('medicationStatement'), ...medication }),
  z.strictObject({ type: z.literal('condition'), ...condition }),
]);
export type SummaryItem = z.infer<typeof summaryItem>;

/** The members of an item beside its type, in the order of its form. */
export const MEMBERS: Readonly<Record<Section, readonly string[]>> = {
  allergyIntolerance: Object.keys(allergy),
  medicationStatement: Object.keys(medication),
  condition: Object.keys(condition),
};

/** What it says under this name; `null` where nothing. */
export function memberOf(item: SummaryItem, name: string): string | null {
  const members: Readonly<Record<string, string | null | undefined>> = item;
  return members[name] ?? null;
}

/** What differs between two wordings of one item. */
export function changesOf(item: SummaryItem, seen: SummaryItem): JsonObject {
  const changed = MEMBERS[item.type].filter((name) => memberOf(item, name) !== memberOf(seen, name));
  return Object.fromEntries(changed.map((name) => [name, memberOf(item, name)]));
}

/** What she must not be given, and how bad it is [AllergyIntolerance]. */
export const allergyIntoleranceRecord = defineRecord({
  name: 'allergyIntolerance',
  schemaVersion: 1,
  merges: true,
  keptAlways: true,
  fields: z.object({ client: id, ...allergy }),
  index: { ref: 'client' },
});

/** What she takes, from here or elsewhere [MedicationStatement]. */
export const medicationStatementRecord = defineRecord({
  name: 'medicationStatement',
  schemaVersion: 1,
  merges: true,
  keptAlways: true,
  fields: z.object({ client: id, ...medication }),
  index: { ref: 'client' },
});

/** What she has [Condition]. */
export const conditionRecord = defineRecord({
  name: 'condition',
  schemaVersion: 1,
  merges: true,
  keptAlways: true,
  fields: z.object({ client: id, ...condition }),
  index: { ref: 'client' },
});

/** Who asked, and when. */
export const nilSaid = z.object({ by: id, at: instant });
const nilKnown = z.optional(z.nullable(nilSaid));
const bySection = { allergyIntolerance: nilKnown, medicationStatement: nilKnown, condition: nilKnown };
const nilFields = z.object({
  client: id,
  ...bySection,
  /** The last that was taken away, which an undo brings back as it was. */
  former: z.optional(z.object(bySection)),
});
export type NilKnown = z.infer<typeof nilFields>;

/**
 * That somebody asked and there is none [List.emptyReason, nilknown], by section, one row a client under her own id: another thing than
 * not to have asked. Whatever is noted in a section takes it away.
 */
export const nilKnownRecord = defineRecord({ name: 'nilKnown', schemaVersion: 1, keptAlways: true, fields: nilFields });

/** 2019, 2019-05 or 2019-05-03, and a day that there is. */
export function isSince(text: string): boolean {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T00:00:00.000Z`);
  return (
    year !== undefined &&
    year >= '1880' &&
    !Number.isNaN(ms) &&
    new Date(ms).toISOString().includes(`-${month}-${day}T`)
  );
}

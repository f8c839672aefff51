import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, words } from '../fields.ts';

/** `phone` and `email` are the client's own; `emergency` is a person's phone; `other` any other way, in words. */
export const CONTACT_KINDS = ['emergency', 'phone', 'email', 'other'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const NAME_MAX = 200;
export const VALUE_MAX = 320;
export const NOTE_MAX = 1000;

/** `null` is what somebody emptied; absent is what nobody has said. */
const said = (max: number) => z.optional(z.nullable(words(max)));

const detailShape = {
  kind: z.enum(CONTACT_KINDS),
  /** The number or address. */
  value: words(VALUE_MAX),
  /** Whose it is; none where it is the client's own. */
  name: said(NAME_MAX),
  relationship: said(NAME_MAX),
  note: said(NOTE_MAX),
};

/** What staff say of one contact, and change field by field. */
export const contactDetails = z.strictObject(detailShape);
export type ContactDetails = z.infer<typeof contactDetails>;
export type ContactField = keyof ContactDetails;
export const CONTACT_FIELDS = ['kind', 'name', 'relationship', 'value', 'note'] as const satisfies ContactField[];

/** A part of the details: only what was changed. */
export const contactChanges = z.strictObject({
  ...detailShape,
  kind: z.optional(detailShape.kind),
  value: z.optional(detailShape.value),
});
export type ContactChanges = z.infer<typeof contactChanges>;

/** The details as they are once the changes are made. */
export function withChanges(details: ContactDetails, changes: ContactChanges): ContactDetails {
  return { ...details, ...changes, kind: changes.kind ?? details.kind, value: changes.value ?? details.value };
}

/** The field that holds what another one was before its last change, as the author of the change had seen it. */
export type FormerField = `${ContactField}Was`;
export const formerOf = (field: ContactField): FormerField => `${field}Was`;

const former = z.optional(z.nullable(z.string()));
const contactFields = z.object({
  client: id,
  ...detailShape,
  kindWas: former,
  nameWas: former,
  relationshipWas: former,
  valueWas: former,
  noteWas: former,
});
export type Contact = z.infer<typeof contactFields>;

/**
 * One person or number of a client that office and care team keep [Patient.contact, ContactPoint]. Whether a number fits its
 * kind is asked of who writes, not of the row: two people may have changed one each.
 */
export const contactRecord = defineRecord({
  name: 'contact',
  schemaVersion: 1,
  merges: true,
  fields: contactFields,
  index: { ref: 'client' },
});

/** Digits with the signs people put between them, a plus before and an extension behind. */
const PHONE = /^\+?[\d ().\-/]{3,30}((ext|x|#)\.? ?\d{1,8})?$/i;
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/;

/** Whether this can be a number or address of that kind. Digits of every script count: people write as they read. */
export function isValueOf(kind: ContactKind, value: string): boolean {
  const typed = value.trim();
  if (kind === 'email') return EMAIL.test(typed);
  if (kind === 'other') return typed !== '';
  const western = typed.replace(/\p{Nd}/gu, '0');
  return PHONE.test(western) && (western.match(/0/g) ?? []).length >= 3;
}

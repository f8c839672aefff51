// What is typed into a contact's form: words as they stand in the fields, and what becomes of them.

import type { WordValues } from '../../../ui/words.ts';
import { CONTACT_FIELDS, isValueOf, NAME_MAX, NOTE_MAX, VALUE_MAX } from '../schema.ts';
import type { ContactChanges, ContactDetails, ContactField, ContactKind } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';

export type TypedContact = { readonly kind: ContactKind } & {
  readonly [field in Exclude<ContactField, 'kind'>]: string;
};

export interface Fault {
  readonly word: ContactWord;
  readonly values?: WordValues;
}

export type Faults = Partial<Record<ContactField, Fault>>;

export const EMPTY_CONTACT: TypedContact = { kind: 'emergency', value: '', name: '', relationship: '', note: '' };

const MAX = { value: VALUE_MAX, name: NAME_MAX, relationship: NAME_MAX, note: NOTE_MAX };

/** As the fields of a form show it. */
export function typedOf({ kind, value, name, relationship, note }: ContactDetails): TypedContact {
  return { kind, value, name: name ?? '', relationship: relationship ?? '', note: note ?? '' };
}

/** A new contact: what was left empty is not said. */
export function detailsOf(typed: TypedContact): ContactDetails {
  const { kind } = typed;
  const said = (field: keyof typeof MAX) => (typed[field].trim() === '' ? {} : { [field]: typed[field].trim() });
  return { kind, value: typed.value.trim(), ...said('name'), ...said('relationship'), ...said('note') };
}

/** What differs from what was seen, and what was chosen though it is the same: a choice is an answer too. */
export function changesOf(
  typed: TypedContact,
  { seen, chosen }: { seen: ContactDetails; chosen: ReadonlySet<ContactField> },
): ContactChanges {
  const now = { ...typed, ...emptied(typed) };
  const changed = CONTACT_FIELDS.filter((field) => chosen.has(field) || now[field] !== (seen[field] ?? null));
  return Object.fromEntries(changed.map((field) => [field, now[field]]));
}

/** Why it cannot be saved as it is, by field. */
export function faultsOf(typed: TypedContact): Faults {
  const faults: Faults = {};
  for (const [field, max] of Object.entries(MAX) as [keyof typeof MAX, number][]) {
    const over = typed[field].length - max;
    if (over > 0) faults[field] = { word: 'contact.error.long', values: { count: over } };
  }
  const { kind, value, name } = typed;
  if (value.trim() === '') faults.value = { word: 'contact.error.empty' };
  else if (!isValueOf(kind, value))
    faults.value = { word: kind === 'email' ? 'contact.error.email' : 'contact.error.phone' };
  if (kind === 'emergency' && name.trim() === '') faults.name = { word: 'contact.error.name' };
  return faults;
}

function emptied(typed: TypedContact) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    value: typed.value.trim(),
    name: orNull(typed.name),
    relationship: orNull(typed.relationship),
    note: orNull(typed.note),
  };
}

// What a form had kept, brought back. It keeps what was seen when the form was opened, and how far the device had news then:
// words typed yesterday are a change of what stood there yesterday.

import type { JsonObject } from '../../../base/json.ts';
import { CONTACT_KINDS, contactDetails } from '../schema.ts';
import type { ContactDetails } from '../schema.ts';
import type { TypedContact } from './typed-contact.ts';

export type ContactDraft = {
  readonly typed: TypedContact;
  /** `null` of a new contact. */
  readonly seen: ContactDetails | null;
  readonly base: number;
};

/** Ids of drafts lie in the clear on the disk: they name nobody. */
export const newContactDraftId = (client: string) => `new-contact:${client}`;
export const contactDraftId = (contact: string) => `contact:${contact}`;

export function asContactDraft({ typed, seen, base }: JsonObject): ContactDraft | null {
  const written = asTyped(typed);
  const known = seen === null ? null : contactDetails.safeParse(seen).data;
  if (written === null || known === undefined || typeof base !== 'number') return null;
  return { typed: written, seen: known, base };
}

function asTyped(value: JsonObject[string]): TypedContact | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { kind, value: number, name, relationship, note } = value as JsonObject;
  const known = CONTACT_KINDS.find((one) => one === kind);
  const texts = [number, name, relationship, note].map((text) => (typeof text === 'string' ? text : ''));
  const [typedValue = '', typedName = '', typedRelationship = '', typedNote = ''] = texts;
  return known === undefined
    ? null
    : { kind: known, value: typedValue, name: typedName, relationship: typedRelationship, note: typedNote };
}

// How contacts are read: by the staff, each with the questions that stand about it. A question is one field of which two
// people have written different values and neither knew of the other; it stands until somebody who saw both writes again.

import type { Reader } from '../../sync/client/reader.ts';
import { mergedWrites } from '../../sync/core/heads.ts';
import type { Head } from '../../sync/core/heads.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { CONTACT_FIELDS, CONTACT_KINDS, formerOf } from './schema.ts';
import type { Contact, ContactDetails, ContactField } from './schema.ts';

/** One of the values between which a person has to choose. */
export interface ContactVersion {
  readonly by: string;
  readonly at: string;
  /** `null` where its author emptied the field. */
  readonly value: string | null;
  /** What its author had before him; undefined where that is not known. */
  readonly before: string | null | undefined;
}

export interface ContactQuestion {
  readonly field: ContactField;
  readonly versions: readonly ContactVersion[];
}

/** Different fields that people changed without knowing of each other: nothing to decide, only to know. */
export interface MergedChange {
  readonly by: readonly string[];
  readonly fields: readonly ContactField[];
}

export interface ContactView {
  readonly id: string;
  readonly client: string;
  /** What stands in the fields: of a question, the value that came last. */
  readonly details: ContactDetails;
  readonly questions: readonly ContactQuestion[];
  readonly merged: MergedChange | null;
}

export interface ContactList {
  readonly contacts: readonly ContactView[];
  readonly names: ReadonlyMap<string, string>;
  /** How far the device had news when this was read: the ground of whatever is changed on it. */
  readonly cursor: number;
  /** Whether everything has come to this device. */
  readonly isWhole: boolean;
}

/** A client's contacts, emergency contacts first, with the names of all who stand in their questions. */
export async function contactsOf(reader: Reader, client: string): Promise<ContactList> {
  const cursor = await reader.cursor();
  const rows = (await reader.byRef('contact', [client])) as Row<Contact>[];
  const contacts = rows.map(viewOf).sort(inOrder);
  const people = contacts.flatMap(({ questions, merged }) => [
    ...questions.flatMap(({ versions }) => versions.map(({ by }) => by)),
    ...(merged?.by ?? []),
  ]);
  return { contacts, names: await namesOf(reader, people), cursor, isWhole: await reader.isWhole() };
}

/** How many questions stand about each client's contacts; clients without one are left out. */
export async function questionsByClient(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const row of (await reader.all('contact')) as Row<Contact>[]) {
    const open = questionsOf(row).length;
    if (open > 0) counts.set(row.fields.client, (counts.get(row.fields.client) ?? 0) + open);
  }
  return counts;
}

function viewOf(row: Row<Contact>): ContactView {
  const { id, fields } = row;
  return {
    id,
    client: fields.client,
    details: detailsOf(fields),
    questions: questionsOf(row),
    merged: mergedOf(row),
  };
}

function detailsOf({ kind, value, name, relationship, note }: Contact): ContactDetails {
  return { kind, value, name: name ?? null, relationship: relationship ?? null, note: note ?? null };
}

function questionsOf(row: Row<Contact>): ContactQuestion[] {
  return CONTACT_FIELDS.flatMap((field) => {
    const heads = row.heads?.[field] ?? [];
    if (heads.length < 2) return [];
    const versions = heads.map((head) => ({
      by: head.by,
      at: head.at,
      value: textOf(head.value),
      before: beforeOf(row, { field, head }),
    }));
    return [{ field, versions }];
  });
}

/** The former values merge as the fields do: where all authors had the same before them, one head stands for all. */
function beforeOf(
  { heads, fields }: Row<Contact>,
  { field, head }: { field: ContactField; head: Head },
): string | null | undefined {
  const former = formerOf(field);
  const known = heads?.[former] ?? [];
  if (known.length === 1) return fields[former];
  const own = known.find(({ version, by }) => version === head.version && by === head.by);
  return own && textOf(own.value);
}

function mergedOf(row: Row<Contact>): MergedChange | null {
  const isField = (name: string): name is ContactField => CONTACT_FIELDS.some((field) => field === name);
  const shown = Object.fromEntries(Object.entries(row.heads ?? {}).filter(([name]) => isField(name)));
  const writes = mergedWrites(shown);
  if (writes.length === 0) return null;
  const fields = [...new Set(writes.map(({ field }) => field))].filter(isField);
  return { by: [...new Set(writes.map(({ head }) => head.by))], fields };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function inOrder(a: ContactView, b: ContactView): number {
  const kinds = CONTACT_KINDS.indexOf(a.details.kind) - CONTACT_KINDS.indexOf(b.details.kind);
  return kinds || (a.id < b.id ? -1 : 1);
}

async function namesOf(reader: Reader, memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const members = await Promise.all([...new Set(memberIds)].map((id) => reader.get('member', id)));
  return new Map((members as (Row<Member> | undefined)[]).flatMap((row) => (row ? [[row.id, row.fields.name]] : [])));
}

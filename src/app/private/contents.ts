// What is inside of a private entry, sealed and opened. It is sealed before it becomes an act, so that outbox, parcel, server and backup have
// ciphertext only. Padded, because the length of what somebody writes says something of it.

import * as z from 'zod/mini';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { id, instant, zone } from '../../features/fields.ts';
import { journalContent } from '../../features/journal/schema.ts';
import { addPrivateEntry, removePrivateEntry, revisePrivateEntry } from '../../features/private-entry/mutators.ts';
import { openPersonal, personalId, sealPersonal } from '../../sync/client/vault/personal-key.ts';
import type { PersonalKey } from '../../sync/client/vault/personal-key.ts';
import { saidOf } from './ring.ts';

/** A release that cannot read the version shows the entry as one that does not open, and changes nothing of it. */
const inside = z.object({
  v: z.literal(1),
  kind: z.string(),
  at: instant,
  zone,
  content: journalContent,
  /** Of a later wording: when it was written. */
  wordedAt: z.optional(instant),
  /** The entry of the journal that was made of it. */
  shared: z.optional(z.object({ entry: id, at: instant })),
});
export type Inside = z.infer<typeof inside>;

const BLOCK_BYTES = 512;

/** Where a wording lies: its own id, and the entry it is of; a first wording is the entry. */
export interface Wording {
  readonly id: string;
  readonly entry: string;
}

const placeOf = (member: string, { id: wording, entry }: Wording): string[] => [
  'private entry',
  member,
  entry,
  wording,
];

export function seal(key: PersonalKey, member: string, { of, what }: { of: Wording; what: Inside }): string {
  const plain = new TextEncoder().encode(JSON.stringify(what));
  const padded = new Uint8Array(Math.ceil(plain.length / BLOCK_BYTES) * BLOCK_BYTES).fill(0x20);
  padded.set(plain);
  return sealPersonal(key, placeOf(member, of), padded);
}

/** Null where it was changed, moved, or is of a later release. */
export function open(key: PersonalKey, member: string, { of, sealed }: { of: Wording; sealed: string }): Inside | null {
  const plain = openPersonal(key, placeOf(member, of), sealed);
  if (plain === null) return null;
  try {
    return inside.parse(JSON.parse(new TextDecoder().decode(plain)));
  } catch {
    return null;
  }
}

interface Act {
  readonly name: string;
  readonly args: JsonObject;
}

/** Whose, and under which key. */
export interface Author {
  readonly member: string;
  readonly key: PersonalKey;
}

/** A new entry as an act. */
export function addAct({ member, key }: Author, what: Omit<Inside, 'v'>, entry = newId()): Act {
  const sealed = seal(key, member, { of: { id: entry, entry }, what: { v: 1, ...what } });
  return { name: addPrivateEntry.name, args: { ...saidOf(member, what.at), id: entry, key: key.id, sealed } };
}

/** A later wording as an act. */
export function reviseAct({ member, key }: Author, entry: string, what: Omit<Inside, 'v'>): Act {
  const wording = newId();
  const sealed = seal(key, member, { of: { id: wording, entry }, what: { v: 1, ...what } });
  const now = new Date().toISOString();
  return { name: revisePrivateEntry.name, args: { ...saidOf(member, now), id: wording, entry, key: key.id, sealed } };
}

/** The entry and its later wordings taken away. */
export function removeAct(member: string, entry: string, revisions: readonly string[]): Act {
  const now = new Date().toISOString();
  return { name: removePrivateEntry.name, args: { ...saidOf(member, now), id: entry, revisions: [...revisions] } };
}

/**
 * The id of the journal's entry that is made of a private one: always the same, so that sharing twice makes one; without the key nobody can
 * tell which it was made of.
 */
export const sharedId = (key: PersonalKey, entry: string): string => personalId(key, `shared ${entry}`);

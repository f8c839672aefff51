// Who comes into the practice, and what is corrected about her. A provider takes on who is to be his own client; the office whomever,
// and for whomever.

import * as z from 'zod/mini';
import { canonicalJson } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { isValueOf, VALUE_MAX } from '../contact/schema.ts';
import type { ContactKind } from '../contact/schema.ts';
import { authored, id, words } from '../fields.ts';
import { officeOf } from '../space-names.ts';
import { placeIdOf } from './schema-team.ts';
import { CARE_TEAM_MEMBER, CLIENT, CLIENT_DETAILS, clientDetails } from './schema.ts';
import type { ClientDetails } from './schema.ts';

const MEMBER = 'member';
const CONTACT = 'contact';

/**
 * Takes somebody on, with her primary provider where one is named. The same once more does nothing: two who each import one list
 * without a network take each person on once, and neither finds what he did back as refused.
 */
export const addClient = defineMutator({
  name: 'client.addClient',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...authored,
    id,
    details: clientDetails,
    status: z.enum(['prospect', 'active']),
    primary: z.optional(id),
    /** How to reach her, as far as it is known: kept as any other contact is. */
    contacts: z.optional(
      z
        .array(z.strictObject({ id, kind: z.enum(['phone', 'email']), value: words(VALUE_MAX) }))
        .check(z.maxLength(4), z.refine(areValues, { error: 'value' })),
    ),
  }),
  reads: (a) => [
    { type: CLIENT, id: a.id },
    ...(a.contacts ?? []).map((contact) => ({ type: CONTACT, id: contact.id })),
    ...[...new Set([a.by, ...(a.primary ? [a.primary] : [])])].map((member) => ({ type: MEMBER, id: member })),
    ...(a.primary ? [{ type: CARE_TEAM_MEMBER, id: placeIdOf(a.id, a.primary) }] : []),
  ],
  resource: (a) => ({ type: CLIENT, id: a.id, space: officeOf(a.id), author: a.by }),
  run(tx, { id: client, by, details, status, primary, contacts = [] }, { now }) {
    if (isToCome(details.birthDate, now)) return { code: 'invalid-arguments', where: 'details.birthDate' };
    // Who reads no other clients takes on his own alone: else he would have written of somebody whom he cannot read.
    if (primary !== by && !isOf(tx, by, 'owner', 'admin', 'support')) return { code: 'not-allowed', where: 'primary' };
    if (primary !== undefined && !isOf(tx, primary, 'provider')) return { code: 'invalid-arguments', where: 'primary' };
    const space = officeOf(client);
    const isKnown = (contact: { id: string }) =>
      tx.get(CONTACT, contact.id) !== undefined || tx.isDeleted(CONTACT, contact.id);
    const there = tx.get(CLIENT, client);
    if (there !== undefined) {
      const isPlaced =
        primary === undefined || tx.get(CARE_TEAM_MEMBER, placeIdOf(client, primary))?.fields['primary'] === true;
      const isDone =
        isPlaced && there.fields['status'] === status && isAsSaid(there.fields, details) && contacts.every(isKnown);
      return isDone ? undefined : { code: 'already-there', where: 'id' };
    }
    const known = contacts.findIndex(isKnown);
    if (known >= 0) return { code: 'already-there', where: `contacts.${known}.id` };
    const primaryPlace = primary === undefined ? null : placeIdOf(client, primary);
    tx.insert(CLIENT, { id: client, space, fields: { ...details, status, primaryPlace } });
    for (const { id: contact, ...said } of contacts)
      tx.insert(CONTACT, { id: contact, space, fields: { client, ...said } });
    if (primaryPlace === null) return undefined;
    const fields = { client, member: primary, primary: true };
    tx.insert(CARE_TEAM_MEMBER, { id: primaryPlace, space, fields });
    return undefined;
  },
});

const changes = z.partial(clientDetails);

/**
 * Corrects what is said of a client: the changed details alone, over what the author had `seen` of them. Where one of them has become
 * another meanwhile it is refused as `changed`: nobody's correction goes unseen.
 */
export const changeClient = defineMutator({
  name: 'client.changeClient',
  version: 1,
  verb: 'update',
  args: z.strictObject({
    ...authored,
    id,
    changes: changes.check(z.refine(isChange, 'empty')),
    seen: changes,
  }),
  reads: (a) => [{ type: CLIENT, id: a.id }],
  resource(a, tx) {
    const row = tx.get(CLIENT, a.id);
    return row === undefined ? { code: 'not-there', where: 'id' } : { type: CLIENT, id: a.id, space: row.space };
  },
  run(tx, { id: client, changes: wanted, seen }, { now }) {
    if (isToCome(wanted.birthDate, now)) return { code: 'invalid-arguments', where: 'changes.birthDate' };
    const there = tx.get(CLIENT, client)?.fields ?? {};
    const unseen = CLIENT_DETAILS.find((name) => name in wanted && !isSame(there[name], seen[name]));
    if (unseen !== undefined) return { code: 'changed', where: `changes.${unseen}` };
    tx.update(CLIENT, client, wanted);
    return undefined;
  },
});

const DAY_MS = 86_400_000;

/** Not in days to come. Which day it is differs over the world by one. */
function isToCome(birthDate: string | undefined, now: string): boolean {
  return birthDate !== undefined && Date.parse(birthDate) > Date.parse(now) + DAY_MS;
}

/** Whoever is there under this id is who is meant, as far as anything of her is said. */
function isAsSaid(there: JsonObject, said: ClientDetails): boolean {
  return CLIENT_DETAILS.every((name) => said[name] === undefined || isSame(there[name], said[name]));
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null);

function areValues(contacts: readonly { kind: ContactKind; value: string }[]): boolean {
  return contacts.every(({ kind, value }) => isValueOf(kind, value));
}

function isChange(wanted: object): boolean {
  return Object.keys(wanted).length > 0;
}

function isOf(tx: Tx, member: string, ...roles: readonly string[]): boolean {
  const held = tx.get(MEMBER, member)?.fields['roles'];
  return Array.isArray(held) && roles.some((role) => held.includes(role));
}

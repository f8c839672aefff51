// Inviting a client, and taking that back. Sending the letter, and what comes of it, is the server's.

import * as z from 'zod/mini';
import { must } from '../../base/must.ts';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { CLIENT } from '../client/schema.ts';
import type { Client } from '../client/schema.ts';
import { authored, id } from '../fields.ts';
import { officeOf } from '../space-names.ts';
import { expiryFrom, fitsWay, INVITATION, isInvitable, login, secretHash, WAYS } from './schema.ts';
import type { Invitation } from './schema.ts';

const REPLACED_MOST = 20;

/**
 * Invites a client to sign in. The secret of a page is made on the device that prints it, and only its hash is sent; that of a letter
 * is the server's. Those named in `replaces` end with it: one letter or page of a client is good at a time.
 */
export const invite = defineMutator({
  name: 'invitation.invite',
  version: 1,
  verb: 'create',
  args: z
    .strictObject({
      ...authored,
      ...{ id, client: id, way: z.enum(WAYS), login },
      secretHash: z.optional(secretHash),
      replaces: z.optional(z.array(id).check(z.maxLength(REPLACED_MOST))),
    })
    .check(
      z.refine((a) => fitsWay(a.way, a.login), { error: 'login', path: ['login'] }),
      z.refine((a) => (a.way === 'print') === (a.secretHash !== undefined), { error: 'hash', path: ['secretHash'] }),
    ),
  reads: (a) =>
    [a.id, ...(a.replaces ?? [])].map((one) => ({ type: INVITATION, id: one })).concat([ofClient(a.client)]),
  resource: (a, tx) =>
    tx.get(CLIENT, a.client) === undefined
      ? { code: 'not-there', where: 'client' }
      : { type: INVITATION, id: a.id, space: officeOf(a.client), author: a.by },
  run(tx, { id: invitation, by, client, way, login: name, secretHash: hash, replaces = [] }, { now }) {
    const { status, memberId, safeContact } = clientIn(tx, client);
    if (tx.get(INVITATION, invitation) !== undefined) return { code: 'already-there', where: 'id' };
    // She signs in already.
    if (memberId !== undefined) return { code: 'already-there', where: 'client' };
    if (!isInvitable({ status })) return { code: 'not-allowed', where: 'client' };
    if (way === 'email' && safeContact?.noEmail) return { code: 'not-allowed', where: 'way' };
    const former = replaces.flatMap((one) => replacedIn(tx, one, client) ?? []);
    for (const one of former) tx.update(INVITATION, one.id, { status: 'replaced', endedAt: now, endedBy: by });
    const statusWas = former.find((one) => one.statusWas !== 'invited')?.statusWas ?? status;
    tx.insert(INVITATION, {
      id: invitation,
      space: officeOf(client),
      fields: {
        ...{ client, way, login: name, statusWas, expiresAt: expiryFrom(now) },
        ...(hash === undefined ? { status: 'requested' } : { status: 'open', secretHash: hash, sentAt: now }),
      },
    });
    if (status !== 'invited') tx.update(CLIENT, client, { status: 'invited' });
    return undefined;
  },
});

/** Takes an invitation back: its letter or page opens nothing any more. One that was used is refused as `changed`. */
export const revoke = defineMutator({
  name: 'invitation.revoke',
  version: 1,
  verb: 'update',
  args: z.strictObject({ ...authored, id, client: id }),
  reads: (a) => [{ type: INVITATION, id: a.id }, ofClient(a.client)],
  resource: (a, tx) =>
    tx.get(INVITATION, a.id)?.space === officeOf(a.client)
      ? { type: INVITATION, id: a.id, space: officeOf(a.client) }
      : { code: 'not-there', where: 'id' },
  run(tx, { id: invitation, by, client }, { now }) {
    const fields = tx.get(INVITATION, invitation)?.fields as Invitation;
    if (fields.status === 'accepted') return { code: 'changed' };
    if (!isWaiting(fields)) return undefined;
    tx.update(INVITATION, invitation, { status: 'revoked', endedAt: now, endedBy: by });
    const { status, memberId } = clientIn(tx, client);
    if (status === 'invited' && memberId === undefined && fields.statusWas !== 'invited')
      tx.update(CLIENT, client, { status: fields.statusWas });
    return undefined;
  },
});

const isWaiting = ({ status }: Pick<Invitation, 'status'>): boolean => status === 'open' || status === 'requested';

/** One of this client's that is still good, or could not be delivered. */
function replacedIn(tx: Tx, invitation: string, client: string): (Invitation & { id: string }) | null {
  const fields = tx.get(INVITATION, invitation)?.fields as Invitation | undefined;
  const isHers = fields?.client === client && (isWaiting(fields) || fields.status === 'undeliverable');
  return isHers ? { ...fields, id: invitation } : null;
}

/** Its row is there: the act has named it. */
const clientIn = (tx: Tx, client: string): Client => must(tx.get(CLIENT, client), 'the client').fields as Client;

const ofClient = (client: string) => ({ type: CLIENT, id: client });

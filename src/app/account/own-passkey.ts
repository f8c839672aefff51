// The device's own way to unlock (fingerprint, face, PIN) of the open membership: added, looked for, taken away. The settings' alone.

import { must } from '../../base/must.ts';
import { changeMembership, membershipHere } from '../../sync/client/registry.ts';
import { createPasskey } from '../../sync/client/vault/passkey.ts';
import { wrapWithPasskey } from '../../sync/client/vault/wraps.ts';
import { currentSession } from '../session.ts';

/** Adds this device's own way to unlock. */
export async function addPasskey(): Promise<'added' | 'cancelled' | 'unsupported'> {
  const session = currentSession();
  if (session.kind !== 'open') return 'cancelled';
  const { workspace, dataKey } = session;
  const { id, name } = workspace.membership;
  const userHandle = crypto.getRandomValues(new Uint8Array(32));
  const created = await createPasskey({ userHandle, userName: name, rpName: 'Interlude' });
  if (created.status !== 'ok') return created.status;
  const here = must(await membershipHere(id), 'the open membership');
  const others = here.wraps.filter((wrap) => wrap.kind !== 'passkey');
  await changeMembership(id, { wraps: [...others, wrapWithPasskey(dataKey, created)] });
  return 'added';
}

export async function hasPasskey(): Promise<boolean> {
  const session = currentSession();
  if (session.kind !== 'open') return false;
  const here = await membershipHere(session.workspace.membership.id);
  return here?.wraps.some((wrap) => wrap.kind === 'passkey') ?? false;
}

export async function removePasskey(): Promise<void> {
  const session = currentSession();
  if (session.kind !== 'open') return;
  const { id } = session.workspace.membership;
  const here = must(await membershipHere(id), 'the open membership');
  await changeMembership(id, { wraps: here.wraps.filter((wrap) => wrap.kind !== 'passkey') });
}

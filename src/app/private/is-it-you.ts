// Whether who is at an open screen is its person, asked by this device's passkey; by the password: `export/password-again.ts`.

import { membershipHere } from '../../sync/client/registry.ts';
import { passkeyKek } from '../../sync/client/vault/passkey.ts';
import { unwrapWithPasskey } from '../../sync/client/vault/wraps.ts';

export async function hasPasskeyHere(membershipId: string): Promise<boolean> {
  return (await membershipHere(membershipId))?.wraps.some(({ kind }) => kind === 'passkey') ?? false;
}

/** Asks the system for the passkey that unlocks here. */
export async function isPasskeyHere(membershipId: string): Promise<boolean> {
  for (const wrap of (await membershipHere(membershipId))?.wraps ?? []) {
    if (wrap.kind !== 'passkey') continue;
    const asked = await passkeyKek(wrap.credentialId, wrap.salt);
    if (asked.status === 'ok' && unwrapWithPasskey(wrap, asked.kek).status === 'open') return true;
  }
  return false;
}

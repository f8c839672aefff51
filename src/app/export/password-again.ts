// Whether somebody at an open screen knows its password: asked before what a passer-by must not take away.

import { membershipHere } from '../../sync/client/registry.ts';
import { deriveKeyInWorker } from '../../sync/client/vault/argon.ts';
import { unwrapWithPassword } from '../../sync/client/vault/wraps.ts';

export async function isPasswordHere(membershipId: string, password: string): Promise<boolean> {
  if (password === '') return false;
  for (const wrap of (await membershipHere(membershipId))?.wraps ?? []) {
    if (wrap.kind !== 'password') continue;
    const { status } = await unwrapWithPassword(wrap, { password, derive: deriveKeyInWorker });
    if (status === 'open') return true;
  }
  return false;
}

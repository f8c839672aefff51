// Makes this device's store for somebody who has just signed in, or goes on with what can be sent of one that does not open any
// more. It needs the server anyway, so it is fetched when it is needed.

import { newId } from '../../base/ids.ts';
import { createDatabase, keepOnlyParcels } from '../../sync/client/device-setup.ts';
import type { HelloAnswer } from '../../sync/core/protocol.ts';
import { sayHello } from '../../sync/client/greet.ts';
import { keepMembership } from '../../sync/client/registry.ts';
import type { DeviceMembership, StoreNote } from '../../sync/client/registry.ts';
import { deriveKeyInWorker } from '../../sync/client/vault/argon.ts';
import { createDeviceKey, generateDataKey, vaultKeysOf } from '../../sync/client/vault/keys.ts';
import { wrapWithPassword } from '../../sync/client/vault/wraps.ts';
import { post } from '../../sync/client/wire.ts';
import type { Me } from './auth-api.ts';

export interface ToMake {
  readonly me: Me;
  readonly chosen: Me['memberships'][number];
  /** What is on this device of the membership, and its key where the password opens it. */
  readonly here: DeviceMembership | undefined;
  readonly oldKey: Uint8Array | undefined;
  readonly noted: StoreNote | undefined;
  readonly isLost: boolean;
  readonly password: string;
}

export async function makeStore({
  me,
  chosen,
  here,
  oldKey,
  noted,
  isLost,
  password,
}: ToMake): Promise<{ membership: DeviceMembership; dataKey: Uint8Array }> {
  const { membershipId } = chosen;
  const dataKey = oldKey ?? generateDataKey();
  const keys = vaultKeysOf(dataKey);
  const device = newId();
  const hello = await sayHello(post, { practice: chosen.practice, membership: membershipId, device });
  // A store whose password was changed elsewhere cannot be read any more; what it had not sent goes on as parcels.
  const isKept = here !== undefined && oldKey !== undefined;
  const wraps = isKept ? here.wraps : [await wrapWithPassword(dataKey, { password, derive: deriveKeyInWorker })];
  if (isLost) {
    const { replaceLost } = await import('../storage/replace-lost.ts');
    const first = { device, sealing: hello.sealing, sameKey: isKept };
    await replaceLost({ id: membershipId, practice: chosen.practice, noted }, first);
  } else if (here === undefined)
    await createDatabase(membershipId, { device, sealing: hello.sealing, ...signatureIn(hello) });
  else await keepOnlyParcels(membershipId, hello.sealing);
  const membership: DeviceMembership = {
    id: membershipId,
    practice: chosen.practice,
    name: me.user.name,
    roles: chosen.roles,
    wraps,
    deviceKey: isKept ? here.deviceKey : await createDeviceKey(keys),
    lockScreen: here?.lockScreen ?? {},
    usedAt: new Date().toISOString(),
  };
  await keepMembership(membership);
  return { membership, dataKey };
}

/** How this person signs in documents. */
function signatureIn({ membership: { user } }: HelloAnswer): { user?: string } {
  return user === undefined ? {} : { user };
}

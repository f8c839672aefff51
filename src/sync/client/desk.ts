// What it takes to act: fetched while the first screen is already there, since reading needs none of it.

import { openSealingSession } from '../core/parcel.ts';
import type { Declarations } from '../core/run.ts';
import type { Desk } from './mutate.ts';

/** The desk of one membership, over what is declared and its practice's key. */
export async function openDesk(ground: Omit<Desk, 'declared' | 'sealParcel'>, declared: Declarations): Promise<Desk> {
  const session = await openSealingSession((await ground.store.state()).sealing);
  return { ...ground, declared, sealParcel: (header, plain) => session.seal(header, plain) };
}

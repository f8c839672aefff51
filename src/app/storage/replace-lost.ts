import { sayHello } from '../../sync/client/greet.ts';
import { setUpAgain } from '../../sync/client/set-up-again.ts';
import type { StoreNote } from '../../sync/client/registry.ts';
import { post } from '../../sync/client/wire.ts';
import { keepLoss, lossOf } from './loss.ts';

interface LostOne {
  readonly id: string;
  readonly practice: string;
  readonly noted: StoreNote | undefined;
}

/** Sets up the store of somebody who has just signed in for it, and keeps for the first screen what is lost. */
export async function replaceLost(
  { id, practice, noted }: LostOne,
  first: Parameters<typeof setUpAgain>[1],
): Promise<void> {
  const answered = noted && (await sayHello(post, { practice, membership: id, device: noted.device }));
  const found = await setUpAgain(id, first);
  keepLoss(id, lossOf(noted, answered?.lastN ?? 0, found));
}

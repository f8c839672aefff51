// Fetches what is new until nothing is, page by page: the live range upwards, and spaces that were gained from their newest
// row down. The last call returns nothing and tells the server how far this device has come.

import { digestOfSpaces } from '../core/digest.ts';
import { must } from '../../base/must.ts';
import { pullAnswer } from '../core/protocol.ts';
import type { PullAnswer } from '../core/protocol.ts';
import type { Space } from '../core/record.ts';
import type { SpaceGrant } from '../core/run.ts';
import { applyPage, dropSpaces, forgetServer } from './apply.ts';
import type { SyncState } from './database.ts';
import type { Desk } from './mutate.ts';
import type { Line } from './push-loop.ts';
import { WireError } from './wire.ts';

const LADDER_MOST = 200;

/**
 * Pulls until this device has everything it may read. Returns whether there is something to push again, because the server
 * is another than the one that had it. Throws as `post` does.
 */
export async function pullAll(desk: Desk, line: Line): Promise<{ pushAgain: boolean }> {
  let pushAgain = false;
  for (;;) {
    const state = must(await desk.db.state.get('state'), 'the state of a device that has been set up');
    const answer = await ask(desk, line, state).catch((error: unknown) => {
      if (error instanceof WireError && error.code === 'epoch-changed') return null;
      throw error;
    });
    if (answer === null) {
      await forgetServer(desk);
      pushAgain = true;
    } else if (await takeIn(desk, state, answer)) return { pushAgain };
  }
}

function ask({ memberId }: Desk, { post, practice }: Line, state: SyncState): Promise<PullAnswer> {
  const { device, epoch, cursor, spaces, fill, delivered } = state;
  const ladder = spaces.map(({ space }) => space).filter((space) => isWaiting(state, space, delivered[space]));
  return post(
    `/sync/${practice}/pull`,
    {
      membership: memberId,
      device,
      epoch,
      cursor,
      digest: digestOfSpaces(spaces),
      fill: fill && { spaces: fill.spaces, before: fill.before },
      ladder: ladder.slice(0, LADDER_MOST),
    },
    pullAnswer,
  );
}

/** Applies one answer; true where it was the last. */
async function takeIn(desk: Desk, asked: SyncState, answer: PullAnswer): Promise<boolean> {
  const change = answer.spaces ? changeOf(asked.spaces, answer.spaces) : null;
  if (change && change.lost.length > 0) await dropSpaces(desk, change.lost);
  const rows = [...answer.rows, ...(answer.fill?.rows ?? [])];
  await applyPage(desk, {
    rows,
    more: answer.more,
    next: (state) => ({
      ...state,
      epoch: answer.epoch,
      cursor: answer.cursor,
      spaces: answer.spaces ?? state.spaces,
      fill: nextFill(state, answer, change?.gained ?? []),
      delivered: { ...state.delivered, ...deliveredOf(asked, answer) },
    }),
  });
  return !answer.more && change === null && rows.length === 0 && (answer.fill?.before ?? null) === null;
}

/** What differs between the spaces a device holds and those it may read; a changed projection is lost and gained. */
function changeOf(held: readonly SpaceGrant[], granted: readonly SpaceGrant[]) {
  const key = ({ space, hash }: SpaceGrant) => `${space} ${hash}`;
  const [before, after] = [new Set(held.map(key)), new Set(granted.map(key))];
  return {
    lost: held.filter((grant) => !after.has(key(grant))).map(({ space }) => space),
    gained: granted.filter((grant) => !before.has(key(grant))).map(({ space }) => space),
  };
}

function nextFill(state: SyncState, answer: PullAnswer, gained: readonly Space[]): SyncState['fill'] {
  const { fill } = state;
  const going = fill && answer.fill && answer.fill.before !== null ? { ...fill, before: answer.fill.before } : null;
  if (gained.length === 0) return answer.fill ? going : fill;
  return { spaces: [...new Set([...(going?.spaces ?? []), ...gained])], before: answer.cursor + 1 };
}

/** A space whose receivers have not yet all the words written here, or were never asked about. */
function isWaiting({ awaiting }: SyncState, space: Space, delivered: number | undefined): boolean {
  return delivered === undefined || delivered < (awaiting[space] ?? 0);
}

/** What was asked and not answered has no receivers: noted, so that it is not asked again. */
function deliveredOf(asked: SyncState, answer: PullAnswer): Record<Space, number> {
  const unasked = asked.spaces.filter(({ space }) => asked.delivered[space] === undefined).slice(0, LADDER_MOST);
  return { ...Object.fromEntries(unasked.map(({ space }) => [space, 0])), ...answer.delivered };
}

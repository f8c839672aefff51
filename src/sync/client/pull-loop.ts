// Fetches what is new until nothing is, page by page: the live range upwards, and spaces that were gained from their newest
// row down. The last call returns nothing and tells the server how far this device has come; now and then it compares one
// space with the server's, so that a silent fault is found and mended by fetching that space again.

import type { JsonObject } from '../../base/json.ts';
import { digestOfSpaces } from '../core/digest.ts';
import { pullAnswer } from '../core/protocol.ts';
import type { PullAnswer } from '../core/protocol.ts';
import { isTombstone } from '../core/record.ts';
import type { Space, StoredRow } from '../core/record.ts';
import type { Declarations, SpaceGrant } from '../core/run.ts';
import { knownShapes, rowFromWire } from '../core/shapes.ts';
import { applyPage, forgetRows } from './apply.ts';
import type { Page } from './apply.ts';
import { behindAfter, catchUp } from './behind.ts';
import type { SpaceCheck } from './check.ts';
import type { FillJob, SyncState } from './database.ts';
import type { Desk } from './mutate.ts';
import { isOfOtherCopy } from './other-copy.ts';
import type { Line } from './parcels-out.ts';
import { ladderAfter, LADDER_MOST, ladderOf } from './ladder.ts';
import { isFull } from './store-troubles.ts';
import { WireError } from './wire.ts';

/**
 * Pulls until this device has everything it may read. Returns whether there is something to push again, because the server
 * is another than the one that had it. Throws as `post` does.
 */
export async function pullAll(desk: Desk, line: Line): Promise<{ pushAgain: boolean }> {
  let ahead: Ahead | null = null;
  await catchUp(desk);
  try {
    for (;;) {
      const state = await desk.store.state();
      const answer = await askOrStartOver(desk, { line, state, ahead });
      ahead = null;
      if (answer === 'started-over') {
        // What the server has lost goes out before all is fetched anew.
        if ((await desk.store.outbox.countUnsent()) > 0) return { pushAgain: true };
        continue;
      }
      ahead = askAhead(desk, { line, state }, answer);
      if ((await takeIn(desk, state, answer)) && !(await check(desk, line))) return { pushAgain: false };
    }
  } finally {
    // Nothing is under way any more when this has ended.
    await ahead?.page.catch(() => undefined);
  }
}

/** A page that was asked for before the one above it was put, and what was asked. */
interface Ahead {
  readonly asked: string;
  readonly page: Promise<PullAnswer>;
}

interface Asking {
  readonly line: Line;
  readonly state: SyncState;
  readonly check?: SpaceCheck;
  readonly ahead?: Ahead | null;
}

/** The answer; or, where the server has lost something or forgotten too much, everything is fetched anew from here on. */
async function askOrStartOver(desk: Desk, asking: Asking): Promise<PullAnswer | 'started-over'> {
  try {
    const body = bodyOf(desk, asking);
    const { ahead } = asking;
    // What was asked for too early, of another state than the page has left, is dropped.
    return await (ahead?.asked === JSON.stringify(body) ? ahead.page : ask(asking.line, body));
  } catch (error) {
    const code = error instanceof WireError ? error.code : null;
    if (code === 'epoch-changed') {
      const { goOnAnew } = await import('./go-on-anew.ts');
      await goOnAnew(desk, 'server-lost-some', asking.state.device);
    } else if (code === 'cursor-too-old') await desk.store.transaction((tx) => forgetRows(tx, desk));
    else throw error;
    return 'started-over';
  }
}

/**
 * While a space is filled, the next page comes while this one is put. Not of the live range: there a cursor tells the server
 * that everything before it is kept here.
 */
function askAhead(desk: Desk, { line, state }: Asking, answer: PullAnswer): Ahead | null {
  const after = stateAfter(desk.declared, state, { asked: state, answer, change: changeIn(state, answer) });
  if (answer.more || after.fills.length === 0) return null;
  const body = bodyOf(desk, { line, state: after });
  const page = ask(line, body);
  // Who waits for it hears of it; where nobody does any more, it is of no matter.
  page.catch(() => undefined);
  return { asked: JSON.stringify(body), page };
}

function ask({ post, practice }: Line, body: JsonObject): Promise<PullAnswer> {
  return post(`/sync/${practice}/pull`, body, pullAnswer);
}

function bodyOf({ memberId, declared }: Desk, { state, check }: Asking): JsonObject {
  const { device, epoch, cursor, spaces, fills } = state;
  const shapes = knownShapes(declared.recordTypes);
  return {
    membership: memberId,
    device,
    epoch,
    cursor,
    digest: digestOfSpaces(spaces),
    fill: fills[0] === undefined ? null : { spaces: fills[0].spaces, before: fills[0].before },
    ladder: ladderOf(state),
    ...(Object.keys(shapes).length > 0 && { shapes }),
    ...(check && { check: { ...check } }),
  };
}

/** Applies one answer; true where it was the last. */
async function takeIn(desk: Desk, asked: SyncState, answer: PullAnswer): Promise<boolean> {
  const change = changeIn(asked, answer);
  const rows = [...answer.rows, ...(answer.fill?.rows ?? [])];
  if (await isOfOtherCopy(desk.store, asked, answer)) {
    const { goOnAnew } = await import('./go-on-anew.ts');
    await goOnAnew(desk, 'forked', asked.device);
  }
  const applied = await applyPage(desk, pageOf(desk, { asked, answer, change })).catch(async (error: unknown) => {
    const { fill, ...live } = answer;
    // What is new goes before what is old: the fill waits until there is room.
    if (isFull(error) && fill !== undefined) await applyPage(desk, pageOf(desk, { asked, answer: live, change }));
    throw error;
  });
  if (!applied) return false;
  const filled = answer.fill === undefined ? asked.fills.length === 0 : false;
  return !answer.more && change === null && rows.length === 0 && filled;
}

function pageOf({ declared }: Desk, { asked, answer, change }: Answered): Page {
  return {
    asked,
    rows: [...answer.rows, ...(answer.fill?.rows ?? [])].map((row) => known(declared, row)),
    more: answer.more,
    drop: change?.lost ?? [],
    strict: change?.strict ?? false,
    spare: answer.fill !== undefined,
    next: (state) => stateAfter(declared, state, { asked, answer, change }),
  };
}

function known({ recordTypes }: Declarations, row: StoredRow): StoredRow {
  return isTombstone(row) ? row : rowFromWire(recordTypes, row);
}

type Answered = { readonly asked: SyncState; readonly answer: PullAnswer; readonly change: Change | null };

function stateAfter(declared: Declarations, state: SyncState, { asked, answer, change }: Answered): SyncState {
  return {
    ...state,
    epoch: answer.epoch,
    cursor: answer.cursor,
    news: answer.more ? state.news : answer.cursor,
    spaces: answer.spaces ?? state.spaces,
    fills: nextFills(state, answer, change),
    delivered: { ...state.delivered, ...deliveredOf(asked, answer) },
    ...ladderAfter(asked),
    backedUpThrough: answer.backedUpThrough ?? 0,
    ...behindAfter(declared, state, answer),
  };
}

function changeIn(asked: SyncState, answer: PullAnswer): Change | null {
  return answer.spaces ? changeOf(asked.spaces, answer.spaces) : null;
}

interface Change {
  readonly lost: readonly Space[];
  readonly gained: readonly Space[];
  /** A space that was open is strict now. */
  readonly strict: boolean;
}

/** What differs between the spaces a device holds and those it may read; a changed projection is lost and gained. */
function changeOf(held: readonly SpaceGrant[], granted: readonly SpaceGrant[]): Change {
  const key = ({ space, hash }: SpaceGrant) => `${space} ${hash}`;
  const [before, after] = [new Set(held.map(key)), new Set(granted.map(key))];
  const gained = granted.filter((grant) => !before.has(key(grant)));
  return {
    lost: held.filter((grant) => !after.has(key(grant))).map(({ space }) => space),
    gained: gained.map(({ space }) => space),
    strict: gained.some((grant) => grant.strict === true),
  };
}

/** What is still to be filled after an answer: what was under way goes on, without what was lost; what was gained comes first. */
function nextFills({ fills }: SyncState, answer: PullAnswer, change: Change | null): FillJob[] {
  const [first, ...others] = fills;
  const before = answer.fill === undefined ? first?.before : answer.fill.before;
  const going =
    first === undefined || before === null || before === undefined ? others : [{ ...first, before }, ...others];
  if (change === null) return going;
  const stale = new Set([...change.lost, ...change.gained]);
  const kept = going
    .map((job) => ({ ...job, spaces: job.spaces.filter((space) => !stale.has(space)) }))
    .filter((job) => job.spaces.length > 0);
  return change.gained.length === 0 ? kept : [{ spaces: change.gained, before: answer.cursor + 1 }, ...kept];
}

/** Compares one space where one is due. True where something came of it that has to be fetched. */
async function check(desk: Desk, line: Line): Promise<boolean> {
  const { compareSpace, dueForCheck } = await import('./check.ts');
  const due = await dueForCheck(desk);
  if (due === null) return false;
  const answer = await askOrStartOver(desk, { line, ...due });
  if (answer === 'started-over') return true;
  await compareSpace(desk, due, answer.check);
  return !(await takeIn(desk, due.state, answer)) || answer.check === 'differs';
}

/** What was asked and not answered has no receivers: noted, so that it is not asked again. */
function deliveredOf(asked: SyncState, answer: PullAnswer): Record<Space, number> {
  const unasked = asked.spaces.filter(({ space }) => asked.delivered[space] === undefined).slice(0, LADDER_MOST);
  return { ...Object.fromEntries(unasked.map(({ space }) => [space, 0])), ...answer.delivered };
}

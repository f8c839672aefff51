// Compares what this device holds of one space with what the server would show it: a row that a disk, a browser or a fault of
// this program has lost or kept too long is found by nobody else. One space at a time, each once a day, and only where nothing
// of the person's own is under way.

import type { PullAnswer } from '../core/protocol.ts';
import type { Space } from '../core/record.ts';
import { sumOfRows } from '../core/space-sum.ts';
import type { SpaceSum } from '../core/space-sum.ts';
import type { SyncState } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import type { Desk } from './mutate.ts';

export type SpaceCheck = SpaceSum & { readonly space: Space };

const EVERY_MS = 24 * 60 * 60_000;

/** The space whose turn it is, summed in one moment with the state; null where none is due. */
export async function dueForCheck(desk: Desk): Promise<{ state: SyncState; check: SpaceCheck } | null> {
  const now = desk.now().getTime();
  return desk.store.transaction(async (tx) => {
    const state = await tx.state();
    if (state.fills.length > 0 || state.cursor === null || (await tx.outbox.count()) > 0) return null;
    const due = state.spaces.find(({ space }) => !isFresh(state.checked[space], now));
    if (due === undefined) return null;
    return { state, check: { space: due.space, ...(await sumOfSpace(tx, desk, due.space)) } };
  });
}

/** Takes the server's word: noted, and where the rows differ the space is dropped and filled anew. */
export async function compareSpace(
  desk: Desk,
  { state: asked, check: { space } }: { state: SyncState; check: SpaceCheck },
  word: PullAnswer['check'],
): Promise<void> {
  if (word === undefined) return;
  await desk.store.transaction(async (tx) => {
    const state = await tx.state();
    const checked = { ...state.checked, [space]: desk.now().toISOString() };
    if (word === 'same') return tx.putState({ ...state, checked });
    // Not under what has happened meanwhile: it stays due.
    if (state.cursor !== asked.cursor || (await tx.outbox.count()) > 0) return undefined;
    await tx.rows.deleteSpaces([space]);
    await tx.bases.deleteSpaces([space]);
    const fill = { spaces: [space], before: (asked.cursor ?? 0) + 1 };
    return tx.putState({ ...state, checked, fills: [fill, ...state.fills] });
  });
}

/** A clock set back must not put a check off for ever. */
function isFresh(at: string | undefined, now: number): boolean {
  const age = at === undefined ? Infinity : now - Date.parse(at);
  return age >= 0 && age < EVERY_MS;
}

async function sumOfSpace(tx: DeviceTables, { declared, cipher }: Desk, space: Space): Promise<SpaceSum> {
  const types = new Map(Object.keys(declared.recordTypes).map((type) => [cipher.token(type), type]));
  const marks = await tx.rows.marks(space);
  // A type that only a later release knows stands in its rows alone.
  const strange = marks.map(({ key }) => key).filter((key) => !types.has(tokenIn(key)));
  for (const found of await tx.rows.get(strange)) if (found !== undefined) types.set(found.type, found.row.type);
  return sumOfRows(
    marks.map(({ key, version }) => {
      const token = tokenIn(key);
      return {
        type: types.get(token) ?? '',
        id: key.slice(token.length + 1),
        space,
        version,
        by: '',
        at: '',
        fields: {},
      };
    }),
  );
}

const tokenIn = (key: string) => key.slice(0, key.indexOf('/'));

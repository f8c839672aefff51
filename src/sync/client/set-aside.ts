// Records that do not open any more: altered, moved, or half written. Of a row the server has the truth, so its space is fetched
// again; an outbox entry still has its parcel and is sent as that; a draft or refused words are lost to their reader, and counted.
// Nothing is deleted that cannot be fetched.

import { refetchSpaces } from './apply.ts';
import type { ApplyDesk } from './apply.ts';

/** Takes care of what did not open since the last time. */
export async function setAside(desk: ApplyDesk): Promise<void> {
  const found = desk.store.takeUnreadable();
  if (found.length === 0) return;
  const spaces = [...new Set(found.flatMap(({ space }) => space ?? []))];
  await desk.store.transaction(async (tx) => {
    const state = await tx.state();
    const places = found.map(({ store, id }) => `${store}/${id}`);
    await tx.putState({ ...state, setAside: [...new Set([...state.setAside, ...places])] });
    if (spaces.length > 0) await refetchSpaces(tx, desk, spaces);
  });
}

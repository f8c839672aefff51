// What a device of an older release could not take in whole: rows that came in an older shape, or not at all, and rows of a type
// that it does not know. It keeps in mind of which spaces; the release that knows more fetches them anew.

import type { PullAnswer } from '../core/protocol.ts';
import { isTombstone } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import { refetchSpaces } from './apply.ts';
import type { SyncState } from './database.ts';
import type { Desk } from './mutate.ts';

/** The state's note of what is behind, after an answer. */
export function behindAfter(
  declared: Declarations,
  { behind }: SyncState,
  answer: PullAnswer,
): Pick<SyncState, 'behind'> {
  const rows = [...answer.rows, ...(answer.fill?.rows ?? [])];
  const unknown = rows.filter((row) => !isTombstone(row) && !Object.hasOwn(declared.recordTypes, row.type));
  const found = [...(answer.behind ?? []), ...unknown.map(({ space }) => space)];
  if (found.length === 0) return {};
  const spaces = [...new Set([...(behind?.spaces ?? []), ...found])];
  return { behind: { knew: behind?.knew ?? knowledgeOf(declared), spaces } };
}

/** Has what an older release could not take in fetched anew, once this one knows more. */
export async function catchUp(desk: Desk): Promise<void> {
  const knows = knowledgeOf(desk.declared);
  if (!isPast((await desk.store.state()).behind, knows)) return;
  await desk.store.transaction(async (tx) => {
    const { behind, ...state } = await tx.state();
    if (!isPast(behind, knows)) return;
    await tx.putState(state);
    const spaces = behind.spaces.filter((space) => state.spaces.some((held) => held.space === space));
    if (spaces.length > 0) await refetchSpaces(tx, desk, spaces);
  });
}

function isPast(behind: SyncState['behind'], knows: string): behind is NonNullable<SyncState['behind']> {
  return behind !== undefined && behind.knew !== knows;
}

function knowledgeOf({ recordTypes }: Declarations): string {
  const known = Object.values(recordTypes).map(({ name, schemaVersion }) => `${name} ${schemaVersion}`);
  return known.sort().join(', ');
}

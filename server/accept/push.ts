// Takes in a batch of one device, in order, in parts: acts on rows up to the first update of a document, then updates, and so on.
// Each part is judged and entered in the ledger before the next is looked at, so that what comes later in a batch may stand on
// what came before it.

import type { Space } from '../../src/sync/core/record.ts';
import type { PushResult } from '../../src/sync/core/protocol.ts';
import { isNewerUpdate, isUpdate, pushUpdates } from './push-updates.ts';
import { pushRows } from './push-rows.ts';
import type { Incoming, Part, PartOutcome, PushOutcome, PushParts, Refresh } from './push-rows.ts';

type Answered = Extract<PushOutcome, { kind: 'answered' }>;

/** What was done before a batch had to end: its readers have to be told all the same. */
export interface Done {
  readonly spaces: ReadonlySet<Space>;
  /** Who may read what has changed with it. */
  readonly isGrant: boolean;
}

/**
 * Judges a batch. Where a part cannot be answered, its outcome is that of the batch: what was done before is in the ledger, and
 * is answered when the batch comes again.
 */
export async function push(
  parts: PushParts,
  refresh: Refresh,
  batch: Part,
): Promise<{ readonly outcome: PartOutcome; readonly done: Done }> {
  let all: Answered | null = null;
  for (const incoming of partsOf(batch.incoming)) {
    const isOfDocuments = incoming.some((one) => isUpdate(one) && !isNewerUpdate(one));
    const outcome = await (isOfDocuments ? pushUpdates : pushRows)(parts, refresh, { ...batch, incoming });
    if (outcome.kind !== 'answered') return { outcome, done: all ?? NOTHING };
    all = all === null ? outcome : joined(all, outcome);
    if (outcome.results.some(({ result }) => result === 'held')) break;
  }
  if (all === null) return { outcome: { kind: 'try-again' }, done: NOTHING };
  // All after one that is held wait with it.
  const results = [...all.results, ...heldAfter(batch.incoming, all.results)];
  return { outcome: { ...all, results }, done: all };
}

const NOTHING: Done = { spaces: new Set(), isGrant: false };

/** Runs of acts on rows and of updates, in turn. An update of a later release is for whoever holds things. */
function partsOf(incoming: readonly Incoming[]): Incoming[][] {
  const parts: Incoming[][] = [];
  let wasUpdate: boolean | null = null;
  for (const one of incoming) {
    const isOne = isUpdate(one) && !isNewerUpdate(one);
    if (isOne === wasUpdate) parts.at(-1)?.push(one);
    else parts.push([one]);
    wasUpdate = isOne;
  }
  return parts;
}

function joined(one: Answered, next: Answered): Answered {
  return {
    ...next,
    results: [...one.results, ...next.results],
    spaces: new Set([...one.spaces, ...next.spaces]),
    isGrant: one.isGrant || next.isGrant,
  };
}

function heldAfter(incoming: readonly Incoming[], results: readonly PushResult[]): PushResult[] {
  return incoming
    .slice(results.length)
    .map(({ n, mid }) => ({ n, mid, result: 'held', code: 'newer-than-server' }) as const);
}

// One page for one viewer: which spaces, which rows of them, and how much of each row, is decided here and nowhere later.

import { decide } from '../../src/sync/core/policy.ts';
import { LIMITS } from '../../src/sync/core/protocol.ts';
import type { PullAnswer, PullRequest } from '../../src/sync/core/protocol.ts';
import type { Space, StoredRow } from '../../src/sync/core/record.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { Pulled, Store } from '../store/store.ts';
import type { Viewer } from './viewer.ts';

export type PullOutcome =
  | { readonly kind: 'page'; readonly answer: PullAnswer; readonly confirmedBy: readonly string[] }
  | { readonly kind: 'epoch-changed' }
  | { readonly kind: 'try-again' };

const ATTEMPTS = 8;

/**
 * Reads a page. Promises that rows of spaces the viewer may not read, and fields he may not see, are not in it, judged by
 * the relations that held when the page was read: what came after he had left is never in a page for him. A device that has
 * filled all its spaces confirms by its cursor; `confirmedBy` are the authors whose rows it confirmed.
 */
export async function pull(
  parts: { store: Store; declared: Declarations },
  refresh: () => Promise<Viewer>,
  request: PullRequest,
): Promise<PullOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const viewer = await refresh();
    if (request.epoch !== null && request.epoch !== viewer.practice.epoch) return { kind: 'epoch-changed' };
    const page = await read(parts.store, viewer, request);
    if (page.state.relationsVersion !== viewer.practice.relationsVersion) continue;
    return answer(parts, { viewer, page }, request);
  }
  return { kind: 'try-again' };
}

function read(store: Store, { practice, spaces }: Viewer, request: PullRequest): Promise<Pulled> {
  const mine = new Set(spaces.map((grant) => grant.space));
  const fill = request.fill && { ...request.fill, spaces: request.fill.spaces.filter((space) => mine.has(space)) };
  return store.pull(practice.id, { spaces: [...mine], cursor: request.cursor, fill, limit: LIMITS.page });
}

async function answer(
  { store, declared }: { store: Store; declared: Declarations },
  { viewer, page }: { viewer: Viewer; page: Pulled },
  request: PullRequest,
): Promise<PullOutcome> {
  const mine = new Set(viewer.spaces.map((grant) => grant.space));
  const show = (rows: readonly StoredRow[]) => rows.flatMap((row) => shown(declared, viewer, row));
  const confirmedBy = await confirm(store, viewer, request);
  const answered: PullAnswer = {
    epoch: page.state.epoch,
    cursor: page.cursor,
    more: page.more,
    rows: show(page.rows),
    ...(request.digest !== viewer.digest && { spaces: [...viewer.spaces] }),
    ...(page.fill && { fill: { rows: show(page.fill.rows), before: page.fill.before } }),
    delivered: await delivered(
      { store, declared },
      viewer,
      request.ladder.filter((space) => mine.has(space)),
    ),
  };
  return { kind: 'page', answer: answered, confirmedBy };
}

/** The row as this viewer may see it, or nothing. Judged even inside a readable space: two walls, not one. */
function shown(declared: Declarations, { principal, relations }: Viewer, row: StoredRow): PullAnswer['rows'] {
  if (isTombstone(row)) return [row];
  const type = declared.recordTypes[row.type];
  if (type === undefined) return [];
  const resource = { type: row.type, id: row.id, space: row.space, author: row.by };
  if (decide(declared.policies, { principal, relations, resource, verb: 'read' }) === 'deny') return [];
  const fields = type.project ? type.project(row.fields, principal) : row.fields;
  return fields === null ? [] : [{ ...row, fields }];
}

async function confirm(store: Store, viewer: Viewer, request: PullRequest): Promise<readonly string[]> {
  // While a fill is under way the cursor says nothing of the older rows, and "they have it" would be untrue.
  const complete = request.fill === null && request.digest === viewer.digest;
  if (!complete || request.cursor === null) return [];
  const { practice, principal } = viewer;
  // No device can have come further than the practice has.
  const cursor = Math.min(request.cursor, practice.version);
  const before = await store.moveDevice(practice.id, { memberId: principal.memberId, device: request.device }, cursor);
  if (before >= cursor) return [];
  const spaces = viewer.spaces.map((grant) => grant.space);
  const authors = await store.authorsBetween(practice.id, { spaces, after: before, upTo: cursor });
  return authors.filter((author) => author !== principal.memberId);
}

async function delivered(
  { store, declared }: { store: Store; declared: Declarations },
  { practice, principal, relations }: Viewer,
  spaces: readonly Space[],
): Promise<Record<Space, number>> {
  const through: Record<Space, number> = {};
  for (const space of spaces) {
    const receivers = declared.receiversOf(space, principal, relations);
    if (receivers !== null) through[space] = await store.deliveredThrough(practice.id, receivers, principal.memberId);
  }
  return through;
}

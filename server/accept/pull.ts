// One page for one viewer: which spaces, which rows of them, and how much of each row, is decided here and nowhere later.

import { LIMITS } from '../../src/sync/core/protocol.ts';
import type { PullAnswer, PullRequest } from '../../src/sync/core/protocol.ts';
import type { Space, StoredRow } from '../../src/sync/core/record.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { rowForShapes } from '../../src/sync/core/shapes.ts';
import type { KnownShapes } from '../../src/sync/core/shapes.ts';
import { sumOfRows } from '../../src/sync/core/space-sum.ts';
import type { PracticeState, Pulled, Store } from '../store/store.ts';
import { isOfSameRelations } from './viewer.ts';
import type { Viewer } from './viewer.ts';
import { mayRead, visible } from './visible.ts';

export type PullOutcome =
  | { readonly kind: 'page'; readonly answer: PullAnswer; readonly confirmedBy: readonly string[] }
  | { readonly kind: 'epoch-changed' }
  | { readonly kind: 'cursor-too-old' }
  | { readonly kind: 'try-again' };

export interface PullParts {
  readonly store: Store;
  readonly declared: Declarations;
  /** Rows in one page, apart from the rest of its last version; `LIMITS.page` where nothing is said. */
  readonly pageRows?: number;
}

const ATTEMPTS = 8;

/**
 * Reads a page. Promises that rows of spaces the viewer may not read, and fields he may not see, are not in it, judged by
 * the relations that held when the page was read: what came after he had left is never in a page for him. A device that has
 * filled all its spaces confirms by its cursor; `confirmedBy` are the authors whose rows it confirmed.
 */
export async function pull(
  parts: PullParts,
  refresh: () => Promise<Viewer>,
  request: PullRequest,
): Promise<PullOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const viewer = await refresh();
    const page = await read(parts, viewer, request);
    if (!isOfSameRelations(page.state, viewer.practice)) continue;
    const lost = groundLost(page.state, request);
    if (lost !== null) return { kind: lost };
    return answer(parts, { viewer, page }, request);
  }
  return { kind: 'try-again' };
}

/** Why a device cannot go on from where it stands. A cursor ahead of the practice is of a database that was set back. */
function groundLost(state: PracticeState, { epoch, cursor }: PullRequest): 'epoch-changed' | 'cursor-too-old' | null {
  if (epoch !== null && epoch !== state.epoch) return 'epoch-changed';
  if (cursor === null) return null;
  if (cursor > state.version) return 'epoch-changed';
  return cursor < state.horizon ? 'cursor-too-old' : null;
}

function read({ store, pageRows }: PullParts, { practice, spaces }: Viewer, request: PullRequest): Promise<Pulled> {
  const mine = new Set(spaces.map((grant) => grant.space));
  const fill = request.fill && { ...request.fill, spaces: request.fill.spaces.filter((space) => mine.has(space)) };
  const whole = request.check && mine.has(request.check.space) ? request.check.space : null;
  const limit = pageRows ?? LIMITS.page;
  return store.pull(practice.id, { spaces: [...mine], cursor: request.cursor, fill, limit, whole });
}

async function answer(
  { store, declared }: { store: Store; declared: Declarations },
  { viewer, page }: { viewer: Viewer; page: Pulled },
  request: PullRequest,
): Promise<PullOutcome> {
  const mine = new Set(viewer.spaces.map((grant) => grant.space));
  const { shapes = {} } = request;
  const show = (rows: readonly StoredRow[]) => rows.flatMap((row) => shown({ declared, shapes }, viewer, row));
  const filled = page.fill && { rows: show(page.fill.rows), before: page.fill.before };
  const live = page.rows.flatMap((row) => shownOrGone({ declared, shapes }, viewer, row));
  const behind = behindIn({ declared, shapes }, viewer, [...page.rows, ...(page.fill?.rows ?? [])]);
  const confirmedBy = await confirm({ store, declared }, viewer, request);
  const answered: PullAnswer = {
    epoch: page.state.epoch,
    cursor: page.cursor,
    more: page.more,
    rows: live,
    ...(request.digest !== viewer.digest && { spaces: [...viewer.spaces] }),
    ...(filled && { fill: filled }),
    ...(behind.length > 0 && { behind }),
    ...checkOf(page, request, show),
    backedUpThrough: page.state.backedUpThrough,
    delivered: await delivered(
      { store, declared },
      viewer,
      request.ladder.filter((space) => mine.has(space)),
    ),
  };
  return { kind: 'page', answer: answered, confirmedBy };
}

/** Whether the device holds of the space what it would get now; no word where it is not quite here. */
function checkOf(
  { state, whole }: Pulled,
  { check, cursor, fill }: PullRequest,
  show: (rows: readonly StoredRow[]) => PullAnswer['rows'],
): Pick<PullAnswer, 'check'> {
  if (!check || whole === null || fill !== null || cursor !== state.version) return {};
  const { rows, sum } = sumOfRows(show(whole));
  return { check: rows === check.rows && sum === check.sum ? 'same' : 'differs' };
}

/** What decides how a row leaves: what is declared here, and the shapes that the device knows. */
interface Showing {
  readonly declared: Declarations;
  readonly shapes: KnownShapes;
}

/** The row as this viewer may see it, in a shape that his device knows, or nothing. */
function shown(showing: Showing, viewer: Viewer, row: StoredRow): PullAnswer['rows'] {
  return visible(showing.declared, viewer, row).flatMap((one) => {
    const fit = isTombstone(one) ? one : rowForShapes(showing.declared.recordTypes, one, showing.shapes);
    return fit ?? [];
  });
}

/** Spaces with rows of a shape that the device does not know: what it gets of them, or does not, it has to fetch anew one day. */
function behindIn({ declared, shapes }: Showing, viewer: Viewer, rows: readonly StoredRow[]): Space[] {
  const shapeOf = (type: string) => declared.recordTypes[type]?.schemaVersion ?? 1;
  const beyond = rows.filter((row) => !isTombstone(row) && shapeOf(row.type) > (shapes[row.type] ?? 1));
  return [...new Set(beyond.flatMap((row) => visible(declared, viewer, row).map(({ space }) => space)))];
}

/**
 * Of the live range: a row that was changed since it was made, and is hidden from this viewer for what is in it now, may lie on
 * his device as it was. To him it is gone. Of one that nobody has changed he never heard, and does not hear. The same of what a
 * device cannot show before its update: as it was it must not stay in view.
 */
function shownOrGone(showing: Showing, viewer: Viewer, row: StoredRow): PullAnswer['rows'] {
  const { declared } = showing;
  const rows = shown(showing, viewer, row);
  if (rows.length > 0 || isTombstone(row)) return rows;
  const isHeldBack = visible(declared, viewer, row).length > 0;
  if (!isHeldBack && (row.heads === undefined || !mayRead(declared, viewer, row))) return rows;
  const { type, id, space, version } = row;
  return [{ type, id, space, version, deleted: true }];
}

async function confirm(
  { store, declared }: Pick<PullParts, 'store' | 'declared'>,
  viewer: Viewer,
  request: PullRequest,
): Promise<readonly string[]> {
  // While a fill is under way the cursor says nothing of the older rows, and "they have it" would be untrue.
  const complete = request.fill === null && request.digest === viewer.digest;
  if (!complete || request.cursor === null) return [];
  const { practice, principal, relations } = viewer;
  // No device can have come further than the practice has.
  const cursor = Math.min(request.cursor, practice.version);
  const before = await store.moveDevice(practice.id, { memberId: principal.memberId, device: request.device }, cursor);
  if (before >= cursor) return [];
  // Where nobody receives, nobody waits to hear that it was received.
  const said = viewer.spaces.filter(({ space }) => declared.receiversOf(space, principal, relations) !== null);
  const spaces = said.map(({ space }) => space);
  if (spaces.length === 0) return [];
  const kinds = Object.keys(declared.documents ?? {});
  const authors = await store.authorsBetween(practice.id, { spaces, after: before, upTo: cursor, kinds });
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

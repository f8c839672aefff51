// One page of a pull from one snapshot: the live range upwards and, where asked, a fill downwards. Pages end at whole
// versions, so that a cursor never stands in the middle of a commit. Every query names the practice: the wall is the second.

import { sql } from 'kysely';
import { must } from '../../src/base/must.ts';
import type { StoredRow } from '../../src/sync/core/record.ts';
import { inPracticeSnapshot } from './database.ts';
import type { Database, PracticeTx } from './database.ts';
import type { PracticeState, PullAsk, Pulled, Shapes } from './store.ts';
import { STORED_COLUMNS, toStoredRow } from './stored-row.ts';
import type { StoredColumns } from './stored-row.ts';

type InPractice = { readonly practiceId: string; readonly shapes: Shapes };
type Below = NonNullable<PullAsk['fill']>;

/** Reads a page of the asked-for spaces. Which spaces a viewer may read is the caller's to say. */
export function pullPage(database: Database, { practiceId, shapes }: InPractice, ask: PullAsk): Promise<Pulled> {
  const snapshot = async (tx: PracticeTx) => {
    const state = await stateOf(tx, practiceId);
    const live = await livePage(tx, { practiceId, shapes, ...ask }, state.version);
    const fill = ask.fill === null ? null : await fillPage(tx, { practiceId, shapes, ...ask.fill }, ask.limit);
    const whole = ask.whole ? await wholeSpace(tx, { practiceId, shapes }, ask.whole) : null;
    return { state, ...live, fill, whole };
  };
  return inPracticeSnapshot(database, practiceId, snapshot);
}

async function stateOf(tx: PracticeTx, practiceId: string): Promise<PracticeState> {
  const found = await sql<PracticeState>`
    select id, slug, version, relations_version as "relationsVersion", horizon, backed_up_through as "backedUpThrough",
      (select value from meta where key = 'epoch') as epoch from practice where id = ${practiceId}`.execute(tx);
  return must(found.rows[0], 'the practice of this transaction');
}

async function livePage(tx: PracticeTx, ask: PullAsk & InPractice, version: number) {
  // Nothing new costs one look at the practice's own row, whatever has piled up.
  if (ask.cursor === null || ask.cursor >= version) return { rows: [], cursor: version, more: false };
  const found = await sql<StoredColumns>`
    select ${STORED_COLUMNS} from row r
    where practice_id = ${ask.practiceId} and space = any(${ask.spaces}::text[]) and version > ${ask.cursor}
    order by version limit ${ask.limit + 1}`.execute(tx);
  if (found.rows.length <= ask.limit)
    return { rows: found.rows.map((row) => toStoredRow(row, ask.shapes)), cursor: version, more: false };
  const rows = await wholeVersions(tx, ask, found.rows);
  return { rows, cursor: must(rows.at(-1), 'a row').version, more: true };
}

async function fillPage(tx: PracticeTx, fill: Below & InPractice, limit: number) {
  const found = await sql<StoredColumns>`
    select ${STORED_COLUMNS} from row r
    where practice_id = ${fill.practiceId} and space = any(${fill.spaces}::text[]) and version < ${fill.before} and fields is not null
    order by version desc limit ${limit + 1}`.execute(tx);
  if (found.rows.length <= limit) return { rows: found.rows.map((row) => toStoredRow(row, fill.shapes)), before: null };
  const rows = await wholeVersions(tx, fill, found.rows);
  return { rows: rows.filter((row) => !('deleted' in row)), before: must(rows.at(-1), 'a row').version };
}

/** Cuts a page that is one row too long back to whole versions; a single version longer than the page is read whole. */
async function wholeVersions(
  tx: PracticeTx,
  { practiceId, shapes, spaces }: InPractice & Pick<Below, 'spaces'>,
  tooLong: StoredColumns[],
): Promise<StoredRow[]> {
  const last = must(tooLong.at(-1), 'a row').version;
  const kept = tooLong.filter((row) => row.version !== last);
  if (kept.length > 0) return kept.map((row) => toStoredRow(row, shapes));
  const all = await sql<StoredColumns>`
    select ${STORED_COLUMNS} from row r
    where practice_id = ${practiceId} and space = any(${spaces}::text[]) and version = ${last}`.execute(tx);
  return all.rows.map((row) => toStoredRow(row, shapes));
}

async function wholeSpace(tx: PracticeTx, { practiceId, shapes }: InPractice, space: string): Promise<StoredRow[]> {
  const found = await sql<StoredColumns>`
    select ${STORED_COLUMNS} from row r
    where practice_id = ${practiceId} and space = ${space} and fields is not null`.execute(tx);
  return found.rows.map((row) => toStoredRow(row, shapes));
}

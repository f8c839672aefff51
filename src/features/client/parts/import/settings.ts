// What is said of a whole list: what its columns hold, how its days are written, and where care begins for those in it.

import type { JsonObject } from '../../../../base/json.ts';
import { isValueOf } from '../../../contact/schema.ts';
import { IMPORT_FIELDS, guessColumns } from './columns.ts';
import type { Columns } from './columns.ts';
import { DAY_ORDERS, orderIn, readDay } from './dates.ts';
import type { DayOrder } from './dates.ts';
import { ENCODINGS } from './read-list.ts';
import type { Encoding, List, ListRow } from './read-list.ts';
import { ticksAs, ticksIn } from './ticks.ts';
import type { Ticks } from './ticks.ts';

export interface Settings {
  /** The first row says what the columns hold. */
  readonly hasHead: boolean;
  readonly columns: Columns;
  /** Null while nobody has said it, where it matters. */
  readonly order: DayOrder | null;
  readonly status: 'active' | 'prospect';
  /** A provider, or empty. */
  readonly primary: string;
}

/** Among so many of the first rows the headings are looked for. */
const FIRST = 20;

const filled = ({ cells }: ListRow): number => cells.filter((cell) => cell.trim() !== '').length;

/** Where the headings are: over them a program may have written what list it is. */
function headAt({ rows }: List): number {
  const first = rows.slice(0, FIRST).map(filled);
  const most = Math.max(...first);
  return first.findIndex((count) => count * 2 >= most);
}

/** What is taken as headings, and what stands over them. */
export const headRowsOf = (list: List, { hasHead }: Pick<Settings, 'hasHead'>): readonly ListRow[] =>
  hasHead ? list.rows.slice(0, headAt(list) + 1) : [];

/** The number of the row, or of the first and last. */
export function numbersOf(rows: readonly ListRow[]): string {
  const [first = 0, last = 0] = [rows[0]?.n, rows.at(-1)?.n];
  return first === last ? String(first) : `${first}–${last}`;
}

export const rowsOf = (list: List, { hasHead }: Pick<Settings, 'hasHead'>): readonly ListRow[] =>
  hasHead ? list.rows.slice(headAt(list) + 1) : list.rows;

/** What stands over the columns; empty where nothing does. */
export function headingsOf(list: List, { hasHead }: Pick<Settings, 'hasHead'>): readonly string[] {
  if (hasHead) return (list.rows[headAt(list)]?.cells ?? []).map((cell) => cell.trim());
  const width = Math.max(...list.rows.slice(0, FIRST).map(({ cells }) => cells.length));
  return Array.from({ length: width }, () => '');
}

/** What the list itself seems to say. */
export function guessSettings(list: List, hasHead = looksLikeHead(list)): Settings {
  const columns = guessColumns(headingsOf(list, { hasHead }));
  const order = orderOf(list, { hasHead, columns }).said;
  return { hasHead, columns, order, status: 'active', primary: '' };
}

const looksLikeHead = (list: List): boolean =>
  !(list.rows[headAt(list)]?.cells ?? []).some((cell) => isValueOf('email', cell) || 'day' in readDay(cell, 'dmy'));

/** What has to be known of the days in the chosen column. */
export function orderOf(list: List, settings: Pick<Settings, 'hasHead' | 'columns'>): ReturnType<typeof orderIn> {
  const at = settings.columns.indexOf('birthDate');
  return orderIn(rowsOf(list, settings).map(({ cells }) => cells[at] ?? ''));
}

/** What is kept of it while the list is not done, so that whoever comes back need not say it again. */
export interface Begun {
  readonly digest: string;
  readonly name: string;
  readonly encoding: Encoding;
  readonly settings: Settings;
  readonly ticks: Ticks;
}

export const draftOf = ({ digest, name, encoding }: List, settings: Settings, ticks: Ticks): JsonObject => ({
  ...{ digest, name, encoding, ...settings },
  columns: [...settings.columns],
  ticks: ticksAs(ticks),
});

/** What was kept, as far as it has that shape. */
export function begunIn(content: JsonObject): Begun | null {
  const { digest, name, encoding, hasHead, columns, order, status, primary } = content;
  if (typeof digest !== 'string' || typeof name !== 'string' || !Array.isArray(columns)) return null;
  const known = ENCODINGS.find((one) => one === encoding);
  if (known === undefined || typeof primary !== 'string') return null;
  const settings: Settings = {
    hasHead: hasHead === true,
    columns: columns.map((column) => IMPORT_FIELDS.find((field) => field === column) ?? null),
    order: DAY_ORDERS.find((one) => one === order) ?? null,
    status: status === 'prospect' ? 'prospect' : 'active',
    primary,
  };
  return { digest, name, encoding: known, settings, ticks: ticksIn(content['ticks']) };
}

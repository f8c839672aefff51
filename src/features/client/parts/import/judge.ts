// What becomes of each row of a list: somebody who is taken on, somebody who may be here already, or nobody, and why.

import { fromText } from '../../../../base/csv.ts';
import type { Separator } from '../../../../base/csv.ts';
import { namedId } from '../../../../base/named-id.ts';
import { clientDetails, NAME_MAX } from '../../schema.ts';
import type { ClientDetails } from '../../schema.ts';
import { isValueOf, VALUE_MAX } from '../../../contact/schema.ts';
import { asReached, compareAmong } from '../../queries-duplicates.ts';
import type { Alike, Known } from '../../queries-duplicates.ts';
import { breather } from './breathe.ts';
import type { Columns, ImportField } from './columns.ts';
import { readDay } from './dates.ts';
import type { DayOrder } from './dates.ts';
import { languageIn } from './languages.ts';
import { linesOf } from './read-list.ts';
import type { ListRow } from './read-list.ts';

/**
 * Why a row is refused. `cells`: it has more than there are headings, so that what stands where is not known. `quote`: one that
 * stands wrong may have made one row of many.
 */
export type RowFaultKind =
  | 'name'
  | 'birth'
  | 'date'
  | 'year'
  | 'future'
  | 'long'
  | 'phone'
  | 'email'
  | 'language'
  | 'letters'
  | 'cells'
  | 'quote';

export interface RowFault {
  readonly kind: RowFaultKind;
  /** Counted from nought; null where it is about the whole row. */
  readonly column: number | null;
  /** The first and the last line, where they say more than the row. */
  readonly lines?: readonly [number, number];
}

/** What is sent of a person, apart from who does it and when. */
export interface Newcomer {
  readonly id: string;
  readonly details: ClientDetails;
  readonly contacts: readonly { readonly id: string; readonly kind: 'phone' | 'email'; readonly value: string }[];
}

/** Whom it may be: somebody who is here, or who stands above in the list. */
export interface AlikeOne {
  readonly by: Alike;
  readonly client: string;
  readonly name: string;
  readonly birthDate: string;
  /** The row, where it is one of the list. */
  readonly row: number | null;
}

/** What the practice has where the row says another thing. */
export interface There {
  readonly field: 'legalName' | 'preferredName' | 'birthDate' | 'primary';
  readonly value: string | null;
}

interface OfRow {
  readonly row: ListRow;
}

export type Judged =
  | (OfRow & { readonly state: 'ready'; readonly newcomer: Newcomer })
  | (OfRow & { readonly state: 'alike'; readonly newcomer: Newcomer; readonly alike: readonly AlikeOne[] })
  /** Taken on before from this very row, and whose client she is now. */
  | (OfRow & { readonly state: 'here'; readonly newcomer: Newcomer; readonly primary: string | null })
  /** Taken on before from this very row; what is said of her there is another thing than here. */
  | (OfRow & { readonly state: 'differs'; readonly newcomer: Newcomer; readonly there: readonly There[] })
  | (OfRow & { readonly state: 'refused'; readonly faults: readonly RowFault[] });

export interface Judging {
  readonly rows: readonly ListRow[];
  readonly columns: Columns;
  readonly separator: Separator;
  readonly order: DayOrder;
  /** All who are known here. */
  readonly known: readonly Known[];
  /** By which ids are made. */
  readonly list: string;
  /** Whose clients they are to be; empty where nobody's. */
  readonly primary: string;
  /** A calendar day. */
  readonly today: string;
}

const ALIKE_SHOWN = 3;

/** By which ids are made: of the office by practice and list; each provider's own, for he must neither meet nor learn of a colleague's. */
export const listName = (practice: string, digest: string, provider: string | null): string =>
  [practice, digest, ...(provider === null ? [] : [provider])].join(' ');

/** Every row's outcome, in the order of the list; `onDone` hears how many are judged. */
export async function judgeRows(what: Judging, onDone?: (done: number) => void): Promise<Judged[]> {
  const { rows, known } = what;
  const here = new Map(known.map((one) => [one.id, one]));
  const comparing = compareAmong<Known & { readonly row?: number }>(known);
  const pause = breather();
  const judged: Judged[] = [];
  for (const row of rows) {
    const one = judgeRow(what, row, { here, comparing });
    judged.push(one);
    if (one.state === 'ready' || one.state === 'alike') {
      const { id, details, contacts } = one.newcomer;
      const { legalName, birthDate, preferredName } = details;
      const reachedBy = contacts.map(({ value }) => asReached(value));
      comparing.add({ id, legalName, birthDate, preferredName, reachedBy, row: row.n });
    }
    const turn = pause();
    if (turn === undefined) continue;
    onDone?.(judged.length);
    await turn;
  }
  return judged;
}

interface Beside {
  readonly here: ReadonlyMap<string, Known>;
  readonly comparing: ReturnType<typeof compareAmong<Known & { readonly row?: number }>>;
}

function judgeRow(what: Judging, row: ListRow, { here, comparing }: Beside): Judged {
  if (row.lines !== undefined && isTorn(what, row))
    return { row, state: 'refused', faults: [{ kind: 'quote', column: null, lines: row.lines }] };
  const said = whatIsSaid(what, row);
  if ('faults' in said) return { row, state: 'refused', faults: said.faults };
  const { newcomer } = said;
  const there = here.get(newcomer.id);
  if (there !== undefined) return hereOf({ row, newcomer }, there, what.primary);
  const found = comparing.find(typedOf(newcomer));
  return found.length === 0 ? { row, state: 'ready', newcomer } : alikeOf({ row, newcomer }, found);
}

export const typedOf = ({ details: { legalName, birthDate }, contacts }: Newcomer) => ({
  ...{ legalName, birthDate },
  contacts: contacts.map(({ value }) => value),
});

type Person = OfRow & { readonly newcomer: Newcomer };

export function alikeOf(
  one: Person,
  found: readonly { client: Known & { readonly row?: number }; by: Alike }[],
): Judged {
  const alike = found.slice(0, ALIKE_SHOWN).map(({ by, client }) => ({
    ...{ by, client: client.id, name: client.legalName, birthDate: client.birthDate },
    row: client.row ?? null,
  }));
  return { ...one, state: 'alike', alike };
}

/** Who has the row's id, as far as the row says anything of her. */
export function hereOf(one: Person, known: Known, wanted: string): Judged {
  const { legalName, birthDate, preferredName } = one.newcomer.details;
  const primary = known.primary ?? null;
  const said = { legalName, birthDate, preferredName, primary: wanted === '' ? undefined : wanted };
  const is = { ...known, primary, preferredName: known.preferredName ?? null };
  const fields = ['legalName', 'birthDate', 'preferredName', 'primary'] as const;
  const there = fields.flatMap((field) =>
    said[field] === undefined || said[field] === is[field] ? [] : [{ field, value: is[field] }],
  );
  return there.length === 0 ? { ...one, state: 'here', primary } : { ...one, state: 'differs', there };
}

/** Whether a quote that stands wrong may have made it: a cell goes on behind one, or has a line in it that could be a row. */
function isTorn({ columns, separator }: Judging, { cells, isUnsure }: ListRow): boolean {
  if (isUnsure) return true;
  const most = Math.max(1, columns.length - 1);
  return cells.some((cell) => {
    const inside = linesOf(cell);
    return inside.length > 1 && inside.some((line) => line.split(separator).length > most);
  });
}

/** What the row says of a person, or all that is wrong with it. */
function whatIsSaid(
  { columns, order, list, today }: Judging,
  { n, cells }: ListRow,
): { newcomer: Newcomer } | { faults: RowFault[] } {
  const faults: RowFault[] = [];
  const wrong = (kind: RowFaultKind, column: number | null) => void faults.push({ kind, column });
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) wrong('cells', null);
  const at = (field: ImportField) => columns.indexOf(field);
  const texts = columns.map((field, i) => (field === null ? '' : cleanCell(cells[i] ?? '')));
  for (const [i, text] of texts.entries()) if (!isReadable(text)) wrong('letters', i);
  const textOf = (field: ImportField) => texts[at(field)] ?? '';
  const nameAt = at('legalName') >= 0 ? at('legalName') : at('familyName');
  const legalName =
    at('legalName') >= 0 ? textOf('legalName') : `${textOf('givenName')} ${textOf('familyName')}`.trim();
  if (legalName === '') wrong('name', nameAt);
  if (legalName.length > NAME_MAX) wrong('long', nameAt);
  const preferredName = textOf('preferredName');
  if (preferredName.length > NAME_MAX) wrong('long', at('preferredName'));
  const birth = birthIn(textOf('birthDate'), order, today);
  if ('fault' in birth) wrong(birth.fault, at('birthDate'));
  const language = languageIn(textOf('language'));
  if (language === null) wrong('language', at('language'));
  const id = namedId(`import ${list} ${n}`);
  const contacts = columns.flatMap((field, i) => {
    const value = texts[i] ?? '';
    if ((field !== 'phone' && field !== 'email') || value === '') return [];
    if (value.length > VALUE_MAX) wrong('long', i);
    else if (!isValueOf(field, value)) wrong(field, i);
    return [{ id: namedId(`import ${id} ${field} ${value}`), kind: field, value }];
  });
  if (faults.length > 0 || 'fault' in birth) return { faults };
  const details: ClientDetails = {
    ...{ legalName, birthDate: birth.day },
    ...(preferredName !== '' && { preferredName }),
    ...(language && { language }),
  };
  const once = new Map(contacts.map((contact) => [contact.id, contact]));
  return { newcomer: { id, details, contacts: [...once.values()] } };
}

function birthIn(text: string, order: DayOrder, today: string): { day: string } | { fault: RowFaultKind } {
  if (text === '') return { fault: 'birth' };
  const read = readDay(text, order);
  if ('fault' in read) return read;
  if (read.day > today) return { fault: 'future' };
  return clientDetails.safeParse({ legalName: 'x', birthDate: read.day }).success ? read : { fault: 'date' };
}

/** Signs that show nothing: what directs letters, and what programs leave at the beginning of a text. Those that join letters stay. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** What stands in a cell, in one line and without what nobody sees. */
export const cleanCell = (cell: string): string =>
  fromText(cell.trim())
    .replace(UNSEEN, '')
    .replace(/[\s\u0085]+/g, ' ')
    .trim();

/** Not where letters were lost, or what is no text stands among them. */
const isReadable = (text: string): boolean => !/[\p{Cc}\p{Cs}\ufffd]/u.test(text);

// What was not taken from a list, and why: for the screen, and as a list of its own that can be mended and chosen again.

import { asText, csvText } from '../../../../base/csv.ts';
import type { Words } from '../../../../ui/words.ts';
import type { ClientWord } from '../../words/catalogue.ts';
import type { Added } from './add-all.ts';
import type { Judged, RowFault } from './judge.ts';
import type { List, ListRow } from './read-list.ts';
import { isTicked } from './ticks.ts';
import type { Ticks } from './ticks.ts';

/** Words for what is wrong, with the column by its name. */
export function faultWords(
  words: Words<ClientWord>,
  headings: readonly string[],
  { kind, column, lines }: RowFault,
): string {
  const [from = 0, to = 0] = lines ?? [];
  const why = words(`client.import.why.${kind}`, { from, to });
  return column === null ? why : `${columnName(words, headings, column)}: ${why}`;
}

export const columnName = (words: Words<ClientWord>, headings: readonly string[], column: number): string =>
  headings[column] || words('client.import.column', { n: column + 1 });

export interface Left {
  readonly row: ListRow;
  readonly why: readonly string[];
}

interface Outcome {
  readonly headings: readonly string[];
  readonly ticks: Ticks;
  readonly added: Pick<Added, 'added' | 'refused'>;
}

/** Why this one was not taken on; null where he was, or had been before. */
export function leftOf(
  words: Words<ClientWord>,
  { one, headings, ticks, added }: Outcome & { readonly one: Judged },
): Left | null {
  const { row } = one;
  if (one.state === 'here' || added.added.has(row.n)) return null;
  if (one.state === 'refused') return { row, why: one.faults.map((fault) => faultWords(words, headings, fault)) };
  if (one.state === 'differs') {
    const fields = one.there.map(({ field }) => words(`client.field.${field}`));
    return { row, why: [words('client.import.rows.differs'), ...fields] };
  }
  if (added.refused.has(row.n)) return { row, why: [words('client.import.why.device')] };
  if (isTicked(one, ticks)) return { row, why: [words('client.import.why.stopped')] };
  if (one.state === 'ready') return { row, why: [words('client.import.why.unticked')] };
  // Nobody else's name: what is saved of it goes where nobody knows.
  const others = one.alike.map(({ row: n, by }) => {
    const whom = n === null ? words('client.import.why.here') : words('client.import.row', { n });
    return `${whom}: ${words(`client.alike.${by}`)}`;
  });
  return { row, why: [words('client.import.why.alike'), ...others] };
}

/** The rows with the reasons behind them; nothing in it is a formula to any program. */
export function reportOf(
  words: Words<ClientWord>,
  { headings, separator }: Pick<List, 'separator'> & { headings: readonly string[] },
  left: readonly Left[],
): string {
  const own = ['client.import.report.row', 'client.import.report.why'] as const;
  const names = headings.map((_, i) => columnName(words, headings, i));
  const rows = left.map(({ row, why }) => [
    ...names.map((_, i) => row.cells[i] ?? ''),
    String(row.n),
    why.join('; '),
    // What stood where no heading is.
    ...row.cells.slice(names.length),
  ]);
  const all = [[...names, ...own.map((key) => words(key))], ...rows];
  return csvText(
    all.map((cells) => cells.map(asText)),
    separator,
  );
}

/** Hands it to the browser. The mark at its beginning tells programs of tables which letters it has. */
export function saveReport(text: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'interlude-not-added.csv';
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

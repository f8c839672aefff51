// Tables as text (RFC 4180), as programs really write them: any separator, quotes anywhere, line ends of every system, in pieces as
// they are read. Nothing throws: whatever comes is cells.

export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

export interface CsvReader {
  /** The rows that this piece has made whole. */
  push(text: string): string[][];
  /** The last row, where the text ends without a line end. */
  end(): string[][];
  /** The rows, counted from one, in which a cell goes on behind its closing quote: what stands in them is not sure. */
  goingOn(): ReadonlySet<number>;
  /** The row, counted from one, in which a quote was opened that nothing closed; null where there is none. To be asked at the end. */
  openQuote(): number | null;
}

/** A reader of one text. A quote counts where a cell begins with it; elsewhere it is a letter like any other. */
export function csvReader(separator: string): CsvReader {
  let rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let state: 'begin' | 'plain' | 'quoted' | 'closed' = 'begin';
  let done = 0;
  let wasQuoted = false;
  const goingOn = new Set<number>();
  let afterReturn = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
    state = 'begin';
    wasQuoted = false;
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
    done += 1;
  };
  /** Where the cell's plain run ends. */
  const runEnd = (text: string, from: number) => {
    let at = from;
    if (state === 'quoted') {
      const quote = text.indexOf('"', from);
      return quote < 0 ? text.length : quote;
    }
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
    return at;
  };
  function take(letter: string): void {
    const wasReturn = afterReturn;
    afterReturn = false;
    if (state === 'quoted') {
      // Here only a quote comes alone.
      state = 'closed';
      wasQuoted = true;
    } else if (letter === '"' && state === 'begin') state = 'quoted';
    else if (letter === '"' && state === 'closed') {
      cell += '"';
      state = 'quoted';
    } else if (letter === separator) endCell();
    else if (letter === '\r') {
      afterReturn = true;
      endRow();
    } else if (letter === '\n') {
      if (!wasReturn) endRow();
    }
  }
  return {
    push(text) {
      rows = [];
      let at = 0;
      while (at < text.length) {
        const isOpening = text[at] === '"' && (state === 'begin' || state === 'closed');
        const to = isOpening ? at : runEnd(text, at);
        if (to > at) {
          const run = text.slice(at, to);
          cell += run;
          if (state !== 'quoted') {
            state = 'plain';
            if (wasQuoted && run.trim() !== '') goingOn.add(done + 1);
          }
          afterReturn = false;
        }
        if (to < text.length) take(text[to] ?? '');
        at = to + 1;
      }
      return rows;
    },
    end() {
      rows = [];
      if (row.length > 0 || cell !== '' || state !== 'begin') endRow();
      return rows;
    },
    goingOn: () => goingOn,
    openQuote: () => (state === 'quoted' ? done + 1 : null),
  };
}

/** What stands between the cells, told by the beginning of the text: what makes most rows equally long, and longer than one cell. */
export function separatorOf(beginning: string): Separator {
  const [, named] = /^sep=(.)\r?\n/i.exec(beginning) ?? [];
  const said = SEPARATORS.find((one) => one === named);
  if (said !== undefined) return said;
  let best: { separator: Separator; score: number } = { separator: ',', score: 0 };
  for (const separator of SEPARATORS) {
    // The last row may be cut off.
    const rows = csvReader(separator)
      .push(`${beginning}\n`)
      .slice(0, 30)
      .filter((row) => row.length > 1 || row[0] !== '');
    const widths = new Map<number, number>();
    for (const { length } of rows) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
    const [width, alike] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
    const score = width < 2 ? 0 : (alike / rows.length) * 100 + Math.min(width, 99);
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

const FORMULA = /^[=+\-@\t\r]/;

/** A cell that no program of tables takes for a formula. */
export const asText = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** What was kept from being a formula, as it was. */
export const fromText = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;

/** Rows as text that the reader reads as the same rows. */
export function csvText(rows: readonly (readonly string[])[], separator: Separator): string {
  return rows.map((row) => `${row.map((cell) => quoted(cell, separator)).join(separator)}\r\n`).join('');
}

function quoted(cell: string, separator: Separator): string {
  const isPlain = cell !== '' && !cell.includes(separator) && !/["\r\n]|^\s|\s$/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

// A file that somebody has chosen, as rows: in the encoding it seems to have or that was said, read in pieces. It goes nowhere.

import { bytesToBase64url } from '../../../../base/base64url.ts';
import { csvReader, separatorOf, SEPARATORS } from '../../../../base/csv.ts';
import type { Separator } from '../../../../base/csv.ts';
import { breather } from './breathe.ts';

/** As browsers name them. What is not Unicode cannot be told from another: it is shown, and somebody says. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1256'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface ListRow {
  /** As programs of tables count, from one. */
  readonly n: number;
  readonly cells: readonly string[];
  /** Its first and last line, where they are several, or it is not sure. */
  readonly lines?: readonly [number, number];
  /** A cell goes on behind its closing quote. */
  readonly isUnsure?: true;
}

export interface List {
  readonly name: string;
  /** Of its bytes: by it the same list is known again. */
  readonly digest: string;
  readonly encoding: Encoding;
  readonly separator: Separator;
  /** All that are not empty, the first one too. */
  readonly rows: readonly ListRow[];
}

/** Why it is no list: nothing in it, too much, too many columns, no text at all, or a quote that was opened in this row and not closed. */
export type ListFault =
  | { readonly fault: 'empty' | 'big' | 'rows' | 'kind' | 'gone' }
  | { readonly fault: 'quote'; readonly n: number };

export const BYTES_MOST = 32 * 1024 * 1024;
export const ROWS_MOST = 20_000;
const COLUMNS_MOST = 200;
const PIECE = 128 * 1024;
const BEGINNING = 64 * 1024;
/** A first line by which some programs say what stands between cells. */
const NAMED = /^sep=.\r?\n/i;

/** Reads it; never throws for what is in it. */
export async function readList(file: File, said: { encoding?: Encoding } = {}): Promise<List | ListFault> {
  if (file.size > BYTES_MOST) return { fault: 'big' };
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    // Taken away, or changed, since it was chosen.
    return { fault: 'gone' };
  }
  const digest = bytesToBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  const found = said.encoding ?? byMark(bytes) ?? 'utf-8';
  if (isNoText(bytes, found)) return { fault: 'kind' };
  const isSure = said.encoding !== undefined || byMark(bytes) !== null;
  const read =
    (await rowsIn(bytes, found, isSure)) ?? (await rowsIn(bytes, isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252', true));
  if (read === null || read.rows.length === 0) return { fault: 'empty' };
  if (read.rows.length > ROWS_MOST + 1) return { fault: 'rows' };
  if (read.rows.some(({ cells }) => cells.length > COLUMNS_MOST)) return { fault: 'big' };
  if (read.open !== null) return { fault: 'quote', n: read.open };
  const { encoding, separator, rows } = read;
  return { name: file.name, digest, encoding, separator, rows };
}

/** By the mark at its beginning, or by zeros where letters of our scripts have their other half. */
function byMark(bytes: Uint8Array): Encoding | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const some = bytes.subarray(0, 2000);
  const zeros = (half: number) => some.filter((byte, i) => byte === 0 && i % 2 === half).length;
  const [even, odd] = [zeros(0), zeros(1)];
  if (odd > some.length / 8 && even < odd / 4) return 'utf-16le';
  return even > some.length / 8 && odd < even / 4 ? 'utf-16be' : null;
}

/** Whether most of what is not ASCII is so written: one byte that was hurt on the way is to change one name, not all. */
function isMostlyUtf8(bytes: Uint8Array<ArrayBuffer>): boolean {
  const letters = new TextDecoder().decode(bytes).replace(/\p{ASCII}+/gu, '');
  return letters.replaceAll('\ufffd', '').length * 2 > letters.length;
}

/** What programs for tables keep for themselves, a printed page, a picture: not what they save for others. */
function isNoText(bytes: Uint8Array, encoding: Encoding): boolean {
  const begin = String.fromCharCode(...bytes.subarray(0, 4));
  const isWide = encoding.startsWith('utf-16');
  return begin === 'PK\u0003\u0004' || begin === '%PDF' || (!isWide && bytes.subarray(0, 4000).includes(0));
}

interface Read {
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly rows: ListRow[];
  readonly open: number | null;
}

const breaksIn = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + linesOf(cell).length - 1, 0);

/** What stands in a cell, line by line. */
export const linesOf = (cell: string): string[] => (/[\r\n]/.test(cell) ? cell.split(/\r\n?|\n/) : [cell]);

/** The rows in this encoding; null where `isSure` is not and the bytes are none of it. */
async function rowsIn(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding, isSure: boolean): Promise<Read | null> {
  const decoder = new TextDecoder(encoding, { fatal: !isSure });
  const pause = breather();
  const rows: ListRow[] = [];
  let n = 0;
  let line = 1;
  let from = 0;
  let reader: ReturnType<typeof csvReader> | undefined;
  let separator: Separator = SEPARATORS[0];
  const take = (made: string[][]) => {
    for (const cells of made) {
      n += 1;
      const first = line;
      line += 1 + breaksIn(cells);
      if (!cells.some((cell) => cell.trim() !== '')) continue;
      const isUnsure = reader?.goingOn().has(n - from) === true;
      const isLong = isUnsure || line - first > 1;
      rows.push({ n, cells, ...(isLong && { lines: [first, line - 1] as const }), ...(isUnsure && { isUnsure }) });
    }
  };
  try {
    for (let at = 0; at < bytes.length && rows.length <= ROWS_MOST + 1; at += PIECE) {
      const isLast = at + PIECE >= bytes.length;
      const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: !isLast });
      if (reader === undefined) {
        separator = separatorOf(text.slice(0, BEGINNING));
        reader = csvReader(separator);
        const own = text.replace(NAMED, '');
        from = own === text ? 0 : 1;
        n = from;
        line += from;
        take(reader.push(own));
      } else take(reader.push(text));
      await pause();
    }
  } catch (error) {
    if (error instanceof TypeError && !isSure) return null;
    throw error;
  }
  const open = reader?.openQuote() ?? null;
  take(reader?.end() ?? []);
  return { encoding, separator, rows, open };
}

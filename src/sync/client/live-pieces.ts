// A live read in pieces: each question that a read asks of its reader is watched by itself, and of a read that is done again
// only those are asked anew whose rows have changed. What did not change comes as the very same objects, so that a screen can
// tell what it need not draw again.

import { live } from './live.ts';
import type { Reader } from './reader.ts';

export interface Watching<T> {
  next(value: T): void;
  error(error: unknown): void;
}

interface Piece {
  /** The newest answer. */
  answer: Promise<unknown>;
  /** Rows it looked at have changed, and the new answer is not there yet. */
  isAsking: boolean;
  stop(): void;
}

/**
 * Watches a read until it is stopped. An answer is told when all pieces of it are as new as each other: what one commit
 * changed is shown together. Answers come newest last; one that something overtook is left out. After an error nothing more comes.
 */
export function liveInPieces<T>(
  reader: Reader,
  read: (reader: Reader) => Promise<T>,
  watching: Watching<T>,
): { unsubscribe(): void } {
  const pieces = new Map<string, Piece>();
  const is = { over: false, reading: false, stale: true };
  const end = () => {
    is.over = true;
    for (const piece of pieces.values()) piece.stop();
    pieces.clear();
  };
  const fail = (error: unknown) => {
    if (is.over) return;
    end();
    watching.error(error);
  };
  const settled = (isNew: boolean) => {
    is.stale ||= isNew;
    if (!is.reading) void readAll();
  };
  async function readAll(): Promise<void> {
    is.reading = true;
    try {
      while (is.stale && !is.over && !isAnyAsking(pieces)) {
        is.stale = false;
        const used = new Set<string>();
        const value = await read(rememberingReader(reader, pieces, { used, settled, fail }));
        // Two pieces may have been answered on both sides of a commit: behind one more read its news is heard.
        await reader.cursor();
        is.stale ||= isAnyAsking(pieces);
        if (is.over || is.stale) continue;
        for (const [key, piece] of pieces) if (!used.has(key) && pieces.delete(key)) piece.stop();
        watching.next(value);
      }
    } catch (error) {
      fail(error);
    } finally {
      is.reading = false;
    }
  }
  void readAll();
  return { unsubscribe: end };
}

const isAnyAsking = (pieces: ReadonlyMap<string, Piece>) => [...pieces.values()].some(({ isAsking }) => isAsking);

interface Told {
  readonly used: Set<string>;
  /** A piece that was asked again has its answer. */
  settled(isNew: boolean): void;
  fail(error: unknown): void;
}

/** The reader whose questions are pieces. What goes through a whole space is no piece: it would be kept in memory. */
function rememberingReader(reader: Reader, pieces: Map<string, Piece>, told: Told): Reader {
  const inPieces =
    <Args extends readonly unknown[], T>(name: string, ask: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> => {
      const key = JSON.stringify([name, ...args]);
      told.used.add(key);
      const piece = pieces.get(key) ?? begin(() => ask(...args), told);
      pieces.set(key, piece);
      return piece.answer as Promise<T>;
    };
  return {
    memberId: reader.memberId,
    userId: inPieces('userId', reader.userId),
    get: inPieces('get', reader.get),
    many: inPieces('many', reader.many),
    all: inPieces('all', reader.all),
    ids: inPieces('ids', reader.ids),
    byRef: inPieces('byRef', reader.byRef),
    newest: inPieces('newest', reader.newest),
    since: inPieces('since', reader.since),
    isWhole: inPieces('isWhole', reader.isWhole),
    draft: inPieces('draft', reader.draft),
    deliveredThrough: inPieces('deliveredThrough', reader.deliveredThrough),
    spaces: inPieces('spaces', reader.spaces),
    isStrict: inPieces('isStrict', reader.isStrict),
    files: inPieces('files', reader.files),
    cursor: inPieces('cursor', reader.cursor),
    inDepth: reader.inDepth,
  };
}

function begin(question: () => Promise<unknown>, { settled, fail }: Told): Piece {
  let last: { value: unknown } | undefined;
  let stop = () => {};
  const piece: Piece = { answer: Promise.resolve(), isAsking: false, stop: () => stop() };
  piece.answer = new Promise((resolve, reject) => {
    const watching = live(() => {
      piece.isAsking = last !== undefined;
      return question();
    }).subscribe(
      (value) => {
        const before = last;
        last = before !== undefined && isSame(before.value, value) ? before : { value };
        if (before === undefined) return resolve(value);
        piece.isAsking = false;
        if (last !== before) piece.answer = Promise.resolve(value);
        settled(last !== before);
      },
      (error: unknown) => {
        reject(error as Error);
        fail(error);
      },
    );
    stop = () => watching.unsubscribe();
  });
  // Whoever waits for the answer hears of a failure; nobody may be waiting any more.
  piece.answer.catch(() => undefined);
  return piece;
}

/** Answers are rows and plain values. */
const isSame = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other);

// The part of a text in which something was found, in pieces for the eye: text and nothing else.

import { placesIn } from './fold.ts';
import type { Term } from './fold.ts';

export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
  /** Where it begins in the whole. */
  readonly at: number;
}

const BEFORE = 60;
const LENGTH = 220;
const NEAR = 16;
const MORE = '…';

/** The whole text where it is short, else what lies around the first place; null where nothing was found in it. */
export function snippetOf(text: string, terms: readonly Term[]): Piece[] | null {
  const places = placesIn(text, terms);
  const first = places[0];
  if (first === undefined) return null;
  const from = first[0] <= BEFORE ? 0 : cutBefore(text, first[0] - BEFORE);
  const to = from + LENGTH >= text.length ? text.length : cutBefore(text, Math.max(from + LENGTH, first[1]));
  const pieces: Piece[] = [];
  const add = (start: number, end: number, isMarked: boolean) => {
    if (end > start) pieces.push({ text: text.slice(start, end), isMarked, at: start });
  };
  if (from > 0) pieces.push({ text: MORE, isMarked: false, at: -1 });
  let at = from;
  for (const [start, end] of places) {
    if (start >= to) break;
    add(at, start, false);
    add(start, Math.min(end, to), true);
    at = Math.min(end, to);
  }
  add(at, to, false);
  if (to < text.length) pieces.push({ text: MORE, isMarked: false, at: text.length });
  return pieces;
}

/** Behind a space near it, and never within a letter. */
function cutBefore(text: string, at: number): number {
  const space = text.slice(at, at + NEAR).search(/\s/);
  if (space >= 0) return at + space;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

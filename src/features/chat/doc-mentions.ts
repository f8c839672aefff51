// Who is mentioned in a message: by a reference to the row that says how he is called, beside the words as they were written,
// which are shown whole: where the row says another name by now, that one stands beside them.

/** `who`: the row of one of the staff, of the client, or in a community of who takes part. `at`, `length`: where in the words. */
export type Mention = { readonly who: string; readonly at: number; readonly length: number };

/** Somebody who was chosen from the list, as he was called there. */
export interface Chosen {
  readonly who: string;
  readonly name: string;
}

export const MENTIONS_MAX = 20;
export const MENTION_LENGTH_MAX = 201;

/** Whether the mentions lie in the words, in order, none over another, each where an `@` is written. */
export function areMentionsOf(body: string, mentions: readonly Mention[]): boolean {
  return mentions.every(({ at, length }, i) => {
    const before = mentions[i - 1];
    return body[at] === '@' && at + length <= body.length && (!before || before.at + before.length <= at);
  });
}

/** Those of the chosen whose names still stand in the words, where they do: of two of one name the first chosen is meant first. */
export function mentionsIn(body: string, chosen: readonly Chosen[]): Mention[] {
  const found: Mention[] = [];
  for (const { who, name } of chosen) {
    const written = `@${name}`;
    let at = body.indexOf(written);
    while (at >= 0 && !isFree(body, { at, length: written.length }, found)) at = body.indexOf(written, at + 1);
    if (at >= 0 && found.length < MENTIONS_MAX) found.push({ who, at, length: written.length });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** What was chosen for mentions that stand in these words: for who words them anew. */
export function chosenIn(body: string, mentions: readonly Mention[]): Chosen[] {
  return mentions.map(({ who, at, length }) => ({ who, name: body.slice(at + 1, at + length) }));
}

/** Whether who was mentioned so is called otherwise by now, as far as that is known: what was written is shown all the same. */
export const isCalledOtherwise = (written: string, name: string | undefined): boolean =>
  name !== undefined && written !== `@${name}`;

const LETTER = /[\p{L}\p{N}]/u;

/** Nobody else is meant there, and the name does not go on: “@Ann” is not in “@Anna”. */
function isFree(body: string, { at, length }: Omit<Mention, 'who'>, found: readonly Mention[]): boolean {
  if (LETTER.test(body[at + length] ?? '') || LETTER.test(body[at - 1] ?? '')) return false;
  return found.every((one) => one.at + one.length <= at || at + length <= one.at);
}

export interface MentionPiece {
  readonly text: string;
  readonly at: number;
  readonly who?: string;
}

/** The words in pieces, in order and whole; mentions that are none of these words are left out. */
export function piecesWith(body: string, mentions: readonly Mention[]): MentionPiece[] {
  if (!areMentionsOf(body, mentions)) return [{ text: body, at: 0 }];
  const pieces: MentionPiece[] = [];
  let from = 0;
  for (const { who, at, length } of mentions) {
    if (at > from) pieces.push({ text: body.slice(from, at), at: from });
    pieces.push({ text: body.slice(at, at + length), at, who });
    from = at + length;
  }
  if (from < body.length) pieces.push({ text: body.slice(from), at: from });
  return pieces;
}

/** What is being typed after an `@` that begins a word, up to the caret; null where nothing is. */
export function asked(body: string, caret: number): { at: number; typed: string } | null {
  const before = body.slice(Math.max(0, caret - ASKED_MAX), caret);
  const last = before.lastIndexOf('@');
  const typed = before.slice(last + 1);
  if (last < 0 || LETTER.test(before[last - 1] ?? '') || typed.includes('\n') || typed.startsWith(' ')) return null;
  return { at: caret - typed.length - 1, typed };
}

const ASKED_MAX = 41;

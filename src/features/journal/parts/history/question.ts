// What somebody asks of a journal's history. Kept in memory only: words looked for, kinds and days all tell of health, and addresses
// are written to disk in the clear.

import type { Question } from './shelf.ts';

export const NOTHING_ASKED: Question = {
  words: '',
  kinds: [],
  from: '',
  to: '',
  withComments: false,
  notSeen: false,
  notPrivate: false,
};

let kept: { readonly client: string; readonly question: Question } | null = null;

/** What was asked of this chart last, so that one comes back to it from an entry. */
export const keptQuestion = (client: string): Question => (kept?.client === client ? kept.question : NOTHING_ASKED);

export function keepQuestion(client: string, question: Question): void {
  kept = { client, question };
}

export const isAsked = (question: Question): boolean => question.words.trim() !== '' || isFiltered(question);

export function isFiltered({ kinds, from, to, withComments, notSeen }: Question): boolean {
  return kinds.length > 0 || from !== '' || to !== '' || withComments || notSeen;
}

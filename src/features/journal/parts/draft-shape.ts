// What a kept draft must look like to be brought back. Looser than what can be saved: words that are too long to be sent
// are kept all the same.

import type { Json, JsonObject } from '../../../base/json.ts';
import { QUESTION_NAMES, QUESTIONS } from '../../entry-kind/schema.ts';
import type { Question } from '../../entry-kind/schema.ts';
import { medium } from '../../file/schema.ts';
import type { Medium } from '../../file/schema.ts';
import type { JournalContent } from '../schema.ts';
import type { When } from './when.ts';

export type EntryDraft = {
  /** A built-in kind, or the id of one of the practice's own. */
  readonly kind: string;
  readonly content: JournalContent;
  readonly when: When;
  /** For its author alone. */
  readonly isPrivate?: boolean;
};

export function asEntryDraft({ kind, content, when, isPrivate }: JsonObject): EntryDraft | null {
  const written = asContent(content);
  if (typeof kind !== 'string' || written === null) return null;
  // What was meant for its author alone must never come back as what others read.
  return { kind, content: written, when: asWhen(when), ...(isPrivate === true && { isPrivate }) };
}

export function asEditDraft({ content }: JsonObject): { content: JournalContent } | null {
  const written = asContent(content);
  return written && { content: written };
}

/** A comment as it is written. */
export type Said = { readonly body: string; readonly media?: Medium[] | undefined };

export function asCommentDraft({ body, media }: JsonObject): Said | null {
  return typeof body === 'string' ? { body, ...mediaOf(media) } : null;
}

function asContent(value: Json | undefined): JournalContent | null {
  if (!isObject(value) || typeof value['text'] !== 'string') return null;
  const { text, own, ownSensitive, media } = value;
  const answers = QUESTION_NAMES.filter((name) => isAnswerTo(QUESTIONS[name], value[name]));
  return {
    text,
    ...Object.fromEntries(answers.map((name) => [name, value[name]])),
    ...(isObject(own) && { own: ownAnswersIn(own) }),
    ...(isObject(ownSensitive) && { ownSensitive: ownAnswersIn(ownSensitive) }),
    ...mediaOf(media),
  };
}

function mediaOf(value: Json | undefined): { media?: Medium[] } {
  const media = (Array.isArray(value) ? value : []).flatMap((one) => medium.safeParse(one).data ?? []);
  return media.length > 0 ? { media } : {};
}

function isAnswerTo(question: Question, answer: Json | undefined): boolean {
  if (question.is === 'choice') return question.of.some((one) => one === answer);
  return typeof answer === (question.is === 'line' ? 'string' : 'number');
}

function ownAnswersIn(value: JsonObject): Record<string, string | number> {
  const isAnswer = (answer: Json | undefined) => typeof answer === 'string' || typeof answer === 'number';
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string | number] => isAnswer(entry[1])),
  );
}

function asWhen(value: Json | undefined): When {
  const mode = isObject(value) ? value['mode'] : undefined;
  const local = isObject(value) ? value['local'] : undefined;
  return (mode === 'earlier' || mode === 'yesterday') && typeof local === 'string'
    ? { mode, local }
    : { mode: 'now', local: '' };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

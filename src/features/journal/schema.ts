import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import {
  FACES_MOST,
  isSensitive,
  kindName,
  OWN_LINE_MAX,
  OWN_NUMBER,
  QUESTION_NAMES,
  QUESTIONS,
} from '../entry-kind/schema.ts';
import type { Question, QuestionName } from '../entry-kind/schema.ts';
import { id, instant, zone } from '../fields.ts';
import { fileId, fileIdsOf, mediaList } from '../file/schema.ts';

export const ENTRY_MAX = 20_000;
export const COMMENT_MAX = 10_000;

/** What the protective view keeps from a client, in entries, wordings and drafts alike. */
export const SENSITIVE_NAMES = QUESTION_NAMES.filter(isSensitive);
const HIDDEN = [...SENSITIVE_NAMES, 'ownSensitive'] as const;
const sensitive = { fields: HIDDEN.map((member) => `content.${member}`) };

type AnswerTo<Q extends Question> = Q extends { is: 'choice'; of: readonly (infer One)[] }
  ? One
  : Q extends { is: 'line' }
    ? string
    : number;
const OWN_MOST = 30;
const ownAnswers = z
  .record(
    id,
    z.union([
      z.string().check(z.maxLength(OWN_LINE_MAX)),
      z.number().check(z.gte(OWN_NUMBER.least), z.lte(OWN_NUMBER.most)),
    ]),
  )
  .check(z.refine((answers) => Object.keys(answers).length <= OWN_MOST, 'too many'));

/** Each question's schema: the one of its answers is the one that its table row says. */
type AnswerSchemas = {
  readonly [Name in QuestionName]: z.ZodMiniOptional<z.ZodMiniType<AnswerTo<(typeof QUESTIONS)[Name]>>>;
};
const answers = Object.fromEntries(
  QUESTION_NAMES.map((name) => [name, z.optional(answerTo(QUESTIONS[name]))]),
) as AnswerSchemas;

const media = z.optional(mediaList);

/** What was written. Everything but the words is optional and stands with the kinds that ask it. */
export const journalContent = z.strictObject({
  text: z.string().check(z.maxLength(ENTRY_MAX)),
  ...answers,
  /** Answers to questions of the practice's own, by their ids. */
  own: z.optional(ownAnswers),
  /** Those to questions that the practice has called sensitive. */
  ownSensitive: z.optional(ownAnswers),
  media,
});
export type JournalContent = z.infer<typeof journalContent>;
export type OwnAnswers = z.infer<typeof ownAnswers>;

function answerTo(question: Question): z.ZodMiniType<string | number> {
  switch (question.is) {
    case 'choice':
      return z.enum(question.of as [string, ...string[]]);
    case 'line':
      return z.string().check(z.maxLength(question.longest));
    case 'faces':
      return z.number().check(z.int(), z.gte(1), z.lte(FACES_MOST));
    case 'scale':
      return z.number().check(z.int(), z.gte(question.least), z.lte(question.most));
    case 'number':
      return z.number().check(z.gte(question.least), z.lte(question.most));
  }
}

const entryFields = z.object({
  client: id,
  kind: kindName,
  at: instant,
  zone,
  content: journalContent,
});
export type JournalEntry = z.infer<typeof entryFields>;

const revisionFields = z.object({ entry: id, at: instant, zone, content: journalContent });
export type JournalRevision = z.infer<typeof revisionFields>;

/** What is said under an entry: words, or what was photographed or spoken instead, or both. */
export const said = { body: z.string().check(z.maxLength(COMMENT_MAX)), media };

const commentFields = z.object({ entry: id, at: instant, zone, ...said });
export type JournalComment = z.infer<typeof commentFields>;

/** What the reader had before him: the entry or revision, and the author's newest comment. Absent in what older devices sent. */
export const readSoFar = { wording: z.optional(id), comment: z.optional(id) };

interface Readable {
  readonly by: string;
  readonly wordings: readonly { readonly id: string }[];
  readonly comments: readonly { readonly id: string; readonly by: string }[];
}

/** What was before the reader of this entry: the wording, and the client's newest comment. */
export function readSoFarOf({ by, wordings, comments }: Readable): { wording?: string; comment?: string } {
  const wording = wordings.at(-1)?.id;
  const comment = comments.filter((one) => one.by === by).at(-1)?.id;
  return { ...(wording && { wording }), ...(comment && { comment }) };
}

const reviewFields = z.object({ entry: id, ...readSoFar, at: instant, zone });
export type JournalReview = z.infer<typeof reviewFields>;

/** What a client wrote [Observation]: never changed; a correction is a revision that points at it. */
export const journalEntryRecord = defineRecord({
  name: 'journalEntry',
  schemaVersion: 1,
  sensitive,
  fields: entryFields,
  index: { time: 'at' },
});

/** A later wording of an entry; the newest in commit order is the one shown. */
export const journalRevisionRecord = defineRecord({
  name: 'journalRevision',
  schemaVersion: 1,
  sensitive,
  fields: revisionFields,
  index: { ref: 'entry', time: 'at' },
});

/** Words under an entry, by the care team or the client. */
export const journalCommentRecord = defineRecord({
  name: 'journalComment',
  schemaVersion: 1,
  fields: commentFields,
  index: { ref: 'entry', time: 'at' },
});

/** A member of the care team has seen the entry. */
export const journalReviewRecord = defineRecord({
  name: 'journalReview',
  schemaVersion: 1,
  fields: reviewFields,
  index: { ref: 'entry', time: 'at' },
});

/** A fixed set with names: nobody has to guess what a face means. The order is that of the keys 1 to 6. */
export const REACTIONS = ['with-you', 'hear-you', 'thank-you', 'well-done', 'strength', 'talk'] as const;
export type ReactionName = (typeof REACTIONS)[number];

const reactionFields = z.object({ entry: id, ...readSoFar, reaction: z.enum(REACTIONS), at: instant, zone });
export type JournalReaction = z.infer<typeof reactionFields>;

/** A word of the care team about an entry, without a composer; the client sees it there. */
export const journalReactionRecord = defineRecord({
  name: 'journalReaction',
  schemaVersion: 1,
  fields: reactionFields,
  index: { ref: 'entry', time: 'at' },
});

/** `seen`: told when somebody has seen an entry; `reply`: only with a reply; `never`: not told. */
export const RECEIPTS = ['seen', 'reply', 'never'] as const;
export type Receipts = (typeof RECEIPTS)[number];

const receiptsFields = z.object({ client: id, receipts: z.enum(RECEIPTS) });
export type JournalReceipts = z.infer<typeof receiptsFields>;

/** What a client wants to be told, under the client's own id. One person's wish: the last one in commit order holds. */
export const journalReceiptsRecord = defineRecord({
  name: 'journalReceipts',
  schemaVersion: 1,
  fields: receiptsFields,
});

const givenUpFields = z.object({ entry: id, file: fileId, at: instant, zone });
export type JournalGivenUp = z.infer<typeof givenUpFields>;

/** A file that an entry or a comment names and that will not come: its author has discarded it before it was sent. */
export const journalGivenUpRecord = defineRecord({
  name: 'journalGivenUp',
  schemaVersion: 1,
  fields: givenUpFields,
  index: { ref: 'file' },
});

/** Whether there is anything in it worth keeping. */
export function hasContent({ text, ...answers }: JournalContent): boolean {
  return text.trim() !== '' || Object.values(answers).some(isAnswer);
}

/** The same of a comment. */
export function hasSaid({
  body,
  media: there = [],
}: {
  body: string;
  media?: readonly unknown[] | undefined;
}): boolean {
  return body.trim() !== '' || there.length > 0;
}

/** The ids of all files in it. */
export const filesIn = ({ media: there = [] }: Pick<JournalContent, 'media'>): string[] => fileIdsOf(there);

/** The content as a protected client may have it. */
export function withoutSensitive(content: JournalContent): JournalContent {
  const kept = Object.entries(content).filter(([member]) => !HIDDEN.some((hidden) => hidden === member));
  return { text: content.text, ...Object.fromEntries(kept) };
}

function isAnswer(answer: unknown): boolean {
  if (typeof answer === 'object' && answer !== null) return Object.values(answer).some(isAnswer);
  return answer !== undefined && answer !== '';
}

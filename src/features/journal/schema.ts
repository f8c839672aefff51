import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, words, zone } from '../fields.ts';

export const JOURNAL_KINDS = ['reflection', 'food', 'mood', 'symptom'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

export const ENTRY_MAX = 20_000;
export const COMMENT_MAX = 10_000;

export const MEALS = ['breakfast', 'lunch', 'dinner', 'snack'] as const;

/** Energy and portion of a meal, and weight beside a symptom: in this order of members the least and the most. */
export const NUMBERS = { energyKcal: [0, 20_000], portionG: [0, 20_000], weightKg: [1, 700] } as const;
export type JournalNumber = keyof typeof NUMBERS;

/** What the protective view keeps from a client, in entries, wordings and drafts alike. */
export const SENSITIVE_MEMBERS = ['energyKcal', 'portionG', 'weightKg'] as const satisfies JournalNumber[];
const sensitive = { fields: SENSITIVE_MEMBERS.map((member) => `content.${member}`) };

const numberIn = ([least, most]: readonly [number, number]) => z.optional(z.number().check(z.gte(least), z.lte(most)));

/** What was written. Every field but the words is optional and stands with the kinds that use it. */
export const journalContent = z.strictObject({
  text: z.string().check(z.maxLength(ENTRY_MAX)),
  meal: z.optional(z.enum(MEALS)),
  /** 1 (very low) to 5 (very good). */
  mood: z.optional(z.number().check(z.int(), z.gte(1), z.lte(5))),
  /** 0 (none) to 10 (worst). */
  severity: z.optional(z.number().check(z.int(), z.gte(0), z.lte(10))),
  energyKcal: numberIn(NUMBERS.energyKcal),
  portionG: numberIn(NUMBERS.portionG),
  weightKg: numberIn(NUMBERS.weightKg),
});
export type JournalContent = z.infer<typeof journalContent>;

const entryFields = z.object({
  client: id,
  kind: z.enum(JOURNAL_KINDS),
  at: instant,
  zone,
  content: journalContent,
});
export type JournalEntry = z.infer<typeof entryFields>;

const revisionFields = z.object({ entry: id, at: instant, zone, content: journalContent });
export type JournalRevision = z.infer<typeof revisionFields>;

const commentFields = z.object({ entry: id, at: instant, zone, body: words(COMMENT_MAX) });
export type JournalComment = z.infer<typeof commentFields>;

/** What the reader had before him: the entry or revision, and the author's newest comment. Absent in what older devices sent. */
export const readSoFar = { wording: z.optional(id), comment: z.optional(id) };

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

const noReplyFields = z.object({ entry: id, at: instant, zone });

/** For the care team alone: whoever read it says that it needs no reply. It has the id of the review made with it. */
export const journalNoReplyRecord = defineRecord({
  name: 'journalNoReply',
  schemaVersion: 1,
  fields: noReplyFields,
  index: { ref: 'entry', time: 'at' },
});

const snoozeFields = z.object({ entry: id, ...readSoFar, until: instant, at: instant, zone });
export type JournalSnooze = z.infer<typeof snoozeFields>;

/** One reader's own: not before this time, unless the client says something new. */
export const journalSnoozeRecord = defineRecord({
  name: 'journalSnooze',
  schemaVersion: 1,
  fields: snoozeFields,
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

/** Whether there is anything in it worth keeping. */
export function hasContent({ text, ...answers }: JournalContent): boolean {
  return text.trim() !== '' || Object.values(answers).some((answer) => answer !== undefined);
}

/** The content as a protected client may have it. */
export function withoutSensitive(content: JournalContent): JournalContent {
  const { energyKcal: _energy, portionG: _portion, weightKg: _weight, ...rest } = content;
  return rest;
}

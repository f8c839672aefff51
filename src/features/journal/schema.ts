import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { FILE_MAX_BYTES, isFileId } from '../../sync/core/files.ts';
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

export const PHOTOS_MAX = 8;

/** A file beside the rows: which, what opens it, how long it is. Whoever may read the row can open it. */
const fileRef = {
  id: z.string().check(z.refine(isFileId)),
  key: z.string().check(z.regex(/^[\w-]{43}$/)),
  size: z.number().check(z.int(), z.gte(1), z.lte(FILE_MAX_BYTES)),
};
const pixels = z.number().check(z.int(), z.gte(1), z.lte(10_000));

/** A photo and its small form for lists; made anew on the device, so it is always of this type. */
export const journalPhoto = z.strictObject({
  ...fileRef,
  type: z.literal('image/jpeg'),
  width: pixels,
  height: pixels,
  thumb: z.strictObject(fileRef),
});
export type JournalPhoto = z.infer<typeof journalPhoto>;

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
  media: z.optional(z.array(journalPhoto).check(z.minLength(1), z.maxLength(PHOTOS_MAX))),
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

/** `wording`: the entry or revision that was read; absent in what older devices sent. */
const reviewFields = z.object({ entry: id, wording: z.optional(id), at: instant, zone });
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

/** Whether there is anything in it worth keeping. */
export function hasContent({ text, ...answers }: JournalContent): boolean {
  return text.trim() !== '' || Object.values(answers).some((answer) => answer !== undefined);
}

/** The ids of all files in it. */
export function filesIn({ media = [] }: JournalContent): string[] {
  return media.flatMap(({ id: photo, thumb }) => [photo, thumb.id]);
}

/** The content as a protected client may have it. */
export function withoutSensitive(content: JournalContent): JournalContent {
  const { energyKcal: _energy, portionG: _portion, weightKg: _weight, ...rest } = content;
  return rest;
}

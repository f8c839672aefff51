// What is said in a conversation, as a document: a log that everybody appends to under his own name, and what each says of it for
// himself: how far he has read, what he thinks of a message, which of his own he takes back. Here is what the server holds to.

import * as z from 'zod/mini';
import type { JsonObject } from '../../base/json.ts';
import type { AppendedBy, DocKind, DocNews } from '../../sync/core/doc-kind.ts';
import { parseDocName } from '../../sync/core/doc-kind.ts';
import type { Principal } from '../../sync/core/policy.ts';
import { holdsCrisisWords } from '../crisis-words.ts';
import { id, instant } from '../fields.ts';
import { fileId, mediaList, PHOTOS_MAX, VOICES_MAX } from '../file/schema.ts';
import { isStaff } from '../spaces.ts';
import { doIntent, holdsWordsOf } from './doc-here.ts';
import { areMentionsOf, MENTION_LENGTH_MAX, MENTIONS_MAX } from './doc-mentions.ts';
import type { Mention } from './doc-mentions.ts';
import { AUTOMATIC_CAUSES, CHAT, MESSAGES, READ, SEGMENT_ITEMS, SEGMENTS } from './doc-names.ts';
import type { ChatMessage } from './doc-names.ts';
import { AUTOMATIC, CHAT_REACTIONS, MESSAGE_BYTES, MESSAGE_MAX, saysSomething, SEEN_CHARS } from './doc-shape.ts';
import type { ReadMark } from './doc-shape.ts';
import { chatPolicy, maySay, maySayStill } from './policy.ts';
import type { Head, Waiting } from './schema-head.ts';
import { CONVERSATION, HEAD } from './schema.ts';
import type { Conversation } from './schema.ts';

const signer = z.string().check(z.minLength(1), z.maxLength(100));

const mention: z.ZodMiniType<Mention> = z.strictObject({
  who: id,
  at: z.number().check(z.int(), z.gte(0)),
  length: z.number().check(z.int(), z.gte(2), z.lte(MENTION_LENGTH_MAX)),
});
const chatMessage: z.ZodMiniType<ChatMessage> = z
  .strictObject({
    id,
    by: signer,
    at: instant,
    body: z.string().check(z.maxLength(MESSAGE_MAX)),
    replyTo: z.exactOptional(id),
    corrects: z.exactOptional(id),
    media: z.exactOptional(mediaList),
    mentions: z.exactOptional(z.array(mention).check(z.minLength(1), z.maxLength(MENTIONS_MAX))),
    scheduled: z.exactOptional(instant),
    automatic: z.exactOptional(z.literal(true)),
    cause: z.exactOptional(z.enum(AUTOMATIC_CAUSES)),
    onBehalfOf: z.exactOptional(signer),
  })
  .check(
    z.refine(saysSomething, 'empty'),
    z.refine(({ body, mentions = [] }) => areMentionsOf(body, mentions), {
      path: ['mentions'],
      error: 'not in the body',
    }),
    // An item is its sender's: so what is called automatic is the practice's alone, and all that it says is called so.
    z.refine(({ by, automatic, cause, onBehalfOf }) =>
      by === AUTOMATIC ? automatic === true : !automatic && !cause && !onBehalfOf,
    ),
  );
const discarded = z.array(fileId).check(z.minLength(1), z.maxLength(PHOTOS_MAX + VOICES_MAX));
const reaction = z.enum(CHAT_REACTIONS);
const seen = z.string().check(z.regex(/^(?:[0-9a-f]{6})*$/), z.maxLength(SEEN_CHARS * SEGMENT_ITEMS));
const readMark: z.ZodMiniType<ReadMark> = z.strictObject({ id, at: instant, seen: z.exactOptional(seen) });

export const chatKind: DocKind = {
  name: CHAT,
  row: CONVERSATION,
  policy: chatPolicy,
  roots: {
    [MESSAGES]: {
      rule: 'log',
      parse: (value) => chatMessage.parse(value),
      author: 'by',
      itemBytes: MESSAGE_BYTES,
      may: maySay,
      mayItem: maySayStill,
    },
    'by:*': {
      rule: 'own',
      parse: parseOwn,
      valueBytes: 200 + SEEN_CHARS * SEGMENT_ITEMS,
      mostKeys: 4 * SEGMENTS.items,
    },
    server: { rule: 'server' },
  },
  segments: SEGMENTS,
  isClosed: (row) => ((row as Conversation).closed ?? null) !== null,
  schemaVersion: 1,
  header: { type: HEAD, fields: headAfter, holdsWordsOf },
  // Of each other clients know sign-ins, which sign, and no memberships (ADR 28).
  hidesAuthors: true,
  sees: seenOfOthers,
  redo: doIntent,
};

/** Who has a conversation open is for the staff among themselves; all others are told who writes, and nothing while nobody does. */
function seenOfOthers(reader: Principal, { here, typing }: JsonObject): JsonObject | null {
  if (isStaff(reader)) return { ...(here === true && { here }), ...(typing === true && { typing }) };
  return typing === true ? { typing } : null;
}

function parseOwn(key: string, value: unknown): void {
  if (key === READ) return void readMark.parse(value);
  const [what = '', message = ''] = key.split(/:(.*)/s);
  id.parse(message);
  if (what === 'react') reaction.parse(value);
  else if (what === 'retract') instant.parse(value);
  else if (what === 'discard') discarded.parse(value);
  else throw new Error('no such key');
}

function headAfter(before: JsonObject | null, { document, seq, appended, at }: DocNews): JsonObject {
  const head = (before ?? { segment: 1, seq: 0, counts: {} }) as Head;
  const segment = parseDocName(document)?.segment ?? 1;
  const said = appended.flatMap(({ root, value }) => (root === MESSAGES ? [value as ChatMessage] : []));
  const counts = { ...head.counts };
  for (const { by } of said) counts[by] = (counts[by] ?? 0) + 1;
  const came = { ...head.came };
  for (const { by } of said) came[by] = at;
  const newest = said.at(-1);
  const last = newest && { id: newest.id, by: newest.by, at: newest.at, cameAt: at };
  // What happens late in an earlier part sends nobody to fetch the present one; and no part is stepped over.
  const isPresent = segment === head.segment || segment === head.segment + 1;
  const end = isPresent ? { segment, seq } : { segment: head.segment, seq: head.seq };
  const mentioned = mentionedAfter(head, said, at);
  return { ...head, ...end, counts, ...(last && { last, came }), ...mentioned, ...dutyAfter(head, appended, at) };
}

/** Who words anew what he has said before calls nobody again. */
function mentionedAfter({ mentioned }: Head, said: readonly ChatMessage[], at: string): Pick<Head, 'mentioned'> {
  const calls = said.flatMap(({ by, corrects, mentions = [] }) =>
    corrects === undefined ? mentions.map(({ who }) => [who, { by, at }] as const) : [],
  );
  if (calls.length === 0) return {};
  const all = [...Object.entries(mentioned ?? {}), ...calls].sort(([, a], [, b]) => (a.at < b.at ? -1 : 1));
  return { mentioned: Object.fromEntries(all.slice(-MENTIONED_MOST)) };
}

/** More than one message can mention: who was is told at once, and then it is no news. */
const MENTIONED_MOST = 3 * MENTIONS_MAX;

const LATE_MS = 3_600_000;
const isLate = (written: string, came: string): boolean => Date.parse(came) - Date.parse(written) > LATE_MS;

/** Of many that wait so many are named; the first of all, and what sorts first, before others. */
const WAITING_MOST = 20;

/** What waits for an answer: a message of somebody who is no staff, until one of the staff says something. */
function dutyAfter(head: Head, appended: readonly AppendedBy[], at: string): Pick<Head, 'waiting' | 'answeredAt'> {
  let { waiting, answeredAt } = head;
  for (const { root, value, roles } of appended) {
    if (root !== MESSAGES) continue;
    const { id: message, body, corrects, automatic, scheduled, at: written } = value as ChatMessage;
    // What the practice says by itself neither asks for an answer nor is one.
    if (automatic) continue;
    if (!isStaff({ roles })) {
      const marks = {
        ...(holdsCrisisWords(body) && { risk: true as const }),
        ...(isLate(written, at) && { late: true as const }),
      };
      waiting = least([...(waiting ?? []), { message, at, ...marks }]);
    } else if (scheduled !== undefined) {
      // Written before she asked, it is no answer to that, whenever it goes. No device has it answer what is still to come.
      const answered = scheduled < at ? scheduled : at;
      waiting = (waiting ?? []).filter((one) => one.at > answered);
      answeredAt = [answeredAt ?? answered, answered].sort().at(-1);
    } else if (corrects === undefined) {
      // Who words anew what he has said before has answered nothing.
      [waiting, answeredAt] = [[], at];
    }
  }
  return { ...(waiting && { waiting }), ...(answeredAt && { answeredAt }) };
}

function least(waiting: Waiting[]): Waiting[] {
  if (waiting.length <= WAITING_MOST) return waiting;
  // The first says since when it waits, the newest that she has written again.
  const plain = waiting.findIndex(({ risk }, i) => i > 0 && i < waiting.length - 1 && risk === undefined);
  return waiting.toSpliced(plain > 0 ? plain : 1, 1);
}

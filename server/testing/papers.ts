// Kinds of documents that only tests know, on the cards of the harness: a talk with a root of each plain rule and a header row,
// a page of rich text that the care team alone writes, and a chapter in segments of a few.

import * as z from 'zod/mini';
import { isCareTeam, isSelf } from '../../src/features/spaces.ts';
import { defineRecord } from '../../src/sync/core/declare.ts';
import type { DocKind, LogRoot } from '../../src/sync/core/doc-kind.ts';
import type { Policy, Rule } from '../../src/sync/core/policy.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { declared as board } from '../../src/sync/testing/board.ts';

const both: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);
const policy: Policy = { read: both, update: both };

const message = z.strictObject({ id: z.string(), by: z.string(), text: z.string().check(z.maxLength(2000)) });
const messages: LogRoot = { rule: 'log', parse: (value) => message.parse(value), author: 'by', itemBytes: 3000 };

const talk: DocKind = {
  name: 'talk',
  row: 'card',
  policy,
  roots: {
    messages,
    notes: { ...messages, may: isCareTeam },
    'by:*': { rule: 'own', parse: (_, value) => void z.number().parse(value), valueBytes: 100, mostKeys: 100 },
    server: { rule: 'server' },
  },
  schemaVersion: 1,
  header: {
    type: 'talkHead',
    fields: (before, { seq, appended, at }) => ({ seq, said: Number(before?.['said'] ?? 0) + appended.length, at }),
  },
};

const page: DocKind = {
  name: 'page',
  row: 'card',
  policy: { read: both, update: isCareTeam },
  roots: { text: { rule: 'text', nodes: { paragraph: ['align'] }, marks: ['bold'], depth: 4 } },
  schemaVersion: 1,
};

/** Messages in one chapter. */
export const CHAPTER = 3;
const chapter: DocKind = {
  name: 'chapter',
  row: 'card',
  policy,
  roots: { messages },
  segments: { root: 'messages', items: CHAPTER },
  schemaVersion: 1,
};

const headRecord = defineRecord({
  name: 'talkHead',
  schemaVersion: 1,
  fields: z.object({ seq: z.number(), said: z.number(), at: z.string() }),
});

/** The board's nouns, and papers. */
export const declared: Declarations = {
  ...board,
  recordTypes: { ...board.recordTypes, talkHead: headRecord },
  policies: { ...board.policies, talkHead: { read: both } },
  documents: { talk, page, chapter },
};

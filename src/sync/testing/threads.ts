// Documents of the harness: a thread beside the board's cards, with segments, a header row, a log that everybody signs, and what
// each says for himself. Declared beside the real nouns.

import * as z from 'zod/mini';
import { authored, id } from '../../features/fields.ts';
import { chartOf } from '../../features/space-names.ts';
import { isCareTeam, isSelf } from '../../features/spaces.ts';
import type { JsonObject } from '../../base/json.ts';
import { defineMutator, defineRecord } from '../core/declare.ts';
import { docName } from '../core/doc-kind.ts';
import type { DocKind, DocRoots } from '../core/doc-kind.ts';
import type { Policy, Rule } from '../core/policy.ts';
import type { Declarations } from '../core/run.ts';
import { declared as board } from './board.ts';

const threadRecord = defineRecord({ name: 'thread', schemaVersion: 1, fields: z.object({ client: id }) });

const headRecord = defineRecord({
  name: 'threadHead',
  schemaVersion: 1,
  fields: z.object({ segment: z.number(), seq: z.number(), said: z.number(), at: z.string() }),
});

const both: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);
const policy: Policy = { read: both, create: both, update: both, delete: both };

const begin = defineMutator({
  name: 'thread.begin',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, client: id }),
  reads: (a) => [{ type: 'thread', id: a.id }],
  resource: (a) => ({ type: 'thread', id: a.id, space: chartOf(a.client), author: a.by }),
  run(tx, a) {
    if (tx.get('thread', a.id) !== undefined) return { code: 'already-there' };
    tx.insert('thread', { id: a.id, space: chartOf(a.client), fields: { client: a.client } });
    return undefined;
  },
});

const saying = z.strictObject({ id, by: z.string(), text: z.string().check(z.maxLength(200)) });

/** Few, so that a history meets the end of a segment. */
export const SEGMENT_ITEMS = 8;

const thread: DocKind = {
  name: 'thread',
  row: 'thread',
  policy,
  roots: {
    says: { rule: 'log', parse: (value) => saying.parse(value), author: 'by', itemBytes: 1000 },
    'by:*': {
      rule: 'own',
      parse: (key, value) => void z.tuple([id, z.number()]).parse([key, value]),
      valueBytes: 100,
      mostKeys: 1000,
    },
  },
  segments: { root: 'says', items: SEGMENT_ITEMS },
  schemaVersion: 1,
  header: {
    type: 'threadHead',
    fields(before, { document, seq, appended, at }) {
      const segment = Number(document.split(':')[2]);
      const said = Number(before?.['said'] ?? 0) + appended.length;
      // What is said late in a segment that is full tells nobody to fetch the present one.
      if (segment < Number(before?.['segment'] ?? 0)) return { ...before, said, at };
      return { segment, seq, said, at };
    },
  },
  redo,
};

function redo(doc: DocRoots, { say, mark }: JsonObject): boolean {
  if (say !== undefined) {
    const says = doc.getArray('says');
    const isThere = says.toArray().some((item) => (item as JsonObject)['id'] === (say as JsonObject)['id']);
    if (!isThere) says.push([say as JsonObject]);
    return true;
  }
  const { root, key, value } = mark as { root: string; key: string; value: number };
  const own = doc.getMap(root);
  if (own.get(key) !== value) own.set(key, value);
  return true;
}

/** The board's nouns, and threads. */
export const declared: Declarations = {
  ...board,
  recordTypes: { ...board.recordTypes, thread: threadRecord, threadHead: headRecord },
  policies: { ...board.policies, thread: policy, threadHead: { read: both } },
  mutators: { ...board.mutators, [begin.name]: begin },
  documents: { ...board.documents, thread },
};

/** The name of a segment of a thread. */
export function threadDoc(of: string, segment = 1): string {
  return docName({ kind: 'thread', id: of, segment });
}

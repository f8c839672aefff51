// Documents on the wire, as `../README.md` says: the arguments of `sync.update`, and the call that fetches what is new of many
// documents by sequence. Updates travel as base64url; what is in them only the guard and the device look at.

import * as z from 'zod/mini';
import { isId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { docName, parseDocName } from './doc-kind.ts';
import { pullRequest } from './protocol.ts';

export const DOC_LIMITS = {
  /** Documents in one request. */
  documents: 200,
  /** Bytes of updates in one answer, before base64url; one update may be larger alone. */
  answerBytes: 1024 * 1024,
} as const;

const id = z.string().check(z.refine(isId, 'not a UUID'));
const count = z.number().check(z.int(), z.gte(0));
const name = z.string().check(z.refine(isDocName, 'not a document'));
const bytes = z.string();

/** The version of `sync.update` that is spoken here. */
export const UPDATE_VERSION = 1;

/** The arguments of `sync.update`. `intent` is the client's own: what the person did, in words a screen can show. */
export const updateArgs = z.strictObject({
  document: name,
  update: bytes,
  intent: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
  by: id,
});
export type UpdateArgs = z.infer<typeof updateArgs>;

export const documentsRequest = z.object({
  protocol: pullRequest.shape.protocol,
  membership: id,
  device: id,
  epoch: z.optional(z.nullable(id)),
  documents: z.array(z.object({ name, after: count })).check(z.minLength(1), z.maxLength(DOC_LIMITS.documents)),
});
export type DocumentsRequest = z.infer<typeof documentsRequest>;

const known = z.object({
  name: z.string(),
  /** The document's sequence now. */
  seq: count,
  /** Stands for everything up to its `seq`. */
  snapshot: z.exactOptional(z.object({ seq: count, update: bytes })),
  updates: z.array(z.object({ seq: count, update: bytes, by: z.string() })),
  /** There is more: ask again, after the last that came. */
  more: z.boolean(),
});
const unknown = z.object({ name: z.string(), code: z.literal('not-there') });

export const documentsAnswer = z.object({ epoch: id, documents: z.array(z.union([known, unknown])) });
export type DocumentsAnswer = z.infer<typeof documentsAnswer>;

function isDocName(text: string): boolean {
  const parts = parseDocName(text);
  return parts !== null && docName(parts) === text;
}

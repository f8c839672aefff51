// The wire of `../README.md` as schemas: both sides parse what they get. It only widens; a test pins it.

import * as z from 'zod/mini';
import { isId } from '../../base/ids.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { HELD_CODES, REFUSAL_CODES } from './mutation.ts';

export const SOCKET_PROTOCOL = 'interlude.1';

export const LIMITS = {
  /** Mutations or parcels in one push. */
  batch: 2000,
  /** Rows in one page of a pull, apart from the rest of its last version. */
  page: 500,
  /** Bytes of a request's body, after decompression. */
  bodyBytes: 8 * 1024 * 1024,
  /** Bytes of one mutation's arguments as JSON. */
  argsBytes: 256 * 1024,
} as const;

const id = z.string().check(z.refine(isId, 'not a UUID'));
const count = z.number().check(z.int(), z.gte(0));
const positive = z.number().check(z.int(), z.gte(1));
const fields = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const text = (max: number) => z.string().check(z.maxLength(max));

export const mutationShape = z.object({
  n: positive,
  mid: id,
  name: text(80),
  v: positive,
  args: fields,
  base: count,
  at: text(40),
});

export const helloRequest = z.object({
  protocols: z.array(positive).check(z.maxLength(20)),
  membership: id,
  device: id,
  build: text(64),
});
export const helloAnswer = z.object({
  /** One of those that the client has offered. */
  protocol: positive,
  epoch: id,
  practice: z.object({ id, slug: z.string() }),
  /** `user` is the sign-in: what this person signs with in documents. */
  membership: z.object({ id, roles: z.array(z.string()), user: z.exactOptional(z.string()) }),
  sealing: z.object({ keyId: z.string(), publicKey: z.string() }),
  lastN: count,
  version: count,
  at: z.string(),
});
export type HelloAnswer = z.infer<typeof helloAnswer>;

export const parcelHeader = z.object({
  user: id,
  device: id,
  n: positive,
  mid: id,
  kind: z.literal('mutation'),
});
export type ParcelHeader = z.infer<typeof parcelHeader>;

/**
 * `n` is there where the parcel goes on under another number, or another device, than it was sealed under; `base` where its
 * own ground is of an epoch that is over. It can only be lowered.
 */
export const parcelShape = z.object({
  header: parcelHeader,
  sealed: z.string(),
  n: z.exactOptional(positive),
  base: z.exactOptional(count),
});
export type ParcelItem = z.infer<typeof parcelShape>;

/** Which protocol a request after the greeting is in; absent: the first. Looked at before anything else in it. */
const said = { protocol: z.optional(positive) };

/** The life of the server that what is sent was done in: of another, or of none, its `base` counts as 0. */
const ofLife = { epoch: z.optional(z.nullable(id)) };

export const pushRequest = z.object({
  ...said,
  membership: id,
  device: id,
  ...ofLife,
  mutations: z.array(z.union([mutationShape, parcelShape])).check(z.minLength(1), z.maxLength(LIMITS.batch)),
});

export const parcelsRequest = z.object({
  ...said,
  membership: id,
  device: id,
  ...ofLife,
  parcels: z.array(parcelShape).check(z.minLength(1), z.maxLength(LIMITS.batch)),
});

export const pushResult = z.discriminatedUnion('result', [
  z.object({ n: positive, mid: id, result: z.literal('applied'), version: count }),
  z.object({
    n: positive,
    mid: id,
    result: z.literal('refused'),
    // A later server may know reasons that this client does not: the words come back all the same.
    code: z.catch(z.enum(REFUSAL_CODES), 'failed'),
    where: z.optional(z.string()),
  }),
  z.object({ n: positive, mid: id, result: z.literal('held'), code: z.catch(z.enum(HELD_CODES), 'newer-than-server') }),
]);
export type PushResult = z.infer<typeof pushResult>;
export const pushAnswer = z.object({
  results: z.array(pushResult),
  version: count,
  /** The life of the server in which this was answered; absent from the first release. */
  epoch: z.exactOptional(id),
});
export type PushAnswer = z.infer<typeof pushAnswer>;

const head = z.object({
  version: count,
  base: count,
  by: z.string(),
  at: z.string(),
  device: z.exactOptional(z.string()),
  value: z.exactOptional(z.custom<Json>()),
});
const wireRow = z.union([
  z.object({ id, type: z.string(), space: z.string(), version: count, deleted: z.literal(true) }),
  z.object({
    id,
    type: z.string(),
    space: z.string(),
    version: count,
    by: z.string(),
    at: z.string(),
    fields,
    heads: z.exactOptional(z.record(z.string(), z.readonly(z.array(head)))),
    /** Which shape of its type the fields have; absent: the first. */
    shape: z.exactOptional(positive),
  }),
]);

export const pullRequest = z.object({
  ...said,
  membership: id,
  device: id,
  epoch: z.nullable(id),
  cursor: z.nullable(count),
  digest: text(64),
  fill: z.nullable(z.object({ spaces: z.array(text(120)).check(z.maxLength(100_000)), before: count })),
  ladder: z.array(text(120)).check(z.maxLength(200)),
  /** The shapes of record types that the device knows, where they are beyond the first. */
  shapes: z.optional(z.record(text(80), positive)),
  /** What the device holds of one space: how many rows, and the sum over them (`space-sum.ts`). */
  check: z.optional(z.nullable(z.object({ space: text(120), rows: count, sum: text(32) }))),
});
export type PullRequest = z.infer<typeof pullRequest>;
export const pullAnswer = z.object({
  epoch: id,
  cursor: count,
  more: z.boolean(),
  rows: z.array(wireRow),
  spaces: z.optional(
    z.array(z.object({ space: z.string(), hash: z.string(), strict: z.exactOptional(z.literal(true)) })),
  ),
  fill: z.optional(z.object({ rows: z.array(wireRow), before: z.nullable(count) })),
  delivered: z.record(z.string(), count),
  /** A backup holds everything up to this version; absent from older servers. */
  backedUpThrough: z.optional(count),
  check: z.optional(z.enum(['same', 'differs'])),
  /** Spaces of which something in this page is less than there is, because the device knows older shapes. */
  behind: z.optional(z.array(z.string())),
});
export type PullAnswer = z.infer<typeof pullAnswer>;

export const socketOpen = z.object({ t: z.literal('open'), practice: text(80), membership: id, device: id });
export const socketFrame = z.discriminatedUnion('t', [
  /** `beatMs`: how often the server says that it is here; absent from older servers, which do not. */
  z.object({ t: z.literal('ready'), beatMs: z.optional(count) }),
  z.object({ t: z.literal('poke') }),
  z.object({ t: z.literal('here') }),
]);

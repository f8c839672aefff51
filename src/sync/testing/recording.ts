// What one release has left behind: what its devices had in their outboxes, word for word what they said and were answered, the
// rows that this made, and the digests of the shapes it spoke in. Recorded once for each release (`npm run record`), kept and
// replayed for as long as a device may still come back with such an outbox: 12 months.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { base64urlToBytes, bytesToBase64url } from '../../base/base64url.ts';
import { canonicalJson } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { must } from '../../base/must.ts';
import type { Name, RecordedClinic } from '../../../server/testing/clinic.ts';
import type { StoredRow } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import { MemoryDisk } from './memory-device.ts';
import type { Content } from './memory-device.ts';

/** What of a request and an answer replays look into; all of it is kept as it was. */
export interface RecordedBody {
  readonly mutations?: readonly Readonly<{ name: string; v: number; mid: string; args: JsonObject }>[];
  readonly [member: string]: unknown;
}
export interface RecordedAnswer {
  readonly results?: readonly Readonly<{ mid: string; result: string; code?: string }>[];
  readonly rows?: RecordedRows;
  readonly fill?: { readonly rows: RecordedRows; readonly before: number | null };
  readonly error?: { readonly code: string };
  readonly [member: string]: unknown;
}
export type RecordedRows = readonly { readonly id: string; readonly version: number }[];

/** One request and its answer. */
export interface RecordedCall {
  readonly kind: 'call';
  readonly who: Name;
  readonly at: string;
  readonly path: string;
  readonly body: RecordedBody;
  readonly status: number;
  readonly answer: RecordedAnswer;
}

/** A device's store; bytes are base64url. */
export interface RecordedDisk {
  readonly outbox: readonly { readonly mid: string }[];
  readonly [store: string]: unknown;
}

/** What lay on a device with unsent work, and what it showed, just before it was sent. */
export interface RecordedOutbox {
  readonly kind: 'outbox';
  readonly who: Name;
  readonly at: string;
  readonly disk: RecordedDisk;
  /** By type, the rows in view. */
  readonly shown: Readonly<Record<string, readonly Readonly<{ id: string; fields: JsonObject }>[]>>;
}

export type RecordedStep = RecordedCall | RecordedOutbox;

export interface Recording {
  readonly release: string;
  readonly recordedAt: string;
  readonly protocols: readonly number[];
  /** `name@version` of each mutator, and of each record type's shape: the digest of its schema. */
  readonly digests: { readonly mutators: Digests; readonly records: Digests };
  /** Of this made-up practice alone. */
  readonly sealing: { readonly keyId: string; readonly publicKey: string; readonly privateKey: string };
  /** The life of the server: a replay is in another one. */
  readonly epoch: string;
  readonly clinic: RecordedClinic;
  readonly steps: readonly RecordedStep[];
  /** All that was stored in the end, in the shapes it had. */
  readonly rows: readonly { readonly row: StoredRow; readonly shape: number }[];
}

export type Digests = Readonly<Record<string, string>>;

export const RECORDED = join(import.meta.dirname, 'recorded');

/** All recordings there are, the oldest first. */
export function readRecordings(): Recording[] {
  const files = readdirSync(RECORDED).filter((file) => file.endsWith('.json'));
  const all = files.map((file) => JSON.parse(readFileSync(join(RECORDED, file), 'utf8')) as Recording);
  return all.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
}

/** One step or row a line, so that a change can be seen. */
export function textOfRecording({ steps, rows, ...head }: Recording): string {
  const lines = (values: readonly unknown[]) => values.map((value) => `    ${JSON.stringify(value)}`).join(',\n');
  const start = JSON.stringify(head, null, 2).replace(/\n\}$/, ',');
  return `${start}\n  "steps": [\n${lines(steps)}\n  ],\n  "rows": [\n${lines(rows)}\n  ]\n}\n`;
}

/** The digest of every mutator's arguments and every record type's fields, as JSON schemas: by `name@version`. */
export function digestsOf({ mutators, recordTypes }: Declarations): Recording['digests'] {
  return {
    mutators: digests(Object.values(mutators).map((one) => [`${one.name}@${one.version}`, schemaIn(one, 'args')])),
    records: digests(
      Object.values(recordTypes).map((one) => [`${one.name}@${one.schemaVersion}`, schemaIn(one, 'fields')]),
    ),
  };
}

function digests(schemas: readonly (readonly [string, z.ZodMiniType])[]): Digests {
  return Object.fromEntries(schemas.map(([key, schema]) => [key, digestOf(schema)] as const).sort());
}

/** `defineMutator` and `defineRecord` leave the schema where it was. */
function schemaIn(declared: object, member: 'args' | 'fields'): z.ZodMiniType {
  const schema: unknown = (declared as Record<string, unknown>)[member];
  if (!(schema instanceof z.ZodMiniType)) throw new Error(`no schema in ${member}`);
  return schema;
}

function digestOf(schema: z.ZodMiniType): string {
  const shape = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(JSON.parse(JSON.stringify(shape)) as Json)))).slice(0, 16);
}

/** `name@version` to its parts. */
export function partsOf(key: string): { name: string; version: number } {
  const [name = '', version = ''] = key.split('@');
  return { name, version: Number(version) };
}

const STORES = ['rows', 'bases', 'outbox', 'kept', 'rejections', 'drafts'] as const;

export function diskToJson({ content }: MemoryDisk): RecordedDisk {
  const stores = STORES.map((store) => [store, [...content[store].values()]]);
  const plain = { ...Object.fromEntries(stores), state: content.state };
  const bytesAsText = (_: string, value: unknown) =>
    value instanceof Uint8Array ? { base64url: bytesToBase64url(value) } : value;
  return JSON.parse(JSON.stringify(plain, bytesAsText)) as RecordedDisk;
}

export function diskFromJson(json: RecordedDisk): MemoryDisk {
  const textAsBytes = (_: string, value: unknown) => {
    const isBytes = value !== null && typeof value === 'object' && 'base64url' in value;
    return isBytes ? must(base64urlToBytes(String(value.base64url)) ?? undefined, 'bytes') : value;
  };
  const plain = JSON.parse(JSON.stringify(json), textAsBytes) as Record<(typeof STORES)[number], Keyed[]> & {
    state: Content['state'];
  };
  const disk = new MemoryDisk();
  const keyed = (store: (typeof STORES)[number], key: keyof Keyed) =>
    new Map(plain[store].map((one) => [one[key], one]));
  disk.content = { ...disk.content, state: plain.state };
  Object.assign(disk.content, {
    rows: keyed('rows', 'key'),
    bases: keyed('bases', 'key'),
    outbox: keyed('outbox', 'n'),
    kept: keyed('kept', 'mid'),
    rejections: keyed('rejections', 'mid'),
    drafts: keyed('drafts', 'id'),
  });
  return disk;
}

interface Keyed {
  readonly key: string;
  readonly n: number;
  readonly mid: string;
  readonly id: string;
}

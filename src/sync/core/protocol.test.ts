// The wire only widens. A change of its shape changes this digest: see that old devices still get along, write the change
// into ../README.md, and add a number to PROTOCOLS where they do not.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { canonicalJson } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import { ERROR_CODES, errorBody } from './error-body.ts';
import * as protocol from './protocol.ts';
import { DOC_REFUSALS } from './doc-kind.ts';
import * as docWire from './doc-wire.ts';
import { HELD_CODES, REFUSAL_CODES } from './mutation.ts';
import { PROTOCOLS } from './versions.ts';

const SCHEMAS = {
  errorBody,
  mutationShape: protocol.mutationShape,
  helloRequest: protocol.helloRequest,
  helloAnswer: protocol.helloAnswer,
  pushRequest: protocol.pushRequest,
  pushAnswer: protocol.pushAnswer,
  parcelHeader: protocol.parcelHeader,
  parcelShape: protocol.parcelShape,
  parcelsRequest: protocol.parcelsRequest,
  pullRequest: protocol.pullRequest,
  pullAnswer: protocol.pullAnswer,
  socketOpen: protocol.socketOpen,
  socketFrame: protocol.socketFrame,
  documentsRequest: docWire.documentsRequest,
  documentsAnswer: docWire.documentsAnswer,
};

function digestOf(schema: z.ZodMiniType): string {
  const shape = z.toJSONSchema(schema, { unrepresentable: 'any' });
  const plain = JSON.parse(JSON.stringify(shape)) as Json;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(plain)))).slice(0, 12);
}

test('the shape of every message, together with the protocol’s number', () => {
  const digests = Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, digestOf(schema)]));
  expect({ protocols: PROTOCOLS.join(' '), socket: protocol.SOCKET_PROTOCOL, ...digests }).toMatchInlineSnapshot(`
    {
      "documentsAnswer": "2050568d57ea",
      "documentsRequest": "f712b6fb7d36",
      "errorBody": "c475708ab32c",
      "helloAnswer": "f2f7c73704a2",
      "helloRequest": "0424fddcf7f7",
      "mutationShape": "4f666c5315af",
      "parcelHeader": "09c75318dd29",
      "parcelShape": "dbb48d438f48",
      "parcelsRequest": "736eb4d5d252",
      "protocols": "1",
      "pullAnswer": "bbcdf4c72be9",
      "pullRequest": "85c914c817f4",
      "pushAnswer": "f27a24942a1e",
      "pushRequest": "c567e6281d01",
      "socket": "interlude.1",
      "socketFrame": "926341857e48",
      "socketOpen": "4340575524f0",
    }
  `);
});

test('the arguments of an update of a document, held to the letter', () => {
  expect(digestOf(docWire.updateArgs)).toMatchInlineSnapshot(`"08db18da274c"`);
  const args = { document: `x:${mid}`, update: 'AAA', intent: { said: 'hello' }, by: mid };
  expect(docWire.updateArgs.safeParse(args).success).toBe(true);
  for (const wrong of [
    { ...args, more: 1 },
    { ...args, document: 'x' },
    { ...args, intent: [] },
    { ...args, by: 'x' },
  ])
    expect(docWire.updateArgs.safeParse(wrong).success).toBe(false);
});

test('the closed lists and the limits', () => {
  expect(REFUSAL_CODES.join(' ')).toBe(
    'unknown-mutator invalid-arguments not-allowed not-author not-there already-there deleted too-large parcel-unreadable clock changed failed unreadable gap client-taken invalid segment-closed closed',
  );
  expect(DOC_REFUSALS.filter((code) => !REFUSAL_CODES.includes(code))).toEqual([]);
  expect(ERROR_CODES.join(' ')).toBe(
    'bad-request not-signed-in wrong-person forbidden-origin not-found gap device-forked epoch-changed cursor-too-old too-large invalid client-too-old server-too-old slow-down no-room try-again',
  );
  expect(HELD_CODES.join(' ')).toBe('newer-than-server');
  expect(protocol.LIMITS).toEqual({ batch: 2000, page: 500, bodyBytes: 8_388_608, argsBytes: 262_144 });
});

const mid = newId();
const MUTATION = { n: 1, mid, name: 'x.y', v: 1, args: { words: 'x' }, base: 0, at: '2026-01-05T09:00:00.000Z' };
const HEADER = { user: mid, device: mid, n: 1, mid, kind: 'mutation' };
const PARCEL = { header: HEADER, sealed: 'AA', n: 2, base: 0 };
const HEAD = { version: 2, base: 1, by: mid, at: 'then', device: mid, value: { of: 'any kind' } };
const ROW = { id: mid, type: 'x', space: 'public', version: 3, by: mid, at: 'then', fields: { a: 1 }, shape: 2 };
const TOMBSTONE = { id: mid, type: 'x', space: 'public', version: 4, deleted: true };
const SENT = { protocol: 1, membership: mid, device: mid, epoch: mid };

/** Every message with every member that it may have. */
const EXAMPLES: Readonly<Record<Exclude<keyof typeof SCHEMAS, 'socketFrame'>, JsonObject>> = {
  errorBody: { error: { code: 'gap', message: 'words', where: 'a.b', expected: 3 } },
  mutationShape: MUTATION,
  helloRequest: { protocols: [1, 2], membership: mid, device: mid, build: '0.1.0' },
  helloAnswer: {
    protocol: 2,
    epoch: mid,
    practice: { id: mid, slug: 'willow' },
    membership: { id: mid, roles: ['client'] },
    sealing: { keyId: 'k', publicKey: 'p' },
    lastN: 4,
    version: 9,
    at: 'then',
  },
  pushRequest: { ...SENT, mutations: [MUTATION, PARCEL] },
  pushAnswer: {
    results: [
      { n: 1, mid, result: 'applied', version: 9 },
      { n: 2, mid, result: 'refused', code: 'invalid-arguments', where: 'a.b' },
      { n: 3, mid, result: 'held', code: 'newer-than-server' },
    ],
    version: 9,
    epoch: mid,
  },
  parcelHeader: HEADER,
  parcelShape: PARCEL,
  parcelsRequest: { ...SENT, parcels: [PARCEL] },
  pullRequest: {
    ...SENT,
    cursor: 3,
    digest: 'd',
    fill: { spaces: ['public'], before: 9 },
    ladder: ['public'],
    shapes: { x: 2 },
    check: { space: 'public', rows: 2, sum: 's' },
  },
  pullAnswer: {
    epoch: mid,
    cursor: 9,
    more: true,
    rows: [{ ...ROW, heads: { a: [HEAD] } }, TOMBSTONE],
    spaces: [{ space: 'public', hash: 'h', strict: true }],
    fill: { rows: [ROW], before: 2 },
    delivered: { public: 3 },
    backedUpThrough: 4,
    check: 'differs',
    behind: ['public'],
  },
  socketOpen: { t: 'open', practice: 'willow', membership: mid, device: mid },
  documentsRequest: { ...SENT, documents: [{ name: `x:${mid}`, after: 0 }] },
  documentsAnswer: {
    epoch: mid,
    documents: [
      {
        name: `x:${mid}`,
        seq: 9,
        snapshot: { seq: 8, update: 'AAA' },
        updates: [{ seq: 9, update: 'AAA', by: mid }],
        more: false,
      },
      { name: `x:${mid}:2`, code: 'not-there' },
    ],
  },
};

describe('what the schemas hold that a JSON schema cannot say', () => {
  const [mutation, header] = [MUTATION, HEADER];

  test.each([
    ['a mid that is no UUID', { ...mutation, mid: 'x' }],
    ['a mid in capitals', { ...mutation, mid: mutation.mid.toUpperCase() }],
    ['arguments that are a list', { ...mutation, args: [] }],
    ['arguments that are null', { ...mutation, args: null }],
    ['a number below one', { ...mutation, n: 0 }],
    ['half a number', { ...mutation, n: 1.5 }],
    ['a number beyond what is exact', { ...mutation, n: 2 ** 53 }],
  ])('a mutation is refused with %s', (_, wrong) => {
    expect(protocol.mutationShape.safeParse(mutation).success).toBe(true);
    expect(protocol.mutationShape.safeParse(wrong).success).toBe(false);
  });

  test('a header of another kind is refused', () => {
    expect(protocol.parcelHeader.safeParse(header).success).toBe(true);
    expect(protocol.parcelHeader.safeParse({ ...header, kind: 'file' }).success).toBe(false);
  });

  test.each([
    ['a code of a refusal', protocol.pushResult, { n: 1, mid, result: 'refused', code: 'of-next-year' }, 'failed'],
    ['a reason to hold', protocol.pushResult, { n: 1, mid, result: 'held', code: 'of-next-year' }, 'newer-than-server'],
  ])('%s that this device does not know yet: the words come back, or wait, all the same', (_, schema, answer, code) => {
    expect(schema.parse(answer)).toMatchObject({ code });
  });

  test.each([
    ['a code of an error', errorBody, { error: { code: 'of-next-year', message: '' } }],
    ['a kind of result', protocol.pushResult, { n: 1, mid, result: 'of-next-year' }],
    ['a word on a comparison', protocol.pullAnswer, { ...EXAMPLES.pullAnswer, check: 'of-next-year' }],
    ['a frame of the socket', protocol.socketFrame, { t: 'of-next-year' }],
  ])('%s that is not in the closed list is no answer: it is waited out', (_, schema, answer) => {
    expect(schema.safeParse(answer).success).toBe(false);
  });
});

/** Members whose own members are data. */
const DATA = ['args', 'fields', 'value'];
/** Members that are keyed by a name. */
const MAPS = ['heads', 'delivered', 'shapes'];

/** The message as a later release might say it: with members that nobody here knows, wherever there are members. */
function widened(value: Json, isMap = false): Json {
  if (Array.isArray(value)) return value.map((item) => widened(item));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([key, item = null]) => [
    key,
    DATA.includes(key) ? item : widened(item, MAPS.includes(key)),
  ]);
  return { ...Object.fromEntries(members), ...(!isMap && { ofNextYear: { rows: [1] } }) };
}

describe.each(Object.entries(EXAMPLES))('%s', (name, example) => {
  const schema: z.ZodMiniType = SCHEMAS[name as keyof typeof SCHEMAS];

  test('carries what the wire says it does, and nothing of it is lost', () => {
    expect(schema.parse(example)).toEqual(example);
  });

  test('may say more than is known here: that is left out, and all else is as before', () => {
    expect(schema.parse(widened(example))).toEqual(example);
  });
});

test.each([
  ['pushRequest', { membership: mid, device: mid, mutations: [MUTATION] }],
  ['parcelsRequest', { membership: mid, device: mid, parcels: [{ header: HEADER, sealed: '' }] }],
  ['pushAnswer', { results: [], version: 0 }],
  ['pullRequest', { membership: mid, device: mid, epoch: null, cursor: null, digest: '', fill: null, ladder: [] }],
  ['pullAnswer', { epoch: mid, cursor: 0, more: false, rows: [], delivered: {} }],
  ['errorBody', { error: { code: 'try-again', message: '' } }],
] as const)('%s with nothing that came later is still one', (name, first) => {
  expect(SCHEMAS[name].parse(first)).toEqual(first);
});

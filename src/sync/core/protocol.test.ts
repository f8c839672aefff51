// The wire only widens. A change of its shape changes this digest: see that old devices still get along, write the change
// into ../README.md, and raise PROTOCOL where they do not.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { canonicalJson } from '../../base/json.ts';
import type { Json } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import * as protocol from './protocol.ts';
import { REFUSAL_CODES } from './mutation.ts';

const SCHEMAS = {
  errorBody: protocol.errorBody,
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
};

function digestOf(schema: z.ZodMiniType): string {
  const shape = z.toJSONSchema(schema, { unrepresentable: 'any' });
  const plain = JSON.parse(JSON.stringify(shape)) as Json;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(plain)))).slice(0, 12);
}

test('the shape of every message, together with the protocol’s number', () => {
  const digests = Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, digestOf(schema)]));
  expect({ protocol: protocol.PROTOCOL, socket: protocol.SOCKET_PROTOCOL, ...digests }).toMatchInlineSnapshot(`
    {
      "errorBody": "541ec79dc073",
      "helloAnswer": "95293a0831bf",
      "helloRequest": "0424fddcf7f7",
      "mutationShape": "4f666c5315af",
      "parcelHeader": "09c75318dd29",
      "parcelShape": "dbb48d438f48",
      "parcelsRequest": "4815444193f3",
      "protocol": 1,
      "pullAnswer": "75aaf13111b5",
      "pullRequest": "048e207adce9",
      "pushAnswer": "a82ba5df3652",
      "pushRequest": "a8baf822ecfa",
      "socket": "interlude.1",
      "socketFrame": "926341857e48",
      "socketOpen": "4340575524f0",
    }
  `);
});

test('the closed lists and the limits', () => {
  expect(REFUSAL_CODES.join(' ')).toBe(
    'unknown-mutator invalid-arguments not-allowed not-author not-there already-there deleted too-large parcel-unreadable clock changed failed',
  );
  expect(protocol.ERROR_CODES.join(' ')).toBe(
    'bad-request not-signed-in wrong-person forbidden-origin not-found gap device-forked epoch-changed cursor-too-old too-large invalid client-too-old slow-down try-again',
  );
  expect(protocol.LIMITS).toEqual({ batch: 2000, page: 500, bodyBytes: 8_388_608, argsBytes: 262_144 });
});

describe('what the schemas hold that a JSON schema cannot say', () => {
  const mutation = { n: 1, mid: newId(), name: 'x.y', v: 1, args: {}, base: 0, at: '' };
  const header = { user: newId(), device: newId(), n: 1, mid: newId(), kind: 'mutation' };

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

  test('a reason that this device does not know yet still gives the words back', () => {
    const answer = { n: 1, mid: newId(), result: 'refused', code: 'of-next-year' };
    expect(protocol.pushResult.parse(answer)).toMatchObject({ result: 'refused', code: 'failed' });
  });

  test('an answer may say more than this device knows: the wire widens', () => {
    const frame = protocol.socketFrame.safeParse({ t: 'poke', since: 4 });
    expect(frame.success).toBe(true);
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openParcel, openSealingSession, parcelOpener } from './parcel.ts';
import type { SealedHeader, SealingSession } from './parcel.ts';
import { generateSealingKeyPair } from './sealing-key.ts';
import type { SealingKeyPair } from './sealing-key.ts';

const header: SealedHeader = { user: 'u1', device: 'd1', n: 7, mid: 'm1', kind: 'mutation' };
const words = new TextEncoder().encode('what was written');

const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

let pair: SealingKeyPair;
let session: SealingSession;
const privateKeyFor = (keyId: string): SealingKeyPair | undefined => (keyId === pair.keyId ? pair : undefined);
const open = (bytes: Uint8Array, as: SealedHeader = header) => openParcel({ header: as, bytes, privateKeyFor });

beforeAll(async () => {
  pair = await generateSealingKeyPair();
  session = await openSealingSession(pair);
});

test('what is sealed is opened, whatever it is', async () => {
  const text = fc.string({ unit: 'binary' });
  const headers = fc.record({ user: text, device: text, n: fc.maxSafeInteger(), mid: text, kind: text });
  const opener = parcelOpener(privateKeyFor);
  await fc.assert(
    fc.asyncProperty(headers, fc.uint8Array({ maxLength: 300 }), async (any, plaintext) => {
      const bytes = session.seal(any, plaintext);
      expect(await opener({ header: any, bytes })).toEqual({ status: 'opened', plaintext: new Uint8Array(plaintext) });
    }),
  );
});

test('sealing is done when it returns, and no two are alike', () => {
  const first = session.seal(header, words);
  expect(first).toBeInstanceOf(Uint8Array);
  expect(session.seal(header, words)).not.toEqual(first);
  expect(textOf(first)).not.toContain('written');
});

test('the layout is the one at the head of the file', () => {
  const bytes = session.seal(header, words);
  expect(textOf(bytes.subarray(0, 3))).toBe('ILP');
  expect([...bytes.subarray(3, 5)]).toEqual([1, pair.keyId.length]);
  expect(textOf(bytes.subarray(5, 21))).toBe(pair.keyId);
  expect(bytes[21]).toBe(4);
  expect(bytes.length).toBe(21 + 65 + 24 + words.length + 16);
});

describe('a header that was changed', () => {
  const changed: [string, SealedHeader][] = [
    ['user', { ...header, user: 'u2' }],
    ['device', { ...header, device: 'd2' }],
    ['n', { ...header, n: 8 }],
    ['mid', { ...header, mid: 'm2' }],
    ['kind', { ...header, kind: 'update' }],
    ['border of two fields', { ...header, user: 'u1d', device: '1' }],
  ];
  test.each(changed)('%s is noticed', async (_field, as) => {
    const bytes = session.seal(header, words);
    expect(await open(bytes, as)).toEqual({ status: 'failed', reason: 'tampered' });
  });
});

test('every byte counts: with any one changed, or cut off, nothing opens', async () => {
  const bytes = session.seal(header, words);
  for (let i = 0; i < bytes.length; i++) {
    const spoilt = bytes.slice();
    spoilt[i] = (spoilt[i] ?? 0) ^ 1;
    expect((await open(spoilt)).status, `byte ${i}`).toBe('failed');
    expect((await open(bytes.slice(0, i))).status, `cut at ${i}`).toBe('failed');
  }
});

test('each failure has its name', async () => {
  const bytes = session.seal(header, words);
  const newer = bytes.slice();
  newer[3] = 2;
  expect(await open(newer)).toEqual({ status: 'failed', reason: 'unknown-version' });
  expect(await open(new Uint8Array(0))).toEqual({ status: 'failed', reason: 'not-a-parcel' });
  expect(await open(words)).toEqual({ status: 'failed', reason: 'not-a-parcel' });
  const stranger = await openSealingSession(await generateSealingKeyPair());
  expect(await open(stranger.seal(header, words))).toEqual({ status: 'failed', reason: 'unknown-key' });
});

test('another private key does not open it, also under the right id', async () => {
  const wrong = await generateSealingKeyPair();
  const bytes = session.seal(header, words);
  const result = await openParcel({ header, bytes, privateKeyFor: () => wrong });
  expect(result).toEqual({ status: 'failed', reason: 'tampered' });
});

test('a parcel cannot be moved to another key id of the same key', async () => {
  const other = await openSealingSession({ keyId: 'a'.repeat(pair.keyId.length), publicKey: pair.publicKey });
  const moved = other.seal(header, words);
  moved.set(new TextEncoder().encode(pair.keyId), 5);
  expect(await open(moved)).toEqual({ status: 'failed', reason: 'tampered' });
});

test('an opener asks for a key once a session, and bad input of its caller is a bug', async () => {
  let asked = 0;
  const opener = parcelOpener((keyId) => {
    asked++;
    return privateKeyFor(keyId);
  });
  const sealed = Array.from({ length: 5 }, (_, n) => ({
    header: { ...header, n },
    bytes: session.seal({ ...header, n }, words),
  }));
  const opened = await Promise.all(sealed.map(opener));
  expect(opened.every((parcel) => parcel.status === 'opened')).toBe(true);
  expect(asked).toBe(1);
  expect(() => session.seal({ ...header, n: Number.NaN }, words)).toThrow();
  await expect(openSealingSession({ keyId: 'not an id', publicKey: pair.publicKey })).rejects.toThrow();
});

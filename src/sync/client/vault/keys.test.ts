import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openParcel, openSealingSession } from '../../core/parcel.ts';
import {
  createDeviceKey,
  enumToken,
  generateDataKey,
  openDeviceKey,
  openRecord,
  openUnder,
  RecordTampered,
  sealRecord,
  sealUnder,
  vaultKeysOf,
} from './keys.ts';
import type { RecordPlace } from './keys.ts';

const dataKey = generateDataKey();
const keys = vaultKeysOf(dataKey);
const place: RecordPlace = { store: 'row', id: 'a', schema: 1 };
const words = new TextEncoder().encode('what was written');

function failureOf(act: () => unknown): RecordTampered {
  try {
    act();
  } catch (error) {
    if (error instanceof RecordTampered) return error;
    throw error;
  }
  throw new Error('Expected it not to open');
}

test('what is sealed at a place is opened there, whatever it is', () => {
  const places = fc.record({ store: fc.string(), id: fc.string({ unit: 'binary' }), schema: fc.nat() });
  fc.assert(
    fc.property(places, fc.uint8Array({ maxLength: 600 }), (any, plaintext) => {
      expect(openRecord(keys, any, sealRecord(keys, any, plaintext))).toEqual(new Uint8Array(plaintext));
    }),
  );
});

test('two seals of one thing differ, and grown keys are the same each time', () => {
  expect(sealRecord(keys, place, words)).not.toEqual(sealRecord(keys, place, words));
  expect(openRecord(vaultKeysOf(dataKey), place, sealRecord(keys, place, words))).toEqual(words);
});

describe('a record somewhere else', () => {
  const others: RecordPlace[] = [
    { ...place, store: 'outbox' },
    { ...place, id: 'b' },
    { ...place, schema: 2 },
    { store: 'rowa', id: '', schema: 1 },
  ];
  test.each(others)('does not open at $store, $id, $schema', (other) => {
    const failure = failureOf(() => openRecord(keys, other, sealRecord(keys, place, words)));
    expect(failure).toMatchObject({ reason: 'does-not-open', place: other });
  });

  test('two records exchanged: neither opens', () => {
    const other = { ...place, id: 'b' };
    const [first, second] = [sealRecord(keys, place, words), sealRecord(keys, other, words)];
    failureOf(() => openRecord(keys, place, second));
    failureOf(() => openRecord(keys, other, first));
  });
});

test('every byte counts: with any one changed, or cut off, it does not open', () => {
  const sealed = sealRecord(keys, place, words);
  for (let i = 0; i < sealed.length; i++) {
    const spoilt = sealed.slice();
    spoilt[i] = (spoilt[i] ?? 0) ^ 1;
    failureOf(() => openRecord(keys, place, spoilt));
    failureOf(() => openRecord(keys, place, sealed.slice(0, i)));
  }
});

test('a record of a later version says so, and no failure tells what was in it', () => {
  const newer = sealRecord(keys, place, words);
  newer[0] = 2;
  const failure = failureOf(() => openRecord(keys, place, newer));
  expect(failure.reason).toBe('unknown-version');
  expect(failure.message).not.toContain('written');
});

test('keys of different use and of different data keys share nothing', () => {
  const other = vaultKeysOf(generateDataKey());
  const all = [dataKey, ...Object.values(keys), ...Object.values(other)].map((key) => key.join());
  expect(new Set(all).size).toBe(7);
  failureOf(() => openRecord(other, place, sealRecord(keys, place, words)));
  failureOf(() => openRecord({ ...keys, records: dataKey }, place, sealRecord(keys, place, words)));
  expect(() => vaultKeysOf(new Uint8Array(16))).toThrow();
});

test('a token stands for one value of one field under one key', () => {
  const token = enumToken(keys, { field: 'type', value: 'red' });
  expect(token).toMatch(/^[\w-]{22}$/);
  expect(enumToken(vaultKeysOf(dataKey), { field: 'type', value: 'red' })).toBe(token);
  const others = [
    enumToken(keys, { field: 'type', value: 'blue' }),
    enumToken(keys, { field: 'state', value: 'red' }),
    enumToken(keys, { field: 'typer', value: 'ed' }),
    enumToken(vaultKeysOf(generateDataKey()), { field: 'type', value: 'red' }),
  ];
  expect(new Set([token, ...others]).size).toBe(5);
});

test('the device opens what was sealed to it while it was locked', async () => {
  const sealed = await createDeviceKey(keys);
  const session = await openSealingSession(sealed);
  const header = { user: 'u', device: 'd', n: 1, mid: 'm', kind: 'mutation' };
  const bytes = session.seal(header, words);
  const own = await openDeviceKey(vaultKeysOf(dataKey), sealed);
  expect(own?.keyId).toBe(sealed.keyId);
  const privateKeyFor = () => own ?? undefined;
  expect(await openParcel({ header, bytes, privateKeyFor })).toEqual({ status: 'opened', plaintext: words });
});

test("the device's private half opens under no other key and with no other public half", async () => {
  const sealed = await createDeviceKey(keys);
  const other = await createDeviceKey(keys);
  expect(await openDeviceKey(vaultKeysOf(generateDataKey()), sealed)).toBeNull();
  expect(await openDeviceKey(keys, { ...sealed, publicKey: other.publicKey })).toBeNull();
  expect(await openDeviceKey(keys, { ...sealed, keyId: other.keyId })).toBeNull();
  expect(await openDeviceKey(keys, { ...sealed, sealedPrivateKey: other.sealedPrivateKey })).toBeNull();
});

test('what is sealed under a context opens under that one only', () => {
  const [key, context] = [generateDataKey(), Uint8Array.of(1)];
  const sealed = sealUnder(key, context, words);
  expect(openUnder(key, context, sealed)).toEqual(words);
  expect(openUnder(key, Uint8Array.of(2), sealed)).toBeNull();
  expect(openUnder(key, context, new Uint8Array(0))).toBeNull();
});

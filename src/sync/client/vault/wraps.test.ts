import { randomBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { ARGON_COST, deriveKey } from './argon-derive.ts';
import { generateDataKey } from './keys.ts';
import { unwrapWithPasskey, unwrapWithPassword, wrappedKey, wrapWithPasskey, wrapWithPassword } from './wraps.ts';
import type { PasskeyWrap, PasswordWrap } from './wraps.ts';

const cost = { memoryKib: 64, passes: 1 };
const dataKey = generateDataKey();
const password = 'correct horse';
const derive = deriveKey;
const passkey = { credentialId: randomBytes(16), salt: randomBytes(32), kek: randomBytes(32) };
const kek = (): Uint8Array => passkey.kek.slice();

test('the password opens the wrap, as it went through the store and at the cost written beside it', async () => {
  const wrap = wrappedKey.parse(structuredClone(await wrapWithPassword(dataKey, { password, derive, cost })));
  if (wrap.kind !== 'password') throw new Error('Expected a password wrap');
  expect(wrap).toMatchObject(cost);
  expect(await unwrapWithPassword(wrap, { password, derive })).toEqual({ status: 'open', dataKey });
});

test('a new wrap has the full cost and its own salt', async () => {
  const wraps = [
    await wrapWithPassword(dataKey, { password, derive }),
    await wrapWithPassword(dataKey, { password, derive }),
  ];
  expect(wraps[0]).toMatchObject(ARGON_COST);
  expect(wraps[0]?.salt).toHaveLength(16);
  expect(wraps[0]?.salt).not.toEqual(wraps[1]?.salt);
});

test('a wrong or an empty password is an answer', async () => {
  const wrap = await wrapWithPassword(dataKey, { password, derive, cost });
  expect(await unwrapWithPassword(wrap, { password: 'Correct horse', derive })).toEqual({ status: 'wrong' });
  expect(await unwrapWithPassword(wrap, { password: '', derive })).toEqual({ status: 'wrong' });
  await expect(wrapWithPassword(dataKey, { password: '', derive, cost })).rejects.toThrow();
});

test('a password is the same however its accents were typed', async () => {
  const wrap = await wrapWithPassword(dataKey, { password: 'contraseña ﬁn', derive, cost });
  const decomposed = 'contrasen\u0303a fin';
  expect(await unwrapWithPassword(wrap, { password: decomposed, derive })).toEqual({ status: 'open', dataKey });
});

test('a password wrap that was changed does not open', async () => {
  const wrap = await wrapWithPassword(dataKey, { password, derive, cost });
  const other = await wrapWithPassword(dataKey, { password, derive, cost });
  const changed: PasswordWrap[] = [
    { ...wrap, salt: other.salt },
    { ...wrap, memoryKib: 72 },
    { ...wrap, passes: 2 },
    { ...wrap, sealed: other.sealed },
    { ...wrap, sealed: wrap.sealed.slice(0, -1) },
  ];
  for (const one of changed) expect(await unwrapWithPassword(one, { password, derive })).toEqual({ status: 'wrong' });
});

test('what lies beside the sealed key is bound to it, even if the derivation took no notice of it', async () => {
  const unheeding = async (): Promise<Uint8Array> => kek();
  const wrap = await wrapWithPassword(dataKey, { password, derive: unheeding, cost });
  expect(await unwrapWithPassword(wrap, { password, derive: unheeding })).toEqual({ status: 'open', dataKey });
  for (const changed of [{ salt: randomBytes(16) }, { memoryKib: 8 }, { passes: 2 }]) {
    const result = await unwrapWithPassword({ ...wrap, ...changed }, { password, derive: unheeding });
    expect(result).toEqual({ status: 'wrong' });
  }
});

test("the passkey's key opens its wrap, and no other key does", () => {
  const wrap = wrapWithPasskey(dataKey, { ...passkey, kek: kek() });
  expect(wrappedKey.parse(structuredClone(wrap))).toEqual(wrap);
  expect(unwrapWithPasskey(wrap, kek())).toEqual({ status: 'open', dataKey });
  expect(unwrapWithPasskey(wrap, randomBytes(32))).toEqual({ status: 'wrong' });
});

test('a passkey wrap that was changed does not open', () => {
  const wrap = wrapWithPasskey(dataKey, { ...passkey, kek: kek() });
  const changed: PasskeyWrap[] = [
    { ...wrap, credentialId: randomBytes(16) },
    { ...wrap, salt: randomBytes(32) },
    { ...wrap, sealed: wrapWithPasskey(dataKey, { ...passkey, kek: randomBytes(32) }).sealed },
  ];
  for (const one of changed) expect(unwrapWithPasskey(one, kek())).toEqual({ status: 'wrong' });
});

test('the key that wraps is wiped, and only a data key is wrapped', () => {
  const used = kek();
  const wrap = wrapWithPasskey(dataKey, { ...passkey, kek: used });
  expect(used).toEqual(new Uint8Array(32));
  const again = kek();
  unwrapWithPasskey(wrap, again);
  expect(again).toEqual(new Uint8Array(32));
  expect(() => wrapWithPasskey(new Uint8Array(16), { ...passkey, kek: kek() })).toThrow();
});

test('what is not a wrap is not read, nor one that would hang the device', async () => {
  const wrap = await wrapWithPassword(dataKey, { password, derive, cost });
  expect(wrappedKey.safeParse({ ...wrap, kind: 'pin' }).success).toBe(false);
  expect(wrappedKey.safeParse({ ...wrap, sealed: 'text' }).success).toBe(false);
  expect(wrappedKey.safeParse({ ...wrap, memoryKib: 2 ** 30 }).success).toBe(false);
  expect(wrappedKey.safeParse({ ...wrap, passes: 0 }).success).toBe(false);
});

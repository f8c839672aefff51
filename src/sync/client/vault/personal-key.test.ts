import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expand, hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import { base64urlToBytes, bytesToBase64url } from '../../../base/base64url.ts';
import { must } from '../../../base/must.ts';
import { deriveKey } from './argon-derive.ts';
import {
  newPersonalKey,
  openByCode,
  openByKey,
  openByPassword,
  openPersonal,
  personalId,
  sealPersonal,
  wrapByCode,
  wrapByKey,
  wrapByPassword,
} from './personal-key.ts';
import type { PersonalWrap } from './personal-key.ts';
import { newRecoveryCode } from './recovery-code.ts';

const cost = { memoryKib: 64, passes: 1 };
const derive = deriveKey;
const owner = 'member-1';
const key = newPersonalKey();
const name = { owner, key: key.id };
const PLACE = ['entry', 'e1'];
const plain = utf8ToBytes('only mine');

/** Made once by this program; the code and the key are nobody's. */
const VECTOR: { sealed: string; code: string; wrap: PersonalWrap; id: string } = {
  sealed: 'AdNwIMwQyX-CrYrGgIm1Vu3ZyNeE0imVd3-GrqdKTag9AFrzV-WGyZMmgVp8ir8aKg',
  code: 'P3N2S3981993A2WWPN4VRPTFXP6M',
  wrap: {
    kind: 'code',
    salt: 'HELCQd_JWeNYw1qZVLzmZQ',
    sealed: 'ARq6y4lengDF00YQiSct3V8xsacOWjEYrx38oAjZAEwODBKzC10IIQAahFBNluHPtgQwGje6-xm5M8ZzLA--6wucjVX1vQN68Q',
  },
  id: 'aa9c7989-edf2-88f1-b7bb-b8cf8d56196a',
};

test('what was sealed opens at its place, under its key, and nowhere else', () => {
  const sealed = sealPersonal(key, PLACE, plain);
  expect(openPersonal(key, PLACE, sealed)).toEqual(plain);
  expect(sealPersonal(key, PLACE, plain)).not.toBe(sealed);
  expect(openPersonal(key, ['entry', 'e2'], sealed)).toBeNull();
  expect(openPersonal(key, ['entry', 'e1', ''], sealed)).toBeNull();
  expect(openPersonal(newPersonalKey(), PLACE, sealed)).toBeNull();
  expect(openPersonal({ ...key, id: newPersonalKey().id }, PLACE, sealed)).toBeNull();
  expect(openPersonal(key, PLACE, `${sealed}!`)).toBeNull();
  const bytes = must(base64urlToBytes(sealed), 'bytes');
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openPersonal(key, PLACE, bytesToBase64url(changed))).toBeNull();
  }
});

test('is what another program would make of the same words', () => {
  const sealed = must(base64urlToBytes(sealPersonal(key, PLACE, plain)), 'bytes');
  const records = expand(sha256, key.secret, utf8ToBytes('interlude personal 1|records'), 32);
  const context = utf8ToBytes(JSON.stringify(['personal 1', key.id, 'entry', 'e1']));
  expect(sealed[0]).toBe(1);
  expect(xchacha20poly1305(records, sealed.slice(1, 25), context).decrypt(sealed.slice(25))).toEqual(plain);
});

test('a vector: what is sealed today opens for ever', () => {
  const known = { id: '01890000-0000-7000-8000-000000000001', secret: new Uint8Array(32).fill(7) };
  expect(openPersonal(known, ['private', 'x'], VECTOR.sealed)).toEqual(utf8ToBytes('a vector'));
  expect(openByCode(VECTOR.wrap, { owner: 'member-1', key: known.id }, VECTOR.code)).toEqual(known);
  expect(personalId(known, 'word')).toBe(VECTOR.id);
});

test('each of the three ways opens its wrap, and no other secret does', async () => {
  const code = newRecoveryCode();
  const other = newPersonalKey();
  const byPassword = await wrapByPassword(key, owner, { password: 'contraseña', derive, cost });
  const byCode = wrapByCode(key, owner, code);
  const byKey = wrapByKey(key, owner, other);
  expect(byPassword).toMatchObject(cost);
  expect(await openByPassword(byPassword, name, { password: 'contrasen\u0303a', derive })).toEqual(key);
  expect(openByCode(byCode, name, code)).toEqual(key);
  expect(openByKey(byKey, name, other)).toEqual(key);

  for (const password of ['', 'Contraseña'])
    expect(await openByPassword(byPassword, name, { password, derive })).toBeNull();
  expect(openByCode(byCode, name, newRecoveryCode())).toBeNull();
  expect(openByKey(byKey, name, { ...newPersonalKey(), id: other.id })).toBeNull();
  expect(openByKey(byKey, name, newPersonalKey())).toBeNull();
  expect(await openByPassword(byCode, name, { password: code, derive })).toBeNull();
  expect(openByCode(byPassword, name, 'contraseña')).toBeNull();
});

test('a wrap is of one person and one key, and all that lies in it is bound to it', async () => {
  const code = newRecoveryCode();
  const byCode = wrapByCode(key, owner, code);
  expect(openByCode(byCode, { owner: 'member-2', key: key.id }, code)).toBeNull();
  expect(openByCode(byCode, { owner, key: newPersonalKey().id }, code)).toBeNull();
  // Even where the derivation took no notice of it.
  const unheeding = async () => new Uint8Array(32).fill(3);
  const byPassword = await wrapByPassword(key, owner, { password: 'a', derive: unheeding, cost });
  const salt = bytesToBase64url(randomBytes(16));
  const changed = [{ salt }, { memoryKib: 8 }, { passes: 2 }].map(
    (part) => ({ ...byPassword, ...part }) as PersonalWrap,
  );
  for (const wrap of changed) expect(await openByPassword(wrap, name, { password: 'a', derive: unheeding })).toBeNull();
  expect(await openByPassword(byPassword, name, { password: 'a', derive: unheeding })).toEqual(key);
});

test('a salt is used once; the code stretches as the standard says', () => {
  const code = newRecoveryCode();
  const [one, two] = [wrapByCode(key, owner, code), wrapByCode(key, owner, code)];
  if (one.kind !== 'code' || two.kind !== 'code') throw new Error('Expected wraps by code');
  expect(one.salt).not.toBe(two.salt);
  const kek = hkdf(
    sha256,
    utf8ToBytes(code),
    base64urlToBytes(one.salt) ?? undefined,
    utf8ToBytes('interlude personal 1|code'),
    32,
  );
  const bytes = must(base64urlToBytes(one.sealed), 'bytes');
  const context = utf8ToBytes(JSON.stringify(['personal wrap 1', owner, key.id, 'code', one.salt]));
  expect(xchacha20poly1305(kek, bytes.slice(1, 25), context).decrypt(bytes.slice(25))).toEqual(key.secret);
});

test('a name is the same for who has the key, and tells nobody else anything', () => {
  expect(personalId(key, 'a')).toBe(personalId({ ...key }, 'a'));
  expect(personalId(key, 'a')).not.toBe(personalId(key, 'b'));
  expect(personalId(newPersonalKey(), 'a')).not.toBe(personalId(key, 'a'));
});

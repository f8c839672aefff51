import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { argon2id } from '@noble/hashes/argon2.js';
import { deriveKey } from './argon-derive.ts';

const salt = Uint8Array.from({ length: 16 }, (_, i) => i);

test('agrees with an independent Argon2id', async () => {
  const key = await deriveKey({ password: 'correct horse', salt, memoryKib: 256, passes: 2 });
  const independent = argon2id('correct horse', salt, { m: 256, t: 2, p: 1, dkLen: 32 });
  expect(bytesToHex(key)).toBe(bytesToHex(independent));
});

test('another password, salt or cost is another key', async () => {
  const input = { password: 'a', salt, memoryKib: 64, passes: 1 };
  const inputs = [
    input,
    { ...input, password: 'b' },
    { ...input, salt: salt.map((byte) => byte + 1) },
    { ...input, memoryKib: 72 },
    { ...input, passes: 2 },
  ];
  const keys = await Promise.all(inputs.map(async (one) => bytesToHex(await deriveKey(one))));
  expect(new Set(keys).size).toBe(inputs.length);
});

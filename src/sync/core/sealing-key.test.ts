import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { base64urlToBytes, bytesToBase64url } from '../../base/base64url.ts';
import { must } from '../../base/must.ts';
import {
  agreeAsRecipient,
  agreeAsSender,
  decapsulate,
  exportPrivateKey,
  generateSealingKeyPair,
  importPrivateKey,
  sealingKeyId,
} from './sealing-key.ts';

const info = new TextEncoder().encode('test');

// RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), base mode.
const RFC = {
  ephemeral:
    '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
  secret: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
  recipient:
    '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  shared: 'c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8',
};

function pkcs8Of(secretHex: string, pointHex: string): Uint8Array {
  const head = '308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420';
  return hexToBytes(`${head}${secretHex}a144034200${pointHex}`);
}

test('the shared secret is the one of RFC 9180', async () => {
  const privateKey = await importPrivateKey(pkcs8Of(RFC.secret, RFC.recipient));
  const own = { publicKey: bytesToBase64url(hexToBytes(RFC.recipient)), privateKey };
  const shared = await decapsulate(own, hexToBytes(RFC.ephemeral));
  expect(bytesToHex(must(shared, 'a secret'))).toBe(RFC.shared);
});

test('both sides agree, each session anew, bound to info and to the recipient', async () => {
  const own = await generateSealingKeyPair();
  const other = await generateSealingKeyPair();
  const first = await agreeAsSender(own.publicKey, info);
  const second = await agreeAsSender(own.publicKey, info);
  expect(await agreeAsRecipient(own, first.ephemeralPublicKey, info)).toEqual(first.key);
  expect(second.key).not.toEqual(first.key);
  expect(await agreeAsRecipient(own, first.ephemeralPublicKey, Uint8Array.of(1))).not.toEqual(first.key);
  expect(await agreeAsRecipient(other, first.ephemeralPublicKey, info)).not.toEqual(first.key);
  const misnamed = { publicKey: other.publicKey, privateKey: own.privateKey };
  expect(await agreeAsRecipient(misnamed, first.ephemeralPublicKey, info)).not.toEqual(first.key);
});

test('a private key survives its export, and the imported one cannot be exported again', async () => {
  const pair = await generateSealingKeyPair();
  const privateKey = await importPrivateKey(await exportPrivateKey(pair.privateKey));
  const { key, ephemeralPublicKey } = await agreeAsSender(pair.publicKey, info);
  const again = { publicKey: pair.publicKey, privateKey };
  expect(await agreeAsRecipient(again, ephemeralPublicKey, info)).toEqual(key);
  await expect(exportPrivateKey(privateKey)).rejects.toThrow();
});

test('what is no point of the curve is refused', async () => {
  const pair = await generateSealingKeyPair();
  const point = must(base64urlToBytes(pair.publicKey), 'bytes');
  const off = point.slice();
  off[64] = (off[64] ?? 0) ^ 1;
  const compressed = Uint8Array.of(2 + ((point[64] ?? 0) & 1), ...point.subarray(1, 33));
  for (const bad of [off, compressed, new Uint8Array(65), new Uint8Array(0)]) {
    expect(await agreeAsRecipient(pair, bad, info)).toBeNull();
  }
  await expect(agreeAsSender(bytesToBase64url(off), info)).rejects.toThrow();
  await expect(agreeAsSender('not a key', info)).rejects.toThrow();
});

test('a key id names its public key', async () => {
  const [a, b] = [await generateSealingKeyPair(), await generateSealingKeyPair()];
  expect(a.keyId).toBe(sealingKeyId(a.publicKey));
  expect(a.keyId).toMatch(/^[\w-]{16}$/);
  expect(a.keyId).not.toBe(b.keyId);
});

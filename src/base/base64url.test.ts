import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64urlToBytes, bytesToBase64url } from './base64url.ts';

test('agrees with the platform for all bytes, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const padded = btoa(String.fromCharCode(...bytes));
      const text = padded.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      expect(bytesToBase64url(bytes)).toBe(text);
      expect(base64urlToBytes(text)).toEqual(new Uint8Array(bytes));
    }),
  );
});

test('text that is not base64url, or not the one spelling, is refused', () => {
  for (const text of ['A', 'AA==', 'A+A_', 'A/A_', 'AB', 'AAB', 'AA A', 'ÄAAA']) {
    expect(base64urlToBytes(text)).toBeNull();
  }
  expect(base64urlToBytes('AA')).toEqual(Uint8Array.of(0));
});

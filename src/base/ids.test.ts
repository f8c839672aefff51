import { expect, test } from 'vitest';
import { isId, newId, uuidOf } from './ids.ts';

test('an id is a UUIDv7 that carries its time', () => {
  const at = Date.UTC(2026, 10, 23, 12, 0, 0, 123);
  const id = newId(at);
  expect(isId(id)).toBe(true);
  expect(id[14]).toBe('7');
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
});

test('ids of later times sort later, ids of one time differ', () => {
  expect(newId(1_700_000_000_000) < newId(1_700_000_000_001)).toBe(true);
  expect(new Set(Array.from({ length: 1000 }, () => newId(5))).size).toBe(1000);
});

test('what is not a UUID is not an id', () => {
  expect(isId('')).toBe(false);
  expect(isId('../../etc/passwd')).toBe(false);
  expect(isId(newId().toUpperCase())).toBe(false);
});

test('an id made of bytes is a UUID, the same for the same bytes', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
  expect(isId(uuidOf(bytes))).toBe(true);
  expect(uuidOf(bytes)).toBe(uuidOf(bytes.slice(0, 16)));
  expect(uuidOf(bytes)).not.toBe(uuidOf(bytes.slice(1)));
  expect(uuidOf(bytes)[14]).toBe('8');
});

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { MembershipDatabase } from '../../sync/client/database.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { cipherOf } from '../../sync/client/vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from '../../sync/client/vault/keys.ts';
import { memberSample } from '../member/samples.ts';
import { declared } from '../shared.ts';
import { staffOf } from '../spaces.ts';
import { isProtected, protectionOf } from './queries.ts';

const [lee, ben] = [newId(), newId()];
const cipher = cipherOf(vaultKeysOf(generateDataKey()));
let db: MembershipDatabase;
let reader: Reader;

async function put(type: string, fields: JsonObject, { id = newId(), version = 1 } = {}): Promise<void> {
  const row = { id, type, space: staffOf(ben), version, by: lee, at: '', fields };
  await db.row.put(toLocalRow(declared, cipher, row));
}

const step = (edSafe: boolean, reason: string, version: number) =>
  put('protectionFact', { client: ben, edSafe, reason, at: '2026-11-01T08:00:00.000Z', zone: 'UTC' }, { version });

beforeEach(() => {
  db = new MembershipDatabase(newId(), cipher);
  reader = createReader(db, cipher, lee);
});
afterEach(() => db.delete());

test('who has no row is not protected', async () => {
  expect(await isProtected(reader, ben)).toBe(false);
  expect(await protectionOf(reader, ben)).toEqual({ edSafe: false, steps: [], cursor: 0 });
});

test('every act is read with who and why, newest first, what is not sent before all', async () => {
  await put('protection', { client: ben, edSafe: true }, { id: ben });
  await put('member', { ...memberSample({ name: 'Dr. Lee' }) }, { id: lee });
  await step(true, 'first', 5);
  await step(true, 'third', 0);
  await step(false, 'second', 8);
  const { edSafe, steps } = await protectionOf(reader, ben);
  expect(edSafe).toBe(true);
  expect(steps.map((one) => [one.reason, one.edSafe, one.name])).toEqual([
    ['third', true, 'Dr. Lee'],
    ['second', false, 'Dr. Lee'],
    ['first', true, 'Dr. Lee'],
  ]);
});

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { MembershipDatabase } from '../../sync/client/database.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { cipherOf } from '../../sync/client/vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from '../../sync/client/vault/keys.ts';
import { declared } from '../shared.ts';
import { PUBLIC } from '../spaces.ts';
import { practiceHere } from './queries.ts';
import { practiceSample } from './samples.ts';

const cipher = cipherOf(vaultKeysOf(generateDataKey()));
let db: MembershipDatabase;
let reader: Reader;

beforeEach(() => {
  db = new MembershipDatabase(newId(), cipher);
  reader = createReader(db, cipher, newId());
});
afterEach(() => db.delete());

test('the practice is read with its words for a crisis', async () => {
  const fields = practiceSample();
  const row = { id: newId(), type: 'practice', space: PUBLIC, version: 1, by: newId(), at: '', fields };
  await db.row.put(toLocalRow(declared, cipher, row));
  expect(await practiceHere(reader)).toEqual(fields);
});

test('before it has come there is none', async () => {
  expect(await practiceHere(reader)).toBeNull();
});

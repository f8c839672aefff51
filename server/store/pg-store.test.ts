import { afterAll, beforeAll, describe } from 'vitest';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import type { Database } from './database.ts';
import { createPgStore } from './pg-store.ts';
import { storeContract } from './store-contract.ts';

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await startTestDatabases();
  database = await databases.fresh();
});
afterAll(() => databases.remove());

describe('the store on PostgreSQL', () => {
  storeContract(async () => ({
    store: createPgStore(database),
    addPractice: async ({ id, slug }) => {
      await database.pool.query('insert into practice (id, slug) values ($1, $2)', [id, slug]);
    },
  }));
});

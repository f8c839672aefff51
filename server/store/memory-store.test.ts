import { describe } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { createMemoryStore } from './memory-store.ts';
import { storeContract } from './store-contract.ts';

const store = createMemoryStore(newId());

describe('the store in memory', () => {
  storeContract(async () => ({ store, addPractice: async (practice) => store.addPractice(practice) }));
});

import { describe } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { docLogContract } from './doc-log-contract.ts';
import { createMemoryStore } from './memory-store.ts';

const store = createMemoryStore(newId());

describe('the log of documents in memory', () => {
  docLogContract(async () => ({
    log: store.docs,
    store,
    addPractice: async (practice) => store.addPractice(practice),
  }));
});

import { describe } from 'vitest';
import { newId } from '../../base/ids.ts';
import { cipherOf } from '../client/vault/cipher.ts';
import { generateDataKey, vaultKeysOf } from '../client/vault/keys.ts';
import { deviceStoreContract } from './device-store-contract.ts';
import { DexieMedium } from './medium.ts';
import { MemoryDisk } from './memory-device.ts';

describe('in memory', () => {
  deviceStoreContract(async () => new MemoryDisk());
});

describe('in IndexedDB', () => {
  deviceStoreContract(async () => {
    const [medium, member, cipher] = [new DexieMedium(), newId(), cipherOf(vaultKeysOf(generateDataKey()))];
    return { open: ({ locked = false } = {}) => medium.open(member, locked ? null : cipher) };
  });
});

// The vault's keys as the cipher that the sealing middleware asks for.

import type { Cipher } from '../sealed.ts';
import { enumToken, openRecord, sealRecord } from './keys.ts';
import type { VaultKeys } from './keys.ts';

/** A cipher under these keys. Tokens are remembered: there are few words, and each is asked for with every row. */
export function cipherOf(keys: VaultKeys): Cipher {
  const tokens = new Map<string, string>();
  return {
    seal: (place, plain) => sealRecord(keys, place, plain),
    open: (place, sealed) => openRecord(keys, place, sealed),
    token(word) {
      const known = tokens.get(word) ?? enumToken(keys, { field: 'type', value: word });
      tokens.set(word, known);
      return known;
    },
  };
}

// A key from a password: Argon2id, slow and memory-hungry so that guessing is. Promises the same key for the same password,
// however the keyboard composed its accents. Runs wherever it is called; `argon.ts` calls it off the page's own thread.

import { argon2id } from 'hash-wasm';

/** How dear one guess is. `memoryKib` is KiB, `passes` counts runs over that memory. */
export type ArgonCost = { readonly memoryKib: number; readonly passes: number };
export type ArgonInput = ArgonCost & { readonly password: string; readonly salt: Uint8Array };

/** Turns a password into a key of 32 bytes. Rejects where the memory cannot be had. */
export type DeriveKey = (input: ArgonInput) => Promise<Uint8Array>;

/** What new wraps use. Wraps keep their own cost, so this may grow with the devices. */
export const ARGON_COST: ArgonCost = { memoryKib: 64 * 1024, passes: 3 };
export const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** Argon2id over the NFKC form of the password. An empty password is a bug of the caller and throws. */
export async function deriveKey({ password, salt, memoryKib, passes }: ArgonInput): Promise<Uint8Array> {
  if (password === '') throw new Error('A password has at least one letter');
  return argon2id({
    password: password.normalize('NFKC'),
    salt,
    memorySize: memoryKib,
    iterations: passes,
    parallelism: 1,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
}

// Derives a key from a password in a worker started for it. Promises that the page stays responsive and that the worker, with
// the memory and the copy of the password in it, is gone afterwards. Does not retry.

import type { DeriveKey } from './argon-derive.ts';
import type { ArgonAnswer } from './argon.worker.ts';

/** The device could not do the work: mostly too little memory. Another way to unlock may still do. */
export class DerivationFailed extends Error {
  override readonly name = 'DerivationFailed';
}

/** As `deriveKey`, in a worker. Rejects with `DerivationFailed`. */
export const deriveKeyInWorker: DeriveKey = async (input) => {
  const worker = new Worker(new URL('./argon.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<ArgonAnswer>) => {
        if ('key' in data) resolve(data.key);
        else reject(new DerivationFailed(data.failed));
      });
      worker.addEventListener('error', () => reject(new DerivationFailed('the worker did not run')));
      worker.postMessage(input);
    });
  } finally {
    worker.terminate();
  }
};

// One derivation off the page's thread: takes an input, answers with a key or with the name of what went wrong, and is done.

import { deriveKey } from './argon-derive.ts';
import type { ArgonInput } from './argon-derive.ts';

export type ArgonAnswer = { readonly key: Uint8Array } | { readonly failed: string };

self.addEventListener('message', (event: MessageEvent<ArgonInput>) => {
  const answer = (message: ArgonAnswer): void => self.postMessage(message);
  deriveKey(event.data).then(
    (key) => answer({ key }),
    (error: unknown) => answer({ failed: error instanceof Error ? error.name : 'unknown' }),
  );
});

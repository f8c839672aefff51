// The process that opens files, one after another, as it is asked (`examiner.ts`). It gives up root's rights before it takes the
// first, and reads and writes no file after that.

import { createDecipheriv } from 'node:crypto';
import { mediaFault } from './media-fault.ts';
import type { MediaFault } from './media-fault.ts';
import type { Answer, Sealed } from './examiner.ts';

/** The kernel's own id for nobody. */
const NOBODY = 65_534;
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16];

function opened({ bytes, key }: Sealed): Uint8Array | null {
  const raw = Buffer.from(key, 'base64url');
  if (raw.length !== KEY_BYTES || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', raw, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function faultOf(sealed: Sealed): MediaFault | null {
  const plain = opened(sealed);
  return plain === null ? 'unreadable' : mediaFault(plain);
}

if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const say = (answer: Answer) => process.send?.(answer);
process.on('message', (sealed: Sealed) => say({ fault: faultOf(sealed) }));
// The server has gone.
process.on('disconnect', () => process.exit());
say('ready');

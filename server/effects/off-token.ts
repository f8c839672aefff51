// The word by which a letter's link names whose e-mail is to end, signed, so that nobody makes one for somebody else. It opens
// nothing else and does not run out by itself, for a letter may be old; a changed secret of the server ends it.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../secret.ts';

const ID = 16;
const MAC = 32;

export interface OffToken {
  readonly practice: string;
  readonly member: string;
}

export function createOffTokens(secret: Uint8Array) {
  const key = deriveKey(secret, 'mail');
  const sign = (ids: Buffer) => createHmac('sha256', key).update('off').update(ids).digest();
  return {
    make({ practice, member }: OffToken): string {
      const ids = Buffer.from(`${practice}${member}`.replaceAll('-', ''), 'hex');
      return Buffer.concat([ids, sign(ids)]).toString('base64url');
    },
    /** Null for what was not made here. */
    read(token: string): OffToken | null {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== 2 * ID + MAC) return null;
      const ids = bytes.subarray(0, 2 * ID);
      if (!timingSafeEqual(sign(ids), bytes.subarray(2 * ID))) return null;
      return { practice: idIn(ids.subarray(0, ID)), member: idIn(ids.subarray(ID)) };
    },
  };
}

function idIn(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

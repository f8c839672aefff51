// What a printed page opens with: made on the device that prints it, and known to nobody else; the practice has its hash.

import { bytesToBase64url } from '../../../base/base64url.ts';

const BYTES = 16;

export interface PageSecret {
  readonly secret: string;
  readonly secretHash: string;
}

export async function makeSecret(): Promise<PageSecret> {
  const secret = bytesToBase64url(crypto.getRandomValues(new Uint8Array(BYTES)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return { secret, secretHash: bytesToBase64url(new Uint8Array(digest)) };
}

// The word by which a program without a cookie opens documents: signed, for five minutes, of one sign-in. It is good for the
// relay alone, and ends with the sign-in that it was made of.

import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { deriveKey } from '../secret.ts';

const FOR_MS = 5 * 60_000;

const claims = z.object({ user: z.string(), session: z.string(), until: z.number() });

export interface SignIn {
  readonly userId: string;
  readonly sessionId: string;
}

export function createRelayTokens(secret: Uint8Array, now: () => Date) {
  const key = deriveKey(secret, 'relay');
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    make({ userId, sessionId }: SignIn): { token: string; expiresAt: string } {
      const until = now().getTime() + FOR_MS;
      const said = Buffer.from(JSON.stringify({ user: userId, session: sessionId, until })).toString('base64url');
      return { token: `${said}.${sign(said).toString('base64url')}`, expiresAt: new Date(until).toISOString() };
    },
    /** Null for what was not made here, or too long ago. */
    read(token: string): SignIn | null {
      const [said = '', mac = ''] = token.split('.');
      const given = Buffer.from(mac, 'base64url');
      const own = sign(said);
      if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
      const { user, session, until } = claims.parse(JSON.parse(Buffer.from(said, 'base64url').toString()));
      return until > now().getTime() ? { userId: user, sessionId: session } : null;
    },
  };
}

export type RelayTokens = ReturnType<typeof createRelayTokens>;

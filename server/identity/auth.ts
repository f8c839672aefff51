// better-auth, held to one thing: signing in with e-mail and password. No plugin, no sign-up, no other provider, so there is
// nothing to link an account with. Its tables are made by our own migration, in the schema `identity`; who belongs to
// which practice is not its business.

import { betterAuth } from 'better-auth';
import type { BetterAuthOptions } from 'better-auth';
import { newId } from '../../src/base/ids.ts';
import { createOriginRule } from '../http/origin.ts';
import type { Log } from '../log.ts';
import { deriveKey } from '../secret.ts';
import type { Database } from '../store/database.ts';

export const AUTH_PATH = '/api/auth';
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

const DAY_S = 24 * 60 * 60;
const SESSION_S = 30 * DAY_S;
const WRITTEN = { createdAt: 'created_at', updatedAt: 'updated_at' };

export interface AuthParts {
  readonly database: Pick<Database, 'db'>;
  readonly publicUrl: string;
  readonly secret: Uint8Array;
  readonly log: Log;
}

export interface EndedSession {
  readonly userId: string;
  readonly sessionId: string;
}

export type Auth = ReturnType<typeof createAuth>;

/** Signing in; `onEnded` hears of every session that was ended, once it is gone. */
export function createAuth(parts: AuthParts, onEnded: (ended: EndedSession) => void) {
  return betterAuth(authOptions(parts, onEnded));
}

/** All that better-auth is told. Exported for the test that compares its wishes with our migration. */
export function authOptions({ database, publicUrl, secret, log }: AuthParts, onEnded: (ended: EndedSession) => void) {
  return {
    appName: 'Interlude',
    baseURL: publicUrl,
    basePath: AUTH_PATH,
    trustedOrigins: [...createOriginRule(publicUrl).origins],
    // As a list, since a plain secret gives way to an environment variable.
    secrets: [{ version: 1, value: Buffer.from(deriveKey(secret, 'auth')).toString('base64url') }],
    database: { db: database.db, type: 'postgres', schemaName: 'identity', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
    },
    ...TABLES,
    databaseHooks: {
      session: { delete: { after: async ({ id, userId }) => onEnded({ userId, sessionId: id }) } },
    },
    // `attempts.ts` counts wrong passwords; this one would count right ones as well.
    rateLimit: { enabled: false },
    advanced: {
      ...cookieOptions(publicUrl),
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      // Its words may quote what was asked, so only that there was a fault is kept.
      log: (level) => (level === 'error' ? log.error({ code: 'auth-fault' }) : undefined),
    },
    onAPIError: {
      onError: (error) => {
        if (!isRefusal(error)) log.error({ code: 'auth-failed' }, error);
      },
    },
  } satisfies BetterAuthOptions;
}

const TABLES = {
  user: { fields: { emailVerified: 'email_verified', ...WRITTEN } },
  session: {
    expiresIn: SESSION_S,
    updateAge: DAY_S,
    fields: {
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      userId: 'user_id',
      ...WRITTEN,
    },
  },
  account: {
    accountLinking: { enabled: false },
    fields: {
      accountId: 'account_id',
      providerId: 'provider_id',
      userId: 'user_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...WRITTEN,
    },
  },
  verification: { fields: { expiresAt: 'expires_at', ...WRITTEN } },
};

/** better-auth's own switch for secure cookies would put `__Secure-` before the name, and `__Host-` must stand first. */
function cookieOptions(publicUrl: string) {
  const secure = new URL(publicUrl).protocol === 'https:';
  return {
    useSecureCookies: false,
    cookiePrefix: secure ? '__Host-interlude' : 'interlude',
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  };
}

function isRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status < 500;
}

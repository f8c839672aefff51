// Every setting of the server, read and checked in this one place. Promises: all wrong settings are named at once, each
// with what was expected, and no value is ever repeated, since it may be secret.

import { resolve } from 'node:path';
import * as z from 'zod';
import { addressOfBucket } from './files/s3-store.ts';
import { parseSecret } from './secret-text.ts';
import { StartError } from './start-error.ts';

export interface Config {
  /** Absolute. */
  readonly dataDir: string;
  /** An outside PostgreSQL; null runs the embedded one in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Origin that browsers use, without a path; null is `http://localhost:<port>`. */
  readonly publicUrl: string | null;
  readonly secretKey: Uint8Array | null;
  /** Where letters go; null keeps them in the outbox folder. */
  readonly smtpUrl: string | null;
  /** Who letters are from; null is an address of the public URL's host. */
  readonly mailFrom: string | null;
  readonly stripeSecretKey: string | null;
  readonly s3Url: string | null;
  /** Origin of a push service of one's own, reached although it is not public or not https; null trusts public ones alone. */
  readonly pushService: string | null;
  readonly vapid: { readonly publicKey: string; readonly privateKey: string; readonly subject: string } | null;
}

const BUCKET = 'https://key:secret@host/bucket';
const VAPID = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const;

const settings = z.object({
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database').optional(),
  HOST: text(/^[A-Za-z0-9.:_-]+$/, 'an address or host name to listen on').default('127.0.0.1'),
  PORT: text(/^\d{1,5}$/, 'a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a whole number from 0 to 65535')
    .default(8080),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'an http or https address without a path, like https://care.example')
    .optional(),
  SECRET_KEY: z
    .string()
    .refine((value) => parseSecret(value) !== null, 'at least 32 random bytes as base64 or hex')
    .optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://user:password@host:587').optional(),
  MAIL_FROM: text(
    /^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/,
    'an address like Care <care@example.org>',
  ).optional(),
  PUSH_SERVICE_URL: z.string().refine(isOrigin, 'an http or https address without a path').optional(),
  STRIPE_SECRET_KEY: text(
    /^[sr]k_(?:test|live)_\w{8,}$/,
    'a secret key of Stripe, beginning with sk_ or rk_',
  ).optional(),
  S3_URL: url(['http:', 'https:', 's3:'], BUCKET)
    .refine((value) => addressOfBucket(value) !== null, `an address like ${BUCKET}`)
    .optional(),
  VAPID_PUBLIC_KEY: base64url(65, 'a P-256 public key: 65 bytes as base64url').optional(),
  VAPID_PRIVATE_KEY: base64url(32, 'a P-256 private key: 32 bytes as base64url').optional(),
  VAPID_SUBJECT: url(['mailto:', 'https:'], 'mailto:someone@example.org or an https address').optional(),
});

/** Reads the settings from an environment; an empty one counts as absent. Throws StartError naming every wrong one. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])),
  );
  const parsed = settings.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: expected ${issue.message}`);
  const missing = VAPID.filter((name) => given[name] === undefined);
  if (missing.length > 0 && missing.length < VAPID.length) {
    wrong.push(...missing.map((name) => `${name}: expected too, since ${VAPID.join(', ')} belong together`));
  }
  if (!parsed.success || wrong.length > 0) throw new StartError(`Settings are wrong:\n  ${wrong.join('\n  ')}`);
  return configOf(parsed.data);
}

/** The address browsers use, once the port is known. */
export function publicUrlOf(config: Config, port: number): string {
  return config.publicUrl ?? `http://localhost:${port}`;
}

function configOf(given: z.infer<typeof settings>): Config {
  const [publicKey, privateKey, subject] = VAPID.map((name) => given[name]);
  return {
    dataDir: resolve(given.DATA_DIR),
    databaseUrl: given.DATABASE_URL ?? null,
    host: given.HOST,
    port: given.PORT,
    publicUrl: given.PUBLIC_URL === undefined ? null : new URL(given.PUBLIC_URL).origin,
    secretKey: given.SECRET_KEY === undefined ? null : parseSecret(given.SECRET_KEY),
    smtpUrl: given.SMTP_URL ?? null,
    mailFrom: given.MAIL_FROM ?? null,
    stripeSecretKey: given.STRIPE_SECRET_KEY ?? null,
    s3Url: given.S3_URL ?? null,
    pushService: given.PUSH_SERVICE_URL === undefined ? null : new URL(given.PUSH_SERVICE_URL).origin,
    vapid: publicKey && privateKey && subject ? { publicKey, privateKey, subject } : null,
  };
}

function text(form: RegExp, expected: string) {
  return z.string().regex(form, expected);
}

function url(protocols: readonly string[], example: string) {
  return z
    .string()
    .refine((value) => protocols.includes(parseUrl(value)?.protocol ?? ''), `an address like ${example}`);
}

function base64url(bytes: number, expected: string) {
  return z
    .string()
    .refine((value) => /^[\w-]+=*$/.test(value) && Buffer.from(value, 'base64url').length === bytes, expected);
}

function isOrigin(value: string): boolean {
  const found = parseUrl(value);
  if (found === null || !['http:', 'https:'].includes(found.protocol)) return false;
  return found.pathname === '/' && !found.search && !found.hash && !found.username && !found.password;
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

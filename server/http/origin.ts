// The Origin rule: what changes something, and every socket, must come from a page of our own address. A server on
// loopback is one place under its three names.

export interface OriginRule {
  /** Whether this `Origin` header is ours; an absent one is not. */
  allows(origin: string | null | undefined): boolean;
  /** Every origin that is ours. */
  readonly origins: readonly string[];
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The rule of a server whose pages live at `publicUrl`. */
export function createOriginRule(publicUrl: string): OriginRule {
  const url = new URL(publicUrl);
  const port = url.port === '' ? '' : `:${url.port}`;
  const hosts = LOOPBACK.includes(url.hostname) ? LOOPBACK.map((name) => `${name}${port}`) : [url.host];
  const origins = hosts.map((host) => `${url.protocol}//${host}`);
  return { origins, allows: (origin) => origin !== null && origin !== undefined && origins.includes(origin) };
}

/** Whether a request only reads, so that it needs no Origin. */
export function isRead(method: string): boolean {
  return READS.has(method);
}

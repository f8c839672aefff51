// Ids are UUIDv7 (RFC 9562): made on any device without asking anyone, and ordered by the time of their making.

declare const crypto: { getRandomValues<T extends Uint8Array>(bytes: T): T };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in lower case. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** A new UUIDv7. `nowMs` is milliseconds since 1970; the rest is random. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(nowMs / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return format(bytes);
}

/** A UUID of the holder's own making (version 8) from the first 16 of these bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const own = bytes.slice(0, 16);
  own[6] = 0x80 | ((own[6] ?? 0) & 0x0f);
  own[8] = 0x80 | ((own[8] ?? 0) & 0x3f);
  return format(own);
}

function format(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

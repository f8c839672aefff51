// How a secret is written: 64 or more hex digits, or base64 (either alphabet) of at least 32 bytes.

export const SECRET_BYTES = 32;

/** The bytes of a written secret, or null where the text is not one or holds fewer than 32 bytes. */
export function parseSecret(text: string): Uint8Array | null {
  const trimmed = text.trim();
  const bytes = isHex(trimmed) ? Buffer.from(trimmed, 'hex') : fromBase64(trimmed);
  return bytes !== null && bytes.length >= SECRET_BYTES ? new Uint8Array(bytes) : null;
}

function isHex(text: string): boolean {
  return /^(?:[0-9a-f]{2}){32,}$/i.test(text);
}

function fromBase64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}

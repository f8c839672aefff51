// Which parts of a text can be pressed: addresses of the web, of mail and of telephones that are written out as such. Nothing else is
// made into a link, and what is shown is what was written.

export interface TextPiece {
  readonly text: string;
  readonly href?: string;
  /** Where in the text it begins. */
  readonly at: number;
}

const FOUND = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"'`\\]+/giu;
/** What ends a sentence, not an address. */
const AFTER = /[.,;:!?…،؛؟。、)\]}»”’*_]$/u;
/** Letters that nobody sees and that turn what is seen around. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const MAIL = /^mailto:[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
const PHONE = /^tel:\+?[0-9](?:[0-9().-]{1,22})$/i;
const LENGTH_MAX = 2000;

/** The text in pieces, in order and whole. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  const add = (end: number, href?: string) => {
    if (end > at) pieces.push({ text: text.slice(at, end), ...(href !== undefined && { href }), at });
    at = Math.max(at, end);
  };
  for (const { 0: found, index } of text.matchAll(FOUND)) {
    if (found.length > LENGTH_MAX) continue;
    const address = withoutEnd(found.split(HIDDEN)[0] ?? '');
    // What is hidden in the middle of it would end it where nobody sees.
    const href = address.length < found.length && HIDDEN.test(found) ? undefined : hrefOf(address);
    if (href === undefined) continue;
    add(index);
    add(index + address.length, href);
  }
  add(text.length);
  return pieces;
}

function withoutEnd(address: string): string {
  let end = address;
  while (AFTER.test(end) && !(end.endsWith(')') && isClosed(end))) end = end.slice(0, -1);
  return end;
}

/** A bracket that was opened within it is a part of it. */
const isClosed = (address: string): boolean => address.split('(').length >= address.split(')').length;

/** The address as it is pressed; undefined where it is none, or says something else to the eye than to the browser. */
function hrefOf(address: string): string | undefined {
  if (/^(?:mailto|tel):/i.test(address)) return MAIL.test(address) || PHONE.test(address) ? address : undefined;
  const url = parsed(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return undefined;
  // A name before the host passes for one, and letters of other scripts for Latin ones: what is read must be where it leads.
  const said = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1]?.toLowerCase().replace(/:\d+$/, '');
  return said !== url.hostname || said.includes('xn--') ? undefined : url.href;
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

// Whose address a request counts for. A proxy on this machine names its own client last in `X-Forwarded-For`; from any
// other peer that header is hearsay.

import { isIPv6 } from 'node:net';

/** The network of `::1`, in which no other address is in use. */
const LOOPBACK_NETWORK = '0:0:0:0';

/** The client's address, an IPv6 one as its /64 network; null where the peer is not known. */
export function clientAddress(peer: string | undefined, headers: Headers): string | null {
  if (peer === undefined) return null;
  const direct = plain(peer);
  const forwarded = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return network(isLoopback(direct) && forwarded ? plain(forwarded) : direct);
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Whether an address is this machine's own, also in the form that `clientAddress` gives. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address === LOOPBACK_NETWORK || address.startsWith('127.');
}

/** Whoever has one IPv6 address has 2^64 of them. */
function network(address: string): string {
  if (!isIPv6(address)) return address.slice(0, 64);
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

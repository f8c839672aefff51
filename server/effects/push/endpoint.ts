// Which addresses this server sends a push to. A browser names the address, so it is a stranger's: only https at its usual port,
// only names, and at the moment of sending only where the name leads to a public address. So nobody makes this server knock at
// what stands behind its own wall.

import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits);
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet('2000::', 3, 'ipv6');
const NOT_PUBLIC_6 = new BlockList();
// Teredo and its like, documentation, 6to4 and NAT64: these lead to addresses of version 4.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  NOT_PUBLIC_6.addSubnet(net, bits, 'ipv6');

const LONGEST = 1024;

/** Whether a browser may name this address. `own` is the origin of the operator's own push service, or null. */
export function isPushEndpoint(endpoint: string, own: string | null): boolean {
  if (endpoint.length > LONGEST || !URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') return false;
  if (own !== null && url.origin === own) return true;
  const host = url.hostname.replace(/\.$/, '');
  const isName =
    isIP(host.replace(/^\[|\]$/g, '')) === 0 &&
    host.includes('.') &&
    !/\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
  return url.protocol === 'https:' && url.port === '' && isName;
}

/** Whether an address is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !PRIVATE.check(address);
  return isIP(address) === 6 && PUBLIC_6.check(address, 'ipv6') && !NOT_PUBLIC_6.check(address, 'ipv6');
}

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Looks a name up as a connection asks for it, and fails where any of its addresses is not public. */
export function lookUpPublic(host: string, options: LookupOptions, found: Found): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return found(error, '', 4);
    const isOpen = addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
    if (!isOpen) return found(Object.assign(new Error('not a public address'), { code: 'EPRIVATE' }), '', 4);
    const [first] = addresses;
    return options.all === true ? found(null, addresses) : found(null, first?.address ?? '', first?.family);
  });
}

import { expect, test } from 'vitest';
import { isPublicAddress, isPushEndpoint, lookUpPublic } from './endpoint.ts';

const PUBLIC = ['8.8.8.8', '142.250.1.188', '2607:f8b0:4004:c07::bc'];
const INSIDE = [
  ...['10.1.2.3', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0'],
  ...['255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', '::ffff:10.0.0.1', '2002:0a00:0001::'],
  ...['2001:0:4136::1', '64:ff9b::a00:1', 'x'],
];

test.each(PUBLIC)('%s is of the open internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(INSIDE)('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test('only the operator’s own service may be elsewhere, and only its origin', () => {
  const own = 'http://10.0.0.5:9000';
  expect(isPushEndpoint('http://10.0.0.5:9000/a', own)).toBe(true);
  expect(isPushEndpoint('http://10.0.0.5:9001/a', own)).toBe(false);
  expect(isPushEndpoint('http://10.0.0.5:9000/a', null)).toBe(false);
  expect(isPushEndpoint('https://fcm.googleapis.com/fcm/send/abc', null)).toBe(true);
});

test('a name that leads inside is not connected to', async () => {
  const found = new Promise<NodeJS.ErrnoException | null>((resolve) => lookUpPublic('localhost', {}, resolve));
  expect((await found)?.code).toBe('EPRIVATE');
});

import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const forwarded = (list: string) => new Headers({ 'x-forwarded-for': list });

test('is that of the socket, whatever a stranger says of himself', () => {
  expect(clientAddress('203.0.113.5', new Headers())).toBe('203.0.113.5');
  expect(clientAddress('::ffff:203.0.113.5', forwarded('1.2.3.4'))).toBe('203.0.113.5');
  expect(clientAddress(undefined, forwarded('1.2.3.4'))).toBeNull();
});

test('is what a proxy on this machine saw, not what its client claimed before', () => {
  expect(clientAddress('127.0.0.1', forwarded('1.2.3.4, 203.0.113.5'))).toBe('203.0.113.5');
  expect(clientAddress('::ffff:127.0.0.1', forwarded('203.0.113.5'))).toBe('203.0.113.5');
  expect(clientAddress('::1', new Headers())).toBe('0:0:0:0');
});

test('counts an IPv6 network as one', () => {
  const one = clientAddress('2001:db8:1:2::5', new Headers());
  expect(one).toBe('2001:db8:1:2');
  expect(clientAddress('2001:0db8:0001:0002:ffff:1:2:3', new Headers())).toBe(one);
  expect(clientAddress('2001:db8:1:3::5', new Headers())).not.toBe(one);
});

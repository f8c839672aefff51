import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './links.ts';

/** Hostile texts beside this checkout, where somebody has put them. */
const files = import.meta.glob<string>(['../../../shared/data/text/*', '../../../../shared/data/text/*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const outside = Object.values(files).flatMap((text) => [text, ...text.split('\n'), ...text.split(/",?\s*"/)]);

const linksIn = (text: string) => piecesOf(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));
const same = (...addresses: string[]) => addresses.map((one) => [one, one]);

test('addresses of the web, of mail and of telephones are found where they stand in a sentence', () => {
  expect(linksIn('See https://example.org/a?b=c#d, or (http://example.org/).')).toEqual(
    same('https://example.org/a?b=c#d', 'http://example.org/'),
  );
  expect(linksIn('https://en.wikipedia.org/wiki/Sleep_(medicine)')).toEqual(
    same('https://en.wikipedia.org/wiki/Sleep_(medicine)'),
  );
  expect(linksIn('mailto:lee@example.org tel:+1-555-0100, tel:988!')).toEqual(
    same('mailto:lee@example.org', 'tel:+1-555-0100', 'tel:988'),
  );
  expect(linksIn('انظر https://example.org/نوم، شكرًا')[0]?.[0]).toBe('https://example.org/نوم');
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)//https',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https',
  '//example.org',
  'www.example.org',
  'https://',
  'https:example.org',
  'https://good.example@evil.example/',
  'https://good.example:x@evil.example',
  'https://аррӏе.com',
  'https://xn--80ak6aa92e.com',
  'https://good.example\u202Egro.live',
  'https://good\u200B.example',
  'https://good.example\\evil',
  'mailto:a@b.c?bcc=everybody@example.org',
  'tel:*21*123#',
  'tel:',
  'https://0x7f.1/',
])('%s is no link, or not more of one than is seen', (text) => {
  for (const [shown, href] of linksIn(text)) {
    expect(text).toContain(shown);
    expect([href, shown]).toEqual(['https://good.example/', 'https://good.example']);
  }
});

test('whatever is written, it is shown as it was written, and nothing else can be pressed', () => {
  const parts = fc.constantFrom(
    'https://',
    'javascript:',
    'mailto:',
    'tel:',
    '@',
    ' ',
    '\u202e',
    '<a href=x>',
    'مرحبا',
    '.',
  );
  const isWhole = (text: string) => {
    const pieces = piecesOf(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    for (const { href } of pieces) if (href) expect(href).toMatch(/^(https?:\/\/[^@]*(?:[/?#]|$)|mailto:|tel:)/i);
  };
  for (const text of outside) isWhole(text);
  fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 12 }), (many) => isWhole(many.join(''))));
});

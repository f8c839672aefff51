import { describe, expect, it } from 'vitest';
import { makeFormat } from './format.ts';

const NOW = Date.parse('2026-03-04T12:00:00Z');
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

describe('makeFormat', () => {
  it('writes a time as the reader does, in the reader’s zone', () => {
    expect(plain(makeFormat(['en-US'], 'America/New_York').time('2026-03-04T19:05:00Z'))).toBe('2:05 PM');
    expect(makeFormat(['en-GB', 'en'], 'Europe/London').time('2026-03-04T19:05:00Z')).toBe('19:05');
    expect(plain(makeFormat(['es'], 'UTC').dateTime('2026-03-04T14:05:00Z'))).toBe('4 mar 2026, 14:05');
  });

  it('keeps a date without a time on its day in every zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(makeFormat(['en-US'], zone).day('2026-03-04', NOW)).toBe('Wednesday, March 4');
    }
    expect(makeFormat(['en-US'], 'UTC').day('2025-12-31', NOW)).toBe('Wednesday, December 31, 2025');
  });

  it('stays with the Gregorian calendar', () => {
    expect(makeFormat(['ar-SA-u-nu-latn', 'ar'], 'UTC').day('2025-03-04', NOW)).toContain('2025');
  });

  it('says how long ago by distance', () => {
    const { relative } = makeFormat(['en']);
    expect(relative('2026-03-04T11:59:30Z', NOW)).toBe('now');
    expect(relative('2026-03-04T10:00:00Z', NOW)).toBe('2 hours ago');
    expect(relative('2026-03-02T13:00:00Z', NOW)).toBe('1 day ago');
    expect(relative('2026-03-07T12:00:00Z', NOW)).toBe('in 3 days');
    expect(() => relative('soon', NOW)).toThrow(RangeError);
  });

  it('writes numbers in the language', () => {
    expect(makeFormat(['en']).number(1234.5)).toBe('1,234.5');
    expect(makeFormat(['es']).number(12345.5)).toBe('12.345,5');
    expect(makeFormat(['es']).list(['Ana', 'Ben'])).toBe('Ana y Ben');
  });
});

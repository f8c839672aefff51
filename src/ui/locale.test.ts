import { describe, expect, it } from 'vitest';
import { isolate } from './bidi.ts';
import { LOCALES, directionOf, formatTags, pickLocale } from './locale.ts';

describe('the language to begin with', () => {
  it('is the kept one, else the first the person speaks that we do, else English', () => {
    expect(pickLocale(['es-MX', 'en'], 'ar')).toBe('ar');
    expect(pickLocale(['de-AT', 'ES-mx', 'ar'])).toBe('es');
    expect(pickLocale(['de', 'fr'], 'tlh')).toBe('en');
    expect(pickLocale([])).toBe('en');
  });

  it('is offered by its own name', () => {
    expect(LOCALES.map(({ name }) => name)).toEqual(['English', 'Español', 'العربية']);
  });

  it('runs from right to left for Arabic alone', () => {
    expect(LOCALES.filter(({ id }) => directionOf(id) === 'rtl').map(({ id }) => id)).toEqual(['ar']);
  });

  it('formats by the region of the person, in the language shown', () => {
    expect(formatTags('en', ['de-DE', 'en-GB', 'en'])).toEqual(['en-GB', 'en', 'en']);
    expect(formatTags('ar', ['en-US'])).toEqual(['ar']);
  });
});

describe('isolate', () => {
  it('wraps only what runs against the line', () => {
    expect(isolate('Ana', 'ltr')).toBe('Ana');
    expect(isolate('12:30', 'rtl')).toBe('12:30');
    expect(isolate('ليلى', 'ltr')).toBe('\u2068ليلى\u2069');
    expect(isolate('Ñandú', 'rtl')).toBe('\u2068Ñandú\u2069');
  });
});

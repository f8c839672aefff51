import { describe, expect, test } from 'vitest';
import { contactSample } from '../samples.ts';
import { changesOf, detailsOf, EMPTY_CONTACT, faultsOf, typedOf } from './typed-contact.ts';

const seen = contactSample({ note: null });
const none = new Set<never>();

describe('changesOf', () => {
  test('names what differs and nothing else', () => {
    expect(changesOf(typedOf(seen), { seen, chosen: none })).toEqual({});
    const typed = { ...typedOf(seen), value: ' +1 555 010 0199 ', relationship: '  ', note: 'Call after noon' };
    expect(changesOf(typed, { seen, chosen: none })).toEqual({
      value: '+1 555 010 0199',
      relationship: null,
      note: 'Call after noon',
    });
  });

  test('what was chosen is named though it is what stood there: it settles a question', () => {
    expect(changesOf(typedOf(seen), { seen, chosen: new Set(['value'] as const) })).toEqual({ value: seen.value });
  });
});

test('a new contact leaves out what was left empty', () => {
  expect(detailsOf({ ...EMPTY_CONTACT, kind: 'phone', value: ' 911 ', name: ' ' })).toEqual({
    kind: 'phone',
    value: '911',
  });
});

test('faults are named in words, each at its field', () => {
  expect(faultsOf(EMPTY_CONTACT)).toEqual({
    value: { word: 'contact.error.empty' },
    name: { word: 'contact.error.name' },
  });
  expect(faultsOf({ ...EMPTY_CONTACT, kind: 'email', value: 'x' })).toEqual({ value: { word: 'contact.error.email' } });
  expect(faultsOf({ ...EMPTY_CONTACT, kind: 'phone', value: 'x' })).toEqual({ value: { word: 'contact.error.phone' } });
  expect(faultsOf({ ...typedOf(seen), note: 'x'.repeat(1002) })).toEqual({
    note: { word: 'contact.error.long', values: { count: 2 } },
  });
  expect(faultsOf(typedOf(seen))).toEqual({});
});

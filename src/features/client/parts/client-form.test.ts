import { expect, test } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { changeIn, changesOf, clashesOf, detailsOf, EMPTY_CLIENT, faultsOf, formIn, formOf } from './client-form.ts';

const TODAY = '2026-06-10';
const TYPED = { ...EMPTY_CLIENT, legalName: ' Ana Morales ', birthDate: '1991-04-17' };

test('a name and a birth date are all it takes', () => {
  expect(faultsOf(TYPED, TODAY)).toEqual({});
  expect(detailsOf(TYPED)).toEqual({ legalName: 'Ana Morales', birthDate: '1991-04-17' });
});

test('what does not fit is told at its field', () => {
  expect(faultsOf(EMPTY_CLIENT, TODAY)).toEqual({ legalName: 'client.fault.name', birthDate: 'client.fault.birth' });
  expect(faultsOf({ ...TYPED, birthDate: '2026-06-11' }, TODAY)).toEqual({ birthDate: 'client.fault.birth' });
  expect(faultsOf({ ...TYPED, email: 'ana', phone: 'soon', note: 'x'.repeat(501) }, TODAY)).toEqual({
    ...{ email: 'client.fault.email', phone: 'client.fault.phone', note: 'client.fault.long' },
  });
});

test('only what differs is a change, and what was emptied is said', () => {
  const seen = { ...detailsOf(TYPED), preferredName: 'Ana', language: 'es', safeContact: { noCalls: true as const } };
  const form = formOf(seen);
  expect(changesOf(form, seen)).toEqual({});
  expect(changesOf({ ...form, preferredName: '', language: 'ar' }, seen)).toEqual({
    preferredName: null,
    language: 'ar',
  });
  expect(changesOf({ ...form, noCalls: false }, seen)).toEqual({ safeContact: null });
  expect(changesOf({ ...form, note: 'His mother answers.' }, seen)).toEqual({
    safeContact: { noCalls: true, note: 'His mother answers.' },
  });
});

test('a draft comes back as it was left, and what has another shape does not', () => {
  expect(formIn({ ...TYPED })).toEqual(TYPED);
  expect(formIn({ legalName: 'Ana' })).toBeNull();
  expect(formIn({ ...TYPED, status: 'archived' })).toBeNull();
});

test('a correction that was left open undoes nothing that another has corrected since', () => {
  const seen = { ...detailsOf(TYPED), preferredName: null, language: null, safeContact: null };
  const left = { ...formOf(seen), language: 'es', seen };
  const found = changeIn(JSON.parse(JSON.stringify(left)) as JsonObject);
  // Meanwhile her birth date was corrected: what is sent says nothing of it.
  expect(found && changesOf(found, found.seen)).toEqual({ language: 'es' });
  expect(changeIn({ ...formOf(seen) })).toBeNull();
  // What both changed is shown before his goes over it; not where both wrote the same.
  expect(clashesOf(left, { ...seen, birthDate: '1990-01-01' })).toEqual([]);
  expect(clashesOf(left, { ...seen, language: 'ar' })).toEqual(['language']);
  expect(clashesOf(left, { ...seen, language: 'es' })).toEqual([]);
});

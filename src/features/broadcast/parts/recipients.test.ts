import { expect, test } from 'vitest';
import { audiencesFor, draftIn, faultsOf, kindFor, recipientsOf } from './recipients.ts';
import type { BroadcastDraft, Reachable } from './recipients.ts';

const clients: Reachable[] = ['ana', 'ben', 'dana'].map((id) => ({ id, name: id, birth: '', isMine: id !== 'dana' }));
const provider = { isProvider: true, isManager: false };
const manager = { isProvider: false, isManager: true };
const both = { isProvider: true, isManager: true };
const to = (draft: Partial<BroadcastDraft>, who = both) =>
  recipientsOf(clients, { audience: 'own', body: '', turned: [], ...draft }, who).map(({ id }) => id);

test('a provider writes to his own, a manager to all, and each to whom he ticks', () => {
  expect([provider, manager, both].map(audiencesFor)).toEqual([
    ['own', 'chosen'],
    ['active', 'chosen'],
    ['active', 'own', 'chosen'],
  ]);
  expect(to({ audience: 'own' })).toEqual(['ana', 'ben']);
  expect(to({ audience: 'active' })).toEqual(['ana', 'ben', 'dana']);
  expect(to({ audience: 'own', turned: ['ana'] })).toEqual(['ben']);
  expect(to({ audience: 'chosen', turned: ['ana', 'dana'] })).toEqual(['ana']);
  expect(to({ audience: 'chosen', turned: ['ana', 'dana'] }, manager)).toEqual(['ana', 'dana']);
});

test('what a manager writes comes to the front desk, a provider’s own into what she has with her care team', () => {
  expect(kindFor('active', both)).toBe('front-desk');
  expect(kindFor('chosen', manager)).toBe('front-desk');
  expect([kindFor('own', both), kindFor('chosen', provider)]).toEqual(['care-team', 'care-team']);
});

test('says what is missing, and takes back what was left', () => {
  const draft: BroadcastDraft = { audience: 'own', body: ' ', turned: ['a'] };
  expect(faultsOf(draft, 0)).toEqual({ body: 'broadcast.body.empty', who: 'broadcast.who.empty' });
  expect(faultsOf({ ...draft, body: 'x'.repeat(4001) }, 1)).toEqual({ body: 'broadcast.body.long' });
  expect(draftIn({ ...draft, turned: ['a'] })).toEqual(draft);
  expect(draftIn({ audience: 'everybody', body: '', turned: [] })).toBeNull();
});

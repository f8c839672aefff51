import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../../base/ids.ts';
import { asReached } from '../queries-duplicates.ts';
import { listedOf } from '../queries-list.ts';
import type { ListedClient, Reach } from '../queries-list.ts';
import { clientSample } from '../samples.ts';
import { CLIENT_STATUSES } from '../schema.ts';
import type { Client } from '../schema.ts';
import {
  ANY,
  answersTo,
  inAddress,
  isNarrowed,
  NOBODY,
  nothingAsked,
  ONLY,
  ORDERS,
  toAddress,
  WHOSE,
} from './list-question.ts';
import type { Beside, ListQuestion } from './list-question.ts';

const NOW = '2026-06-10T12:00:00.000Z';
const LEE = newId();

function listed(
  change: Partial<Client> & Partial<Pick<ListedClient, 'mine' | 'primary' | 'addedAt'>> = {},
): ListedClient {
  const { mine = null, primary = null, addedAt = NOW, ...fields } = change;
  const [id, row] = [newId(), clientSample({ preferredName: null, ...fields })];
  const { legalName, preferredName, birthDate, status } = row;
  const view = { id, legalName, preferredName, birthDate, status, mine, primary };
  return listedOf({ at: addedAt, fields: row }, view);
}

const beside = (reaches: readonly Partial<Reach>[] = [], owed: readonly string[] = []): Beside => ({
  reached: new Map(
    reaches.map(({ client = '', ...reach }) => [
      client,
      { client, phones: [], mails: '', questions: 0, invitedUntil: null, ...reach },
    ]),
  ),
  owed: new Set(owed),
  now: NOW,
});

const ask = (changes: Partial<ListQuestion>): ListQuestion => ({ ...nothingAsked('all'), ...changes });
const namesOf = (found: readonly ListedClient[]) => found.map(({ legalName }) => legalName);

test.each([
  ['nunez', true],
  ['MARIA jose', true],
  ['chema', true],
  ['nez', true],
  ['pepe', false],
  ['jose lopez', false],
  ['1991', true],
  ['1991-04-17', true],
  ['17.4.91', true],
  ['4/17/1991', true],
  ['17041991', true],
  ['nunez 1991', true],
  ['nunez 1992', false],
  ['١٩٩١', true],
  ['0178', true],
  ['(555) 010-0178', true],
  ['+1 555 010 0178', true],
  ['555 010 0179', false],
  ['jose@example.org', true],
  ['jose@exam', true],
  ['jose@other', false],
])('"%s" as it is typed finds the client: %s', (typed, isFound) => {
  const client = listed({ legalName: 'José María Núñez', preferredName: 'Chema', birthDate: '1991-04-17' });
  const reach = { client: client.id, phones: [asReached('+1 (555) 010-0178')], mails: ' jose example org' };
  const found = answersTo(ask({ typed }), [client], beside([reach]));
  expect(found).toEqual(isFound ? [client] : []);
});

test('names of two parts are found as one word, and names of other scripts as they are written', () => {
  const all = [listed({ legalName: 'Anne-Marie O’Brien' }), listed({ legalName: 'إيمان الأحمد' })];
  const found = (typed: string) => namesOf(answersTo(ask({ typed }), all, beside()));
  expect(found('obrien')).toEqual(['Anne-Marie O’Brien']);
  expect(found("o'brien annemarie")).toEqual(['Anne-Marie O’Brien']);
  expect(found('احمد')).toEqual(['إيمان الأحمد']);
});

const clients = fc.array(
  fc.record({
    legalName: fc.constantFrom('Ana Ruiz', 'Ben Ortiz', 'Ángel Ruiz', 'Zoë Li', 'Li Na'),
    birthDate: fc.constantFrom('1950-01-31', '1991-04-17', '2004-02-29'),
    status: fc.constantFrom(...CLIENT_STATUSES),
    mine: fc.constantFrom('primary' as const, 'care-team' as const, null),
    primary: fc.constantFrom(LEE, newId(), null),
    isPaused: fc.boolean(),
    isOwed: fc.boolean(),
    until: fc.constantFrom(null, '2026-06-01T00:00:00.000Z', '2026-06-20T00:00:00.000Z'),
    addedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'),
  }),
  { maxLength: 30 },
);
const questions = fc.record({
  typed: fc.constantFrom('', 'ruiz', 'li 1991', 'ana', '1950'),
  status: fc.constantFrom(ANY, ...CLIENT_STATUSES),
  whose: fc.constantFrom(...WHOSE),
  provider: fc.constantFrom(ANY, NOBODY, LEE),
  only: fc.constantFrom(...ONLY),
  order: fc.constantFrom(...ORDERS),
});

test('exactly those answer who fit every part of the question, each once, and in the order that was asked for', () => {
  fc.assert(
    fc.property(clients, questions, (made, question) => {
      const all = made.map(({ isPaused, isOwed, until, ...change }) => ({
        client: listed({ ...change, contactPaused: isPaused ? { by: LEE, at: NOW, reason: 'zq' } : null }),
        ...{ isPaused, isOwed, until },
      }));
      const ground = beside(
        all.map(({ client: { id }, until }) => ({ client: id, invitedUntil: until })),
        all.flatMap(({ client: { id }, isOwed }) => (isOwed ? [id] : [])),
      );
      const found = answersTo(
        question,
        all.map(({ client }) => client),
        ground,
      );
      const wanted = all.filter(({ client, isPaused, isOwed, until }) => {
        const { legalName, birthDate, status, mine, primary } = client;
        const text = `${legalName} ${birthDate}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
        return (
          question.typed.split(' ').every((word) => text.includes(word)) &&
          (question.status === ANY || status === question.status) &&
          (question.whose === 'all' || (question.whose === 'mine' ? mine !== null : mine === 'primary')) &&
          (question.provider === ANY || (question.provider === NOBODY ? primary === null : primary === LEE)) &&
          { any: true, reply: isOwed, invited: until !== null && until > NOW, paused: isPaused }[question.only]
        );
      });
      expect(new Set(found)).toEqual(new Set(wanted.map(({ client }) => client)));
      expect(found).toHaveLength(wanted.length);
      const before = { name: () => true, birth: earlier('birthDate'), newest: later('addedAt') }[question.order];
      expect(found.slice(1).every((client, i) => before(found[i] as ListedClient, client))).toBe(true);
    }),
  );
});

const earlier = (key: 'birthDate' | 'addedAt') => (a: ListedClient, b: ListedClient) => a[key] <= b[key];
const later = (key: 'birthDate' | 'addedAt') => (a: ListedClient, b: ListedClient) => a[key] >= b[key];

test('all of a question but what was typed comes back from its address, and what is none of ours is not asked', () => {
  fc.assert(
    fc.property(questions, fc.constantFrom(...WHOSE), fc.constantFrom(...WHOSE), (question, whose, later) => {
      const address = toAddress(question);
      // Also where the list begins with others by then.
      expect(inAddress(address, later)).toEqual({ ...question, typed: '' });
      expect(JSON.stringify(address)).not.toMatch(/ruiz|1991|1950/);
      const isOther = Object.entries(address).some(([name, value]) =>
        name === 'whose' ? value !== whose : name !== 'order',
      );
      expect(isNarrowed({ ...question, typed: '' }, whose)).toBe(isOther);
    }),
  );
  const strange = { status: 'cured', whose: 'nobody', provider: '<b>', only: 3, order: 'toString', typed: 'zq' };
  expect(inAddress(strange, 'mine')).toEqual(nothingAsked('mine'));
});

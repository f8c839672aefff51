// What is asked of the client list, and who answers to it. Which order, filters and places stand in the address, so that one comes
// back to them; what was typed does not: it is a person's name.

import { hasTerm, termsOf } from '../../../base/fold.ts';
import type { ListedClient, Reach } from '../queries-list.ts';
import { asReached } from '../queries-duplicates.ts';
import { CLIENT_STATUSES } from '../schema.ts';
import type { ClientStatus } from '../schema.ts';

export const ANY = 'any';
export const NOBODY = 'none';
export const WHOSE = ['mine', 'primary', 'all'] as const;
export const ONLY = [ANY, 'reply', 'invited', 'paused'] as const;
export const ORDERS = ['name', 'birth', 'newest'] as const;

export interface ListQuestion {
  readonly typed: string;
  readonly status: ClientStatus | typeof ANY;
  readonly whose: (typeof WHOSE)[number];
  /** A provider's membership, or that there is none. */
  readonly provider: string;
  readonly only: (typeof ONLY)[number];
  readonly order: (typeof ORDERS)[number];
}

/** What is not asked of the client rows themselves. */
export interface Beside {
  readonly reached: ReadonlyMap<string, Reach>;
  /** Whose message waits for an answer. */
  readonly owed: Pick<ReadonlySet<string>, 'has'>;
  readonly now: string;
}

export const nothingAsked = (whose: ListQuestion['whose']): ListQuestion => ({
  ...{ typed: '', status: ANY, whose, provider: ANY, only: ANY, order: 'name' },
});

/** Whether anything is asked that leaves somebody out. */
export function isNarrowed({ order: _, ...asked }: ListQuestion, whose: ListQuestion['whose']): boolean {
  const nothing = nothingAsked(whose);
  return Object.entries(asked).some(([name, value]) => nothing[name as keyof ListQuestion] !== value);
}

/** Of all clients by name those that are asked for, in the order that is asked for. */
export function answersTo(
  question: ListQuestion,
  clients: readonly ListedClient[],
  beside: Beside,
): readonly ListedClient[] {
  const isTyped = typedTest(question.typed, beside.reached);
  const found = clients.filter((client) => fits(client, question, beside) && isTyped(client));
  if (question.order === 'name') return found;
  const keyOf = (client: ListedClient) => (question.order === 'birth' ? client.birthDate : client.addedAt);
  const way = question.order === 'birth' ? 1 : -1;
  return found.sort((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    return one === other ? 0 : one < other ? -way : way;
  });
}

function fits(client: ListedClient, { status, whose, provider, only }: ListQuestion, beside: Beside): boolean {
  if (provider !== ANY && (client.primary ?? NOBODY) !== provider) return false;
  if (whose === 'mine' && client.mine === null) return false;
  if (whose === 'primary' && client.mine !== 'primary') return false;
  if (status !== ANY && client.status !== status) return false;
  if (only === 'paused') return client.isPaused;
  if (only === 'reply') return beside.owed.has(client.id);
  if (only === 'invited') return (beside.reached.get(client.id)?.invitedUntil ?? '') > beside.now;
  return true;
}

/** So many digits are a number, and not a part of a birth date. */
const NUMBER_FROM = 4;
/** So long a part of a name is found also where it does not begin it. */
const INSIDE_FROM = 3;

/** Every word that was typed begins one of the names, the birth date or an address; or it is a part of a phone number. */
function typedTest(typed: string, reached: Beside['reached']): (client: ListedClient) => boolean {
  const terms = termsOf(typed);
  if (terms.length === 0) return () => true;
  const digits = /^[^\p{L}@]*$/u.test(typed) ? asReached(typed) : '';
  // Settled once, not for each of ten thousand: where a part is looked for, its beginning is among it.
  const asked = terms.map((term) => {
    const isPart = term.text.length >= INSIDE_FROM && !/\d/.test(term.text);
    return { term, inName: isPart ? { ...term, needles: [term.text] } : term };
  });
  const hasAll = (ready: string, reach: Reach | undefined): boolean => {
    for (const { term, inName } of asked)
      if (!hasTerm(ready, inName) && (reach === undefined || !hasTerm(reach.mails, term))) return false;
    return true;
  };
  return ({ id, ready }) => {
    const reach = reached.get(id);
    if (hasAll(ready, reach)) return true;
    return digits.length >= NUMBER_FROM && Boolean(reach?.phones.some((phone) => phone.includes(digits)));
  };
}

type Asked = Readonly<Record<string, unknown>>;

/**
 * As it stands in the address: what is as at first is left out. Not whose they are, which begins with one's own or with all as the clients
 * on the device are: a view that was saved asks the same next month.
 */
export function toAddress(question: ListQuestion): Record<string, string> {
  const { typed: _, ...nothing } = nothingAsked('all');
  return Object.fromEntries(
    Object.keys(nothing).flatMap((name) => {
      const value = question[name as keyof ListQuestion];
      return name !== 'whose' && value === nothing[name as keyof typeof nothing] ? [] : [[name, value]];
    }),
  );
}

/** What an address asks; a word that is none of ours is as if it were not there. */
export function inAddress(asked: Asked, whose: ListQuestion['whose']): ListQuestion {
  const one = <T extends string>(name: string, of: readonly T[], other: T): T =>
    of.find((word) => word === asked[name]) ?? other;
  const provider = asked['provider'];
  return {
    typed: '',
    status: one('status', [ANY, ...CLIENT_STATUSES], ANY),
    whose: one('whose', WHOSE, whose),
    provider: typeof provider === 'string' && /^(none|[0-9a-f-]{36})$/.test(provider) ? provider : ANY,
    only: one('only', ONLY, ANY),
    order: one('order', ORDERS, 'name'),
  };
}

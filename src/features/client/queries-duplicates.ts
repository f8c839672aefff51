// Who may be the same person as one who is being taken on: looked up among all who are known, ten thousand as quickly as ten.

import { westernDigits } from '../../base/sign-in-name.ts';
import { readyText } from '../../base/fold.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Contact } from '../contact/schema.ts';
import { clientsIHave } from './queries.ts';
import type { ClientView } from './queries.ts';

export interface Known extends Pick<ClientView, 'id' | 'legalName' | 'preferredName' | 'birthDate'> {
  /** Numbers and addresses that are the client's own, in the form in which they are compared. */
  readonly reachedBy: readonly string[];
  /** Whose client she is, where it is known. */
  readonly primary?: string | null;
}

/** All clients that this device knows, with how each is reached: what somebody new is compared with. */
export async function clientsToCompare(reader: Reader, tags: readonly string[]): Promise<(ClientView & Known)[]> {
  const [clients, contacts] = await Promise.all([clientsIHave(reader, tags), reader.all('contact')]);
  const byClient = new Map<string, string[]>();
  for (const { fields } of contacts as Row<Contact>[]) {
    if (fields.kind !== 'phone' && fields.kind !== 'email') continue;
    const there = byClient.get(fields.client);
    if (there === undefined) byClient.set(fields.client, [asReached(fields.value)]);
    else there.push(asReached(fields.value));
  }
  return clients.map((client) => ({ ...client, reachedBy: byClient.get(client.id) ?? [] }));
}

/** The same for who would take many on by it: null while this device has not all that it may read, and would call everybody new. */
export async function allToCompare(reader: Reader, tags: readonly string[]): Promise<(ClientView & Known)[] | null> {
  const isWhole = (await reader.isWhole()) && (await reader.spaces()).length > 0;
  return isWhole ? clientsToCompare(reader, tags) : null;
}

export type Alike = 'name-and-birth' | 'name' | 'contact' | 'birth';
export const ALIKE: readonly Alike[] = ['name-and-birth', 'contact', 'name', 'birth'];

export interface Typed {
  readonly legalName: string;
  readonly birthDate: string;
  readonly contacts: readonly string[];
}

export interface Comparing<One extends Known> {
  /** Who may be the same person, and by what; the surest first. Nobody is ever merged by it: people look. */
  find(typed: Typed): { client: One; by: Alike }[];
  /** One more who is known from now on. */
  add(client: One): void;
}

/** Those who are known, made ready to be compared with. */
export function compareAmong<One extends Known>(known: readonly One[]): Comparing<One> {
  const all: { readonly client: One; readonly own: ReadonlySet<string> }[] = [];
  const [byName, byPart, byBirth, byReach] = [
    new Map<string, number[]>(),
    new Map<string, number[]>(),
    new Map<string, number[]>(),
    new Map<string, number[]>(),
  ];
  const note = (map: Map<string, number[]>, key: string) => {
    const there = map.get(key);
    if (there === undefined) map.set(key, [all.length]);
    else there.push(all.length);
  };
  function add(client: One): void {
    const own = new Set([client.legalName, client.preferredName ?? ''].flatMap(partsOf));
    const name = wholeOf(partsOf(client.legalName));
    for (const key of [name, `${client.birthDate} ${name}`]) note(byName, key);
    for (const part of own) note(byPart, part);
    for (const value of new Set(client.reachedBy)) note(byReach, value);
    for (const part of own) note(byBirth, `${client.birthDate} ${part}`);
    all.push({ client, own });
  }
  known.forEach(add);
  function find({ legalName, birthDate, contacts }: Typed): { client: One; by: Alike }[] {
    const names = partsOf(legalName);
    const reached = contacts.map(asReached).filter((value) => value !== '');
    const whole = wholeOf(names);
    const twins = byName.get(`${birthDate} ${whole}`) ?? [];
    // On one day many are born, or said to be: of them those who share a part of the name.
    const born = birthDate === '' ? [] : names.map((part) => byBirth.get(`${birthDate} ${part}`) ?? []);
    // Whoever has all parts of the name is among those who have its rarest; of those born that day all are looked at, unless the
    // very same is there.
    const asked = new Set([
      ...some(twins),
      ...(twins.length > 0 ? [] : rarestOf(born)),
      ...[byName.get(whole) ?? [], rarestOf(names.map((part) => byPart.get(part) ?? [])), ...born].flatMap(some),
      ...reached.flatMap((value) => some(byReach.get(value) ?? [])),
    ]);
    const found = [...asked]
      .sort((a, b) => a - b)
      .flatMap((at) => {
        const one = all[at];
        if (one === undefined) return [];
        const by = alikeBy(one, { names, reached, birthDate });
        return by === null ? [] : [{ client: one.client, by }];
      });
    return found.sort((a, b) => ALIKE.indexOf(a.by) - ALIKE.indexOf(b.by));
  }
  return { find, add };
}

interface Asked {
  readonly names: readonly string[];
  readonly reached: readonly string[];
  readonly birthDate: string;
}

function alikeBy({ client, own }: { client: Known; own: ReadonlySet<string> }, asked: Asked): Alike | null {
  const { names, reached, birthDate } = asked;
  const isName = names.length > 1 && names.every((part) => own.has(part));
  const isBirth = birthDate !== '' && client.birthDate === birthDate;
  if (isName && isBirth) return 'name-and-birth';
  if (client.reachedBy.some((value) => reached.includes(value))) return 'contact';
  if (isName) return 'name';
  return isBirth && names.some((part) => own.has(part)) ? 'birth' : null;
}

/** Of each kind so many are looked at: more say nothing to anybody, and a list of twenty thousand namesakes must not stop the screen. */
const MOST = 50;
const some = (places: readonly number[]) => places.slice(0, MOST);
const rarestOf = (having: readonly (readonly number[])[]): readonly number[] =>
  having.reduce((a, b) => (b.length < a.length ? b : a), having[0] ?? []);

/** Folded as in every search. One Latin letter is an initial, one of another script may be all of a name. */
const partsOf = (name: string): string[] =>
  readyText(name)
    .split(' ')
    .filter((part) => part !== '' && !/^[a-z\d]$/.test(part));

const wholeOf = (parts: readonly string[]): string => [...new Set(parts)].sort().join(' ');

/** An address without its case; of a number the digits, from the end, as people leave out what is before. */
export function asReached(value: string): string {
  const typed = value.trim().toLowerCase();
  return typed.includes('@') ? typed : westernDigits(typed).replace(/\D/g, '').slice(-9);
}

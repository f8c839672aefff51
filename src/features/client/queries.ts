// How clients are read: by the staff, from the office spaces on the device.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Contact } from '../contact/schema.ts';
import type { Member } from '../member/schema.ts';
import type { CareTeamMember, Client, ClientDetails } from './schema.ts';

export interface ClientView {
  readonly id: string;
  readonly legalName: string;
  readonly preferredName: string | null | undefined;
  readonly birthDate: string;
  readonly status: Client['status'];
  /** The reader's own place in this client's care. */
  readonly mine: 'primary' | 'care-team' | null;
  /** The membership of the primary provider; null where none is settled. */
  readonly primary: string | null;
}

/** The client, or null where the row is not on this device. */
export async function clientById(reader: Reader, id: string): Promise<ClientView | null> {
  const row = await reader.get('client', id);
  if (row === undefined) return null;
  return viewOf(row as Row<Client>, placesOf(await reader.byRef('careTeamMember', [id]), reader.memberId));
}

/** Not while only this device knows of her. */
export async function isSentClient(reader: Reader, id: string): Promise<boolean> {
  const row = await reader.get('client', id);
  return row === undefined || row.version > 0;
}

/** All clients that this device knows: of the reader's care teams, or for the office all of the practice. By name. */
export async function clientsIHave(reader: Reader, tags: readonly string[]): Promise<ClientView[]> {
  const [clients, team] = await Promise.all([reader.all('client'), reader.all('careTeamMember')]);
  const places = placesOf(team, reader.memberId);
  const { compare } = new Intl.Collator([...tags]);
  return (clients as Row<Client>[])
    .map((row) => viewOf(row, places))
    .sort((a, b) => compare(a.legalName, b.legalName) || (a.id < b.id ? -1 : 1));
}

/** The primary provider of each client whose team is here, by membership. */
export async function primariesHere(reader: Reader): Promise<ReadonlyMap<string, string>> {
  return primariesOf(await reader.all('careTeamMember'));
}

/** Whether the name is what was typed: every typed word begins or stands in a part of the names, accents aside. */
export function matchesName(client: Pick<ClientView, 'legalName' | 'preferredName'>, typed: string): boolean {
  const names = plain(`${client.legalName} ${client.preferredName ?? ''}`);
  return plain(typed)
    .split(/\s+/)
    .every((part) => names.includes(part));
}

/** Full years on `today`, both as calendar days. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** What staff say of the client, or null where the row is not on this device. */
export async function detailsById(reader: Reader, id: string): Promise<ClientDetails | null> {
  const row = (await reader.get('client', id)) as Row<Client> | undefined;
  if (row === undefined) return null;
  const { legalName, preferredName, birthDate, language, safeContact } = row.fields;
  return {
    legalName,
    preferredName: preferredName ?? null,
    birthDate,
    language: language ?? null,
    safeContact: safeContact ?? null,
  };
}

export interface StaffHere {
  readonly providers: readonly { readonly id: string; readonly name: string }[];
}

/** The providers of the practice, by name. */
export async function staffHere(reader: Reader): Promise<StaffHere> {
  const members = (await reader.all('member')) as Row<Member>[];
  const providers = members
    .filter(({ fields }) => fields.roles.includes('provider'))
    .map(({ id, fields }) => ({ id, name: fields.name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { providers };
}

export interface Known extends ClientView {
  /** Numbers and addresses that are the client's own, in the form in which they are compared. */
  readonly reachedBy: readonly string[];
}

/** All clients that this device knows, with how each is reached: what somebody new is compared with. */
export async function clientsToCompare(reader: Reader, tags: readonly string[]): Promise<Known[]> {
  const [clients, contacts] = await Promise.all([clientsIHave(reader, tags), reader.all('contact')]);
  const byClient = new Map<string, string[]>();
  for (const { fields } of contacts as Row<Contact>[]) {
    if (fields.kind !== 'phone' && fields.kind !== 'email') continue;
    byClient.set(fields.client, [...(byClient.get(fields.client) ?? []), asReached(fields.value)]);
  }
  return clients.map((client) => ({ ...client, reachedBy: byClient.get(client.id) ?? [] }));
}

export type Alike = 'name-and-birth' | 'name' | 'contact' | 'birth';

/** Who of those known may be the same person, and by what; the surest first. Nobody is ever merged by it: people look. */
export function possibleDuplicates(
  known: readonly Known[],
  typed: { legalName: string; birthDate: string; contacts: readonly string[] },
): { client: Known; by: Alike }[] {
  const names = partsOf(typed.legalName);
  const reached = typed.contacts.filter((value) => value.trim() !== '').map(asReached);
  const found = known.flatMap((client) => {
    const own = [client.legalName, client.preferredName ?? ''].flatMap(partsOf);
    const isName = names.length > 1 && names.every((part) => own.includes(part));
    const isBirth = typed.birthDate !== '' && client.birthDate === typed.birthDate;
    const isReached = client.reachedBy.some((value) => reached.includes(value));
    const sharesName = names.some((part) => own.includes(part));
    const by: Alike | null =
      isName && isBirth
        ? 'name-and-birth'
        : isReached
          ? 'contact'
          : isName
            ? 'name'
            : isBirth && sharesName
              ? 'birth'
              : null;
    return by === null ? [] : [{ client, by }];
  });
  const order: readonly Alike[] = ['name-and-birth', 'contact', 'name', 'birth'];
  return found.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by));
}

const partsOf = (name: string): string[] =>
  plain(name)
    .split(/[\s,]+/)
    .filter((part) => part.length > 1);

/** An address without its case; of a number the digits, from the end, as people leave out what is before. */
export function asReached(value: string): string {
  const typed = value.trim().toLowerCase();
  if (typed.includes('@')) return typed;
  return typed
    .replace(/\p{Nd}/gu, (digit) => String(westernOf(digit)))
    .replace(/\D/g, '')
    .slice(-9);
}

/** The value of a digit of any script: each script has its ten in a row, zero first. */
function westernOf(digit: string): number {
  let zero = digit.codePointAt(0) ?? 0;
  const code = zero;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

function ownPlaces(team: readonly Row[], me: string): Map<string, 'primary' | 'care-team'> {
  const own = (team as readonly Row<CareTeamMember>[]).filter(({ fields }) => fields.member === me);
  // Who stands in for a while has perhaps a place of his own, which says more.
  own.sort((a, b) => Number(a.fields.onBehalfOf === undefined) - Number(b.fields.onBehalfOf === undefined));
  return new Map(own.map(({ fields }) => [fields.client, fields.primary ? 'primary' : 'care-team']));
}

function primariesOf(team: readonly Row[]): Map<string, string> {
  return new Map(
    (team as readonly Row<CareTeamMember>[]).flatMap(({ fields: { client, member, primary } }) =>
      primary ? [[client, member] as const] : [],
    ),
  );
}

export interface Places {
  readonly mine: ReadonlyMap<string, 'primary' | 'care-team'>;
  readonly primaries: ReadonlyMap<string, string>;
}

export const placesOf = (team: readonly Row[], me: string): Places => ({
  mine: ownPlaces(team, me),
  primaries: primariesOf(team),
});

export function viewOf({ id, fields }: Row<Client>, { mine, primaries }: Places): ClientView {
  const { legalName, preferredName, birthDate, status } = fields;
  const place = { mine: mine.get(id) ?? null, primary: primaries.get(id) ?? null };
  return { id, legalName, preferredName, birthDate, status, ...place };
}

// How clients are read: by the staff, from the office spaces on the device.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
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

/** As names are compared: without case and accents. */
export const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

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

// How clients are read: by the staff, from the office spaces on the device.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { CareTeamMember, Client } from './schema.ts';

export interface ClientView {
  readonly id: string;
  readonly legalName: string;
  readonly preferredName: string | undefined;
  readonly birthDate: string;
  readonly status: Client['status'];
  /** The reader's own place in this client's care. */
  readonly mine: 'primary' | 'care-team' | null;
}

/** The client, or null where the row is not on this device. */
export async function clientById(reader: Reader, id: string): Promise<ClientView | null> {
  const row = await reader.get('client', id);
  if (row === undefined) return null;
  const team = await reader.byRef('careTeamMember', [id]);
  return viewOf(row as Row<Client>, ownPlaces(team, reader.memberId));
}

/** All clients that this device knows: of the reader's care teams, or for the office all of the practice. By name. */
export async function clientsIHave(reader: Reader, tags: readonly string[]): Promise<ClientView[]> {
  const [clients, team] = await Promise.all([reader.all('client'), reader.all('careTeamMember')]);
  const mine = ownPlaces(team, reader.memberId);
  const { compare } = new Intl.Collator([...tags]);
  return (clients as Row<Client>[])
    .map((row) => viewOf(row, mine))
    .sort((a, b) => compare(a.legalName, b.legalName) || (a.id < b.id ? -1 : 1));
}

/** The primary provider of each client whose team is here, by membership. */
export async function primariesHere(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const team = (await reader.all('careTeamMember')) as Row<CareTeamMember>[];
  return new Map(
    team.flatMap(({ fields: { client, member, primary } }) => (primary ? [[client, member] as const] : [])),
  );
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

function ownPlaces(team: readonly Row[], me: string): Map<string, 'primary' | 'care-team'> {
  const own = (team as readonly Row<CareTeamMember>[]).filter(({ fields }) => fields.member === me);
  // Who stands in for a while has perhaps a place of his own, which says more.
  own.sort((a, b) => Number(a.fields.onBehalfOf === undefined) - Number(b.fields.onBehalfOf === undefined));
  return new Map(own.map(({ fields }) => [fields.client, fields.primary ? 'primary' : 'care-team']));
}

function viewOf({ id, fields }: Row<Client>, mine: ReadonlyMap<string, 'primary' | 'care-team'>): ClientView {
  const { legalName, preferredName, birthDate, status } = fields;
  return { id, legalName, preferredName, birthDate, status, mine: mine.get(id) ?? null };
}

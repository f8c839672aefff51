// Who stands in for whom, read from the device's own rows.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { CareTeamMember } from '../client/schema.ts';
import type { Member } from '../member/schema.ts';
import { COVER_NOTICE } from './schema-notice.ts';
import type { CoverNotice } from './schema-notice.ts';
import { COVER, coversAt, endOf } from './schema.ts';
import type { Cover } from './schema.ts';

export interface CoverView extends Cover {
  readonly id: string;
  readonly by: string;
  /** Undefined where the row is not here. */
  readonly absentName: string | undefined;
  readonly memberName: string | undefined;
  /** `false` while only this device knows of it. */
  readonly sent: boolean;
}

/** All of the practice, what begins last first. Of the staff. */
export async function coversHere(reader: Reader): Promise<CoverView[]> {
  const [rows, members] = await Promise.all([
    reader.all(COVER) as Promise<Row<Cover>[]>,
    reader.all('member') as Promise<Row<Member>[]>,
  ]);
  const names = new Map(members.map(({ id, fields }) => [id, fields.name]));
  return rows
    .map(({ id, by, version, fields }) => ({
      ...fields,
      ...{ id, by, sent: version > 0 },
      ...{ absentName: names.get(fields.absent), memberName: names.get(fields.member) },
    }))
    .sort((a, b) => (a.start === b.start ? (a.id < b.id ? -1 : 1) : a.start < b.start ? 1 : -1));
}

/** A provider by name. */
export interface Provider {
  readonly id: string;
  readonly name: string;
}

/** The providers of the practice, by name. */
export async function providersHere(reader: Reader): Promise<Provider[]> {
  const members = (await reader.all('member')) as Row<Member>[];
  return members
    .filter(({ fields }) => fields.roles.includes('provider'))
    .map(({ id, fields }) => ({ id, name: fields.name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The clients for whom the reader stands in now, each with the id of the provider for whom. */
export async function coveredByMe(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const places = (await reader.all('careTeamMember')) as Row<CareTeamMember>[];
  return new Map(
    places.flatMap(({ fields: { client, member, onBehalfOf } }) =>
      member === reader.memberId && onBehalfOf !== undefined ? [[client, onBehalfOf] as const] : [],
    ),
  );
}

/** When somebody stood in for the reader, what was in force and has ended: what came in it came while he was away. */
export async function endedForMe(reader: Reader, now: string): Promise<readonly CoverView[]> {
  const all = await coversHere(reader);
  return all.filter(
    (one) => one.absent === reader.memberId && one.status === 'accepted' && one.start < endOf(one) && endOf(one) <= now,
  );
}

/** Of a client: who stands in for her primary provider, or did. */
export async function noticesHere(reader: Reader): Promise<CoverNotice[]> {
  return ((await reader.all(COVER_NOTICE)) as Row<CoverNotice>[]).map(({ fields }) => fields);
}

/** Says for whom somebody stood in as he wrote to this client, by sign-in and time; null where he did for nobody. */
export type CoverLabel = (by: string, at: string) => string | null;

/** For the conversation of one client; over what the reader has: a client her notices, the staff what was agreed. */
export async function coverLabels(reader: Reader, client: string): Promise<CoverLabel> {
  const [notices, covers, team, members] = await Promise.all([
    noticesHere(reader),
    reader.all(COVER) as Promise<Row<Cover>[]>,
    reader.byRef('careTeamMember', [client]) as Promise<Row<CareTeamMember>[]>,
    reader.all('member') as Promise<Row<Member>[]>,
  ]);
  const lasting = team.filter(({ fields }) => fields.onBehalfOf === undefined).map(({ fields }) => fields);
  const hers = new Set(lasting.filter(({ primary }) => primary).map(({ member }) => member));
  const agreed = covers.flatMap(({ fields }): (CoverNotice & Pick<Cover, 'status'>)[] =>
    hers.has(fields.absent) ? [{ ...fields, end: endOf(fields) }] : [],
  );
  const all = [...notices.map((one) => ({ ...one, status: 'accepted' as const })), ...agreed];
  const [byUser, names] = [new Map<string, string>(), new Map<string, string>()];
  for (const { id, fields } of members) {
    if (fields.userId !== undefined) byUser.set(fields.userId, id);
    names.set(id, fields.name);
  }
  return (by, at) => {
    const member = byUser.get(by);
    const found = all.find((one) => one.member === member && coversAt(one, at));
    return found === undefined ? null : (names.get(found.absent) ?? null);
  };
}

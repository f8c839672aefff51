// Who takes part in a conversation, and whether something can be said in it: from rows on the device. The server decides both.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { CareTeamMember } from '../client/schema.ts';
import { clientOfSpace, directIn } from '../space-names.ts';
import type { ConversationView } from './queries.ts';
import { memberNames } from './queries.ts';
import { isStanding } from './schema.ts';
import { CHAT_SETTING, SETTING_DEFAULT, settingIdOf } from './schema-setting.ts';
import type { ChatSetting } from './schema-setting.ts';

export interface Participants {
  /** Names of the staff; `all` of the practice; `standing`: whoever is on the care team or at the front desk. */
  readonly staff: readonly string[] | 'all' | 'standing';
  /** The reader is the client of it. */
  readonly isSelf: boolean;
}

/** Who takes part, by name. */
export async function participantsOf(
  reader: Reader,
  { kind, client, member }: Pick<ConversationView, 'kind' | 'client' | 'member'>,
): Promise<Participants> {
  if (isStanding(kind)) return { staff: 'standing', isSelf: false };
  const names = await memberNames(reader);
  const named = (ids: readonly string[]) => ids.flatMap((id) => names.get(id) ?? []).sort();
  if (kind === 'direct') return { staff: named([member ?? '']), isSelf: !names.has(reader.memberId) };
  // Of a community a list of its own tells.
  if (kind === 'community') return { staff: 'standing', isSelf: false };
  if (client === undefined) return { staff: 'all', isSelf: false };
  const places = (await reader.byRef('careTeamMember', [client])) as Row<CareTeamMember>[];
  return { staff: named(places.map(({ fields }) => fields.member)), isSelf: false };
}

/** With whom of her care team a client can begin a conversation; nobody where the practice has not opened that, or nothing is written for now. */
export async function beginnableWith(reader: Reader): Promise<{ member: string; client: string; name: string }[]> {
  const setting = await settingFor(reader, undefined);
  if (!(setting?.clientsBegin ?? SETTING_DEFAULT.clientsBegin)) return [];
  const [names, spaces] = [await memberNames(reader), await reader.spaces()];
  const places = spaces.flatMap((space) => directIn(space) ?? []);
  const offs = await Promise.all(places.map(({ client }) => offIn(reader, { kind: 'direct', client })));
  return places
    .filter((_, i) => offs[i] === null)
    .flatMap(({ client, member }) => {
      const name = names.get(member);
      return name === undefined ? [] : [{ client, member, name }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Conversations are turned off here, and why: the client's own word of it before the practice's. Null where they are on. */
export async function offIn(
  reader: Reader,
  { kind, client }: Pick<ConversationView, 'kind' | 'client'>,
): Promise<NonNullable<ChatSetting['off']> | null> {
  if (kind === 'staff') return null;
  const own = client === undefined ? undefined : await settingFor(reader, client);
  return own?.off ?? (await settingFor(reader, undefined))?.off ?? null;
}

/** What was decided of the practice's conversations, or of a client's. */
export async function settingFor(reader: Reader, client: string | undefined): Promise<ChatSetting | undefined> {
  return ((await reader.get(CHAT_SETTING, settingIdOf(client))) as Row<ChatSetting> | undefined)?.fields;
}

/** The clients of whose care team the reader is one, as this device has them. */
export async function clientsOfTeam(reader: Reader): Promise<ReadonlySet<string>> {
  const spaces = (await reader.spaces()).filter((space) => space.startsWith('chart:'));
  return new Set(spaces.flatMap((space) => clientOfSpace(space) ?? []));
}

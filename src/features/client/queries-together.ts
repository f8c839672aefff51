// How many clients stand, as far as it matters to what is done with all of them at once. Read a few at a time, so that the page is not
// held up by a thousand.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { SCHEDULED } from '../scheduled-message/schema.ts';
import type { Scheduled } from '../scheduled-message/schema.ts';
import { isOpenTask, TASK } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { statusFrom } from './queries-status.ts';
import type { StatusStand } from './queries-status.ts';
import { placesOf, viewOf } from './queries.ts';
import type { ClientView } from './queries.ts';
import { markOf } from './schema-status.ts';
import { CARE_TEAM_MEMBER, CLIENT } from './schema.ts';
import type { CareTeamMember, Client } from './schema.ts';

const PIECE = 50;

/** A lasting place on her care team. */
export interface Place {
  readonly id: string;
  readonly member: string;
  readonly primary: boolean;
}

export interface ClientStand extends ClientView {
  /** Not while only this device knows of her. */
  readonly isSent: boolean;
  /** Why nothing goes to her by itself for now. */
  readonly paused: string | null;
  /** By which that pause is known. */
  readonly pause: string | null;
  /** Of all that there is this device has all: it does not take for nobody whom it has not heard of. */
  readonly isWhole: boolean;
  /** That she has no primary provider is known to the server too. */
  readonly isFree: boolean;
  /** The last change of her primary provider that is known here. */
  readonly seen: string | undefined;
  readonly places: readonly Place[];
  /** What her primary provider was given to do about her, and has planned to tell her; of what is on this device. */
  readonly tasks: number;
  readonly planned: number;
}

/** Those of these clients that this device knows, in the order of the ids. */
export async function standsOf(reader: Reader, ids: readonly string[]): Promise<ClientStand[]> {
  const work = workOf(
    (await reader.all(TASK)) as Row<Task>[],
    ((await reader.all(SCHEDULED)) as Row<Scheduled>[]).filter(({ fields }) => fields.status === 'planned'),
  );
  const isWhole = await reader.isWhole();
  const stands: ClientStand[] = [];
  for (let from = 0; from < ids.length; from += PIECE) {
    const some = ids.slice(from, from + PIECE);
    const rows = (await reader.many(CLIENT, some)) as Row<Client>[];
    const team = (await reader.byRef(CARE_TEAM_MEMBER, some)) as Row<CareTeamMember>[];
    const known = placesOf(team, reader.memberId);
    for (const row of rows) {
      const view = viewOf(row, known);
      stands.push({
        ...view,
        isSent: row.version > 0,
        paused: row.fields.contactPaused?.reason ?? null,
        pause: markOf(row.fields.contactPaused),
        isWhole,
        isFree: row.fields.primaryPlace === null,
        seen: row.fields.primaryChange?.id,
        places: team.flatMap(({ id, fields: { client, member, primary, onBehalfOf } }) =>
          client === row.id && onBehalfOf === undefined ? [{ id, member, primary }] : [],
        ),
        ...(work.get(`${row.id} ${view.primary}`) ?? { tasks: 0, planned: 0 }),
      });
    }
  }
  return stands;
}

/** By client and member. */
function workOf(tasks: readonly Row<Task>[], planned: readonly Row<Scheduled>[]) {
  const work = new Map<string, { tasks: number; planned: number }>();
  const add = (client: string | undefined, member: string | null | undefined, what: 'tasks' | 'planned') => {
    const before = work.get(`${client} ${member}`) ?? { tasks: 0, planned: 0 };
    work.set(`${client} ${member}`, { ...before, [what]: before[what] + 1 });
  };
  for (const { fields } of tasks) if (isOpenTask(fields)) add(fields.client, fields.assignee, 'tasks');
  for (const { fields } of planned) add(fields.client, fields.author, 'planned');
  return work;
}

export interface StatusOfClient extends ClientView {
  readonly isSent: boolean;
  readonly stand: StatusStand;
}

/** The same of how each stands in her care. */
export async function statusesOf(reader: Reader, ids: readonly string[], now: string): Promise<StatusOfClient[]> {
  const byClient = new Map<string, Row<Task>[]>();
  for (const task of (await reader.all(TASK)) as Row<Task>[])
    byClient.set(task.fields.client, [...(byClient.get(task.fields.client) ?? []), task]);
  const found: StatusOfClient[] = [];
  for (const row of (await reader.many(CLIENT, ids)) as Row<Client>[]) {
    const team = await reader.byRef(CARE_TEAM_MEMBER, [row.id]);
    const stand = await statusFrom(reader, row.id, { now, tasks: byClient.get(row.id) ?? [] });
    if (stand !== null) found.push({ ...viewOf(row, placesOf(team, reader.memberId)), isSent: row.version > 0, stand });
  }
  return found;
}

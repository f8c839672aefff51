// The practice's rules, and what stands to be sent by each, read from the device's own rows.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Client } from '../client/schema.ts';
import type { Member } from '../member/schema.ts';
import { newestOf } from '../office-hours/schema-due.ts';
import type { Hours } from '../office-hours/schema-hours.ts';
import { OFFICE_HOURS } from '../office-hours/schema.ts';
import type { Practice } from '../practice/schema.ts';
import { SCHEDULED } from '../scheduled-message/schema.ts';
import type { Scheduled } from '../scheduled-message/schema.ts';
import { openTimes } from './schema-when.ts';
import { AUTOMATION } from './schema.ts';
import type { Automation } from './schema.ts';

export interface AutomationView extends Automation {
  readonly id: string;
  /** Whose it is; undefined of the practice's. */
  readonly memberName: string | undefined;
  readonly isOwn: boolean;
  readonly sent: boolean;
  /** Of the clients whom the reader has: how many messages are planned by it. */
  readonly planned: number;
}

/** All, those that are on first. */
export async function automationsHere(reader: Reader): Promise<AutomationView[]> {
  const [rows, members, planned] = await Promise.all([
    reader.all(AUTOMATION) as Promise<Row<Automation>[]>,
    reader.all('member') as Promise<Row<Member>[]>,
    reader.all(SCHEDULED) as Promise<Row<Scheduled>[]>,
  ]);
  const names = new Map(members.map(({ id, fields }) => [id, fields.name]));
  const waiting = planned.filter(({ fields }) => fields.status === 'planned');
  return rows
    .map(({ id, version, fields }) => ({
      ...fields,
      ...{ id, sent: version > 0, isOwn: fields.member === reader.memberId },
      memberName: fields.member === undefined ? undefined : names.get(fields.member),
      planned: waiting.filter(({ fields: { automation } }) => automation?.rule === id).length,
    }))
    .sort((a, b) => Number(b.isOn) - Number(a.isOn) || (a.id < b.id ? -1 : 1));
}

/** What a rule will do, as far as this device knows: for how many clients, and when the practice is open. */
export interface Outlook {
  readonly active: number;
  readonly open: ReturnType<typeof openTimes>;
}

export async function outlookHere(reader: Reader): Promise<Outlook> {
  const [clients, hours, practices] = await Promise.all([
    reader.all('client') as Promise<Row<Client>[]>,
    reader.all(OFFICE_HOURS) as Promise<Row<Hours>[]>,
    reader.all('practice') as Promise<Row<Practice>[]>,
  ]);
  return {
    active: clients.filter(({ fields }) => fields.status === 'active').length,
    open: openTimes(newestOf(hours)?.fields ?? null, practices[0]?.fields.timezone ?? 'UTC'),
  };
}

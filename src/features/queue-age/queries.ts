import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { QUEUE_AGE } from './schema.ts';
import type { QueueAge } from './schema.ts';

export interface QueueAgeView extends QueueAge {
  readonly id: string;
  /** Undefined for what is nobody's. */
  readonly name: string | undefined;
}

/** Every provider, also who owes nothing, and what is nobody's where there is any; who has let somebody wait longest comes first. */
export async function queueAges(reader: Reader): Promise<QueueAgeView[]> {
  const [rows, members] = await Promise.all([
    reader.all(QUEUE_AGE) as Promise<Row<QueueAge>[]>,
    reader.all('member') as Promise<Row<Member>[]>,
  ]);
  const ages = new Map(rows.map(({ id, fields }) => [id, fields]));
  const named = new Map(members.map(({ id, fields }) => [id, fields.name]));
  const providers = members.filter(({ fields }) => fields.roles.includes('provider')).map(({ id }) => id);
  const owing = rows.filter(({ fields }) => fields.owed > 0).map(({ id }) => id);
  return [...new Set([...owing, ...providers])]
    .map((id) => ({ id, name: named.get(id), ...(ages.get(id) ?? { member: id, owed: 0, overdue: 0 }) }))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

const keyOf = ({ oldest = '9999', name = '' }: QueueAgeView): string => `${oldest} ${name}`;

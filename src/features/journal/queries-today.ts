// What a start page reads of the journal: little, and apart, because it is fetched before anything else.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import type { JournalComment } from './schema.ts';

export interface Reply {
  readonly id: string;
  readonly entry: string;
  readonly at: string;
  readonly name: string | undefined;
  readonly body: string;
}

/** The newest words of others about entries, newest first: for a start page. At most `limit` comments are looked at. */
export async function newestReplies(reader: Reader, limit: number): Promise<Reply[]> {
  const rows = (await reader.newest('journalComment', { limit })) as Row<JournalComment>[];
  const others = rows.filter(({ by }) => by !== reader.memberId).sort((a, b) => (a.fields.at < b.fields.at ? 1 : -1));
  const authors = await Promise.all([...new Set(others.map(({ by }) => by))].map((id) => reader.get('member', id)));
  const names = new Map((authors as (Row<Member> | undefined)[]).map((row) => [row?.id, row?.fields.name]));
  return others.map(({ id, by, fields: { entry, at, body } }) => ({ id, entry, at, name: names.get(by), body }));
}

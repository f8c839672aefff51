// Replies that the reader can put into a message.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { PRACTICE } from '../space-names.ts';
import { SAVED_REPLY } from './schema-review.ts';
import type { SavedReply } from './schema-review.ts';

export interface ReplyView {
  readonly id: string;
  readonly body: string;
  /** The practice's, else the reader's own. */
  readonly isShared: boolean;
}

/** Own ones first, then the practice's; the newest of each first, as their ids say. */
export async function savedReplies(reader: Reader): Promise<ReplyView[]> {
  const rows = (await reader.all(SAVED_REPLY)) as Row<SavedReply>[];
  const views = rows.map(({ id, space, fields: { body } }) => ({ id, body, isShared: space === PRACTICE }));
  return views.sort((a, b) => Number(a.isShared) - Number(b.isShared) || (a.id < b.id ? 1 : -1));
}

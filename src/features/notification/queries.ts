import type { Row } from '../../sync/core/record.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { NOTIFICATION } from './schema.ts';
import type { NotificationSettings } from './schema.ts';

/** What the reader has chosen; null where he never did. */
export async function settingsOf(reader: Reader): Promise<NotificationSettings | null> {
  const row = (await reader.get(NOTIFICATION, reader.memberId)) as Row<NotificationSettings> | undefined;
  return row?.fields ?? null;
}

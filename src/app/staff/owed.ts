import { waitingConversations } from '../../features/chat/queries-duty.ts';
import type { Reader } from '../../sync/client/reader.ts';

/** How many conversations of each client wait for an answer, as far as this device knows. */
export async function owedByClient(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const owed = new Map<string, number>();
  for (const { client } of await waitingConversations(reader)) owed.set(client, (owed.get(client) ?? 0) + 1);
  return owed;
}

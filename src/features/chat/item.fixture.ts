import type { ChatItem } from './doc-fold.ts';

/** A message as it is read, with nothing come of it yet. */
export function chatItem(id: string, more: Partial<ChatItem> = {}): ChatItem {
  const said = { id, by: 'ana', at: '2026-06-10T12:00:00.000Z', body: id, ids: [id], earlier: [], media: [] };
  const about = { replyTo: undefined, corrects: undefined, automatic: undefined, scheduled: undefined };
  const nothing = { retractedAt: undefined, mentions: [], discarded: [], reactions: [], readBy: [] };
  return { ...said, ...about, ...nothing, ...more };
}

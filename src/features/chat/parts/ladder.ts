// How far one's own messages have come, from what is still on its way from this device and what the header counts. Nothing is said to
// have come further than is known.

import type { DocStanding } from '../../../sync/client/react-docs.ts';
import type { LadderState } from '../../../ui/ladder.tsx';
import type { ChatItem } from '../doc-fold.ts';
import type { ConversationView } from '../queries.ts';

export interface Ground {
  readonly me: string;
  readonly head: Pick<ConversationView, 'segment' | 'seq' | 'version'>;
  /** The part in which they stand. */
  readonly segment: number;
  readonly items: readonly ChatItem[];
  readonly standing: DocStanding;
  /** How far the receiving side has come. */
  readonly delivered: number;
}

export type Ladder = (item: ChatItem) => LadderState | undefined;

export function ladderOf(ground: Ground): Ladder {
  const { me, head, segment, items, standing, delivered } = ground;
  const versions = new Map(standing.own.map(({ intent, version }) => [messageIn(intent), version]));
  // As it was said last: what is said better here is not there yet.
  const wordingOf = ({ id, ids }: ChatItem) => ids.at(-1) ?? id;
  const isSent = (item: ChatItem) => item.by === me && versions.get(wordingOf(item)) !== 0;
  const newest = items.findLast(isSent);
  const seen = items.findLast(({ by, readBy }) => by === me && readBy.length > 0);
  const isCounted = head.segment > segment || (head.segment === segment && head.seq >= standing.seq);
  return (item) => {
    if (item.by !== me) return undefined;
    if (item.readBy.length > 0) return item === seen ? 'seen' : undefined;
    if (!isSent(item)) return 'device';
    if (item !== newest) return undefined;
    const through = versions.get(wordingOf(item)) ?? (isCounted && head.version > 0 ? head.version : Infinity);
    return delivered >= through ? 'delivered' : 'sent';
  };
}

/** The id of the message that an intent says, where it says one. */
export function messageIn(intent: DocStanding['own'][number]['intent']): unknown {
  return (intent as { say?: { id?: unknown } }).say?.id;
}

import { useDocStanding } from '../../../sync/client/react-docs.ts';
import { useLive } from '../../../sync/client/react.ts';
import type { ChatItem } from '../doc-fold.ts';
import { ladderOf, messageIn } from './ladder.ts';
import type { Ladder } from './ladder.ts';
import type { ConversationView } from '../queries.ts';
import { useMe } from './use-me.ts';

interface Part {
  readonly document: string;
  readonly segment: number;
  readonly items: readonly ChatItem[];
}

/** How far one's own messages of a part have come, and under which numbers one waits that has not been sent, its last wording first. */
export function useLadder(
  conversation: ConversationView,
  { document, segment, items }: Part,
): { stateOf: Ladder; unsentOf: (item: ChatItem) => number[] } {
  const me = useMe() ?? '';
  const { space } = conversation;
  const delivered = useLive((reader) => reader.deliveredThrough(space), [space]) ?? 0;
  // One that is just written is not said to be sent before that was looked up.
  const own = items.flatMap(({ ids, by }) => (by === me ? ids : [])).join(' ');
  const standing = useDocStanding(document, own);
  const stateOf: Ladder =
    standing === undefined
      ? ({ by }) => (by === me ? 'device' : undefined)
      : ladderOf({ me, head: conversation, segment, items, standing, delivered });
  const unsentOf = ({ id, ids, by }: ChatItem) => {
    const waiting = by === me ? (standing?.own.filter(({ version }) => version === 0) ?? []) : [];
    const numbersOf = (one: string) => waiting.flatMap(({ n, intent }) => (messageIn(intent) === one ? (n ?? []) : []));
    return numbersOf(id).length === 0 ? [] : ids.toReversed().flatMap(numbersOf);
  };
  return { stateOf, unsentOf };
}

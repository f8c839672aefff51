import { useEffect, useState } from 'react';
import { useWorkspace } from '../../../../sync/client/react.ts';
import type { ConversationView } from '../../queries.ts';
import { createShelf } from './shelf.ts';
import type { Answer, Shelf } from './shelf.ts';

export interface Searched extends Answer {
  readonly isPartial: boolean;
}

/** Finds in what is on this device of these conversations; undefined while it is being read. `failed` where it could not be. */
export function useSearch(
  conversations: readonly ConversationView[],
  { typed, limit }: { typed: string; limit: number },
): Searched | 'failed' | undefined {
  const shelf = useShelf();
  const [filled, setFilled] = useState<{ of: readonly ConversationView[] } | 'failed'>();
  const isAsked = typed.trim() !== '';
  useEffect(() => {
    if (shelf === undefined || !isAsked) return undefined;
    let isWanted = true;
    shelf.fill(conversations).then(
      () => isWanted && setFilled({ of: conversations }),
      () => isWanted && setFilled('failed'),
    );
    return () => void (isWanted = false);
  }, [shelf, conversations, isAsked]);
  if (filled === undefined || shelf === undefined) return undefined;
  return filled === 'failed' ? 'failed' : { ...shelf.find(typed, limit), isPartial: shelf.isPartial() };
}

/** Goes with the screen: no word that was looked through stays. */
function useShelf(): Shelf | undefined {
  const workspace = useWorkspace();
  const [shelf, setShelf] = useState<Shelf>();
  useEffect(() => {
    const read = async (document: string) => (await workspace.docs()).read(document);
    const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));
    setShelf(createShelf({ read, breathe }));
    return () => setShelf(undefined);
  }, [workspace]);
  return shelf;
}

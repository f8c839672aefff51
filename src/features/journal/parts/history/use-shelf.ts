// A chart's shelf in a screen: kept true while the screen is there, asked, and its answers read live.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLive, useWorkspace } from '../../../../sync/client/react.ts';
import type { SpaceReader } from '../../../../sync/client/space-reader.ts';
import { chartOf } from '../../../spaces.ts';
import { entriesById } from '../../history-queries.ts';
import type { EntryView } from '../../queries.ts';
import { shelfOf } from './open-shelf.ts';
import type { OpenShelf, ShelfState } from './open-shelf.ts';
import type { Answer, Question } from './shelf.ts';

/** What comes one after another is put on it together. */
const GATHER_MS = 250;

export interface InUse {
  readonly shelf: OpenShelf;
  readonly state: ShelfState;
}

export function useShelf(client: string): InUse {
  const { reader } = useWorkspace();
  const shelf = shelfOf(reader, client);
  const state = useSyncExternalStore(shelf.subscribe, shelf.state);
  const change = useChange(client);
  useEffect(() => {
    if (change === undefined) return undefined;
    const timer = setTimeout(() => void shelf.catchUp(), shelf.state().isFull ? GATHER_MS : 0);
    return () => clearTimeout(timer);
  }, [shelf, change]);
  return { shelf, state };
}

/** Another object at every change of the chart. */
function useChange(client: string): object | undefined {
  const space = chartOf(client);
  const rows = useSpaceReader();
  return useLive(
    async (reader) => rows && { space, count: await rows.count(space), isStrict: await reader.isStrict(space) },
    [rows, space],
  );
}

function useSpaceReader(): SpaceReader | undefined {
  const { reader } = useWorkspace();
  const [rows, setRows] = useState<SpaceReader>();
  useEffect(() => {
    let wanted = true;
    // Fetched outside of live reads, which would not be followed through it.
    void reader.inDepth().then((found) => {
      if (wanted) setRows(found);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);
  return rows;
}

/** The answer as the shelf has it now; the last one while a new one is under way. */
export function useAnswer({ shelf, state }: InUse, question: Question, limit: number): Answer | undefined {
  const [answer, setAnswer] = useState<Answer>();
  const { changes } = state;
  useEffect(() => {
    let wanted = true;
    void shelf.find(question, limit).then((found) => {
      if (wanted) setAnswer(found);
    });
    return () => {
      wanted = false;
    };
  }, [shelf, question, limit, changes]);
  return answer;
}

/** The entries of an answer, live. */
export function useEntriesById(
  ids: readonly string[],
): { entries: EntryView[]; names: ReadonlyMap<string, string> } | undefined {
  const rows = useSpaceReader();
  const key = ids.join(' ');
  return useLive(async (reader) => rows && entriesById(reader, rows, key.split(' ').filter(Boolean)), [rows, key]);
}

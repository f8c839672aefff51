// A chart's shelf in a screen: kept true while the screen is there, asked, and its answers read live.

import { use, useEffect, useState, useSyncExternalStore } from 'react';
import { useLive, useWorkspace } from '../../../../sync/client/react.ts';
import type { SpaceReader } from '../../../../sync/client/space-reader.ts';
import { chartOf } from '../../../space-names.ts';
import type { Reader } from '../../../../sync/client/reader.ts';
import { entriesById } from '../../history-queries.ts';
import { newestFirst } from '../../queries.ts';
import type { EntryView } from '../../queries.ts';
import { PrivateSideContext } from '../private-side.ts';
import type { PrivateSide } from '../private-side.ts';
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
  const beside = use(PrivateSideContext);
  const shelf = shelfOf(reader, client, beside);
  const state = useSyncExternalStore(shelf.subscribe, shelf.state);
  const change = useChange(client);
  useEffect(() => {
    if (change === undefined) return undefined;
    const timer = setTimeout(() => void shelf.catchUp(), shelf.state().isFull ? GATHER_MS : 0);
    return () => clearTimeout(timer);
  }, [shelf, change]);
  return { shelf, state };
}

/** Another object at every change of the chart, and of what stands beside it. */
function useChange(client: string): object | undefined {
  const space = chartOf(client);
  const rows = useSpaceReader();
  const beside = use(PrivateSideContext);
  return useLive(
    async (reader) =>
      rows && {
        space,
        count: await rows.count(space),
        isStrict: await reader.isStrict(space),
        mark: await beside?.mark(reader, rows),
      },
    [rows, space, beside],
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

/** `to` is what was asked. */
export type Answered = Answer & { readonly to: Question };

/** The answer as the shelf has it now; the last one while a new one is under way. */
export function useAnswer({ shelf, state }: InUse, question: Question, limit: number): Answered | undefined {
  const [answer, setAnswer] = useState<Answered>();
  const { changes } = state;
  useEffect(() => {
    let wanted = true;
    void shelf.find(question, limit).then((found) => {
      if (wanted) setAnswer({ ...found, to: question });
    });
    return () => {
      wanted = false;
    };
  }, [shelf, question, limit, changes]);
  return answer;
}

/** So many entries are read at once where all are. */
const PIECE = 50;

type Read = Awaited<ReturnType<typeof entriesById>>;

/** Those of the chart, and those that stand beside it. */
async function readOf(reader: Reader, ids: readonly string[], how: { rows: SpaceReader; beside: PrivateSide | null }) {
  const { entries, names } = await entriesById(reader, how.rows, ids);
  const own = (await how.beside?.byId(reader, ids)) ?? [];
  return { entries: own.length > 0 ? [...entries, ...own].sort(newestFirst) : entries, names };
}

/** All entries of an answer, read in pieces however many they are; the last ones while others are being read. */
export function useAllOf(answer: Answered | undefined): (Read & { to: Question }) | undefined {
  const { reader } = useWorkspace();
  const rows = useSpaceReader();
  const beside = use(PrivateSideContext);
  const [read, setRead] = useState<Read & { to: Question }>();
  useEffect(() => {
    let wanted = true;
    const readAll = async () => {
      if (rows === undefined || answer === undefined) return;
      const entries: EntryView[] = [];
      const names = new Map<string, string>();
      for (let from = 0; from < answer.ids.length && wanted; from += PIECE) {
        const piece = await readOf(reader, answer.ids.slice(from, from + PIECE), { rows, beside });
        entries.push(...piece.entries);
        for (const [id, name] of piece.names) names.set(id, name);
        await new Promise((resolve) => setTimeout(resolve));
      }
      if (wanted) setRead({ entries, names, to: answer.to });
    };
    void readAll();
    return () => {
      wanted = false;
    };
  }, [reader, rows, answer, beside]);
  return read;
}

/** The entries of an answer, live. */
export function useEntriesById(ids: readonly string[]): Read | undefined {
  const rows = useSpaceReader();
  const beside = use(PrivateSideContext);
  const key = ids.join(' ');
  return useLive(
    async (reader) => rows && readOf(reader, key.split(' ').filter(Boolean), { rows, beside }),
    [rows, key, beside],
  );
}

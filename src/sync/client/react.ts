// What screens use of sync, and nothing else: a live read, an act, the state of the line.

import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { DependencyList } from 'react';
import { must } from '../../base/must.ts';
import type { FileRecord, OutboxEntry, Rejection } from './database.ts';
import { live } from './live.ts';
import { sharedRead } from './shared-read.ts';
import type { Reader } from './reader.ts';
import { isFull, onStoreNews, StoreGone } from './store-troubles.ts';
import type { SyncStatus } from './status.ts';
import type { Workspace } from './workspace.ts';

export const WorkspaceContext = createContext<Workspace | null>(null);

/** The unlocked membership that the screens are of. */
export function useWorkspace(): Workspace {
  return must(use(WorkspaceContext), 'an unlocked workspace');
}

/** What waits to be sent and what came back, live. */
export function useQueue(): { unsent: OutboxEntry[]; files: FileRecord[]; rejections: Rejection[] } | undefined {
  const workspace = useWorkspace();
  return useLive(
    async () => ({
      unsent: await workspace.unsent(),
      files: await workspace.unsentFiles(),
      rejections: await workspace.rejections(),
    }),
    [workspace],
  );
}

/** The result of a read, again whenever rows that it looked at change; undefined until the first is there. */
export function useLive<T>(read: (reader: Reader) => Promise<T>, deps: DependencyList): T | undefined {
  const { reader } = useWorkspace();
  // The caller's own list decides when the question is another one.
  const stable = useCallback(read, deps);
  const watch: Watch<T> = (watching) => live(() => stable(reader)).subscribe(watching);
  return useWatched(useCallback(watch, [reader, stable]));
}

type Watch<T> = (watching: { next(value: T): void; error(error: unknown): void }) => { unsubscribe(): void };

/** What is watched as it is now; undefined until the first is there. `watch` is another function for another question. */
export function useWatched<T>(watch: Watch<T>): T | undefined {
  const [result, setResult] = useState<{ value: T } | { error: unknown }>();
  useEffect(() => {
    const watching = watch({
      next: (value) => setResult({ value }),
      // Told as news of the store; what is on the screen may hold words that are nowhere else.
      error(error) {
        if (!(error instanceof StoreGone)) setResult({ error });
      },
    });
    return () => watching.unsubscribe();
  }, [watch]);
  if (result && 'error' in result) throw result.error;
  return result?.value;
}

/**
 * The same, as one live read for all who ask: for what each row of a list wants to know. `read` is a function of a module; one
 * made anew at each drawing would be another question each time.
 */
export function useSharedLive<T>(read: (reader: Reader) => Promise<T>): T | undefined {
  const { reader } = useWorkspace();
  const { subscribe, get } = sharedRead(reader, read);
  const result = useSyncExternalStore(subscribe, get);
  if (result && 'error' in result) throw result.error;
  return result?.value;
}

/** Why an act was not kept, where that is no bug: no room is left, or the store has gone, which is told as news of it. */
export function troubleOf(error: unknown): 'full' | 'failed' | undefined {
  if (isFull(error)) return 'full';
  return error instanceof StoreGone ? 'failed' : undefined;
}

/** Whether this membership's store has gone from under the open app. */
export function useStoreGone(membershipId: string): boolean {
  const [gone, setGone] = useState('');
  useEffect(() => onStoreNews((news, id) => news === 'gone' && id === membershipId && setGone(id)), [membershipId]);
  return gone === membershipId;
}

/** Does acts; resolves when they are safe on this device. */
export function useMutate(): Workspace['mutate'] {
  return useWorkspace().mutate;
}

export function useSyncStatus(): SyncStatus {
  const { status } = useWorkspace();
  return useSyncExternalStore(status.subscribe, status.get);
}

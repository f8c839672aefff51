// Drafts of every noun's forms: what was left unsaved, and the keeper of what is being typed.

import { useEffect, useMemo, useState } from 'react';
import type { JsonObject } from '../base/json.ts';
import { troubleOf, useWorkspace } from '../sync/client/react.ts';
import { createDraftKeeper, keepersHere } from './draft-keeper.ts';
import type { DraftKeeper } from './draft-keeper.ts';

export interface Kept<T> {
  readonly at: string;
  readonly value: T;
}

/** What was left under this id, read once: what is typed after that is the form's own. Undefined while it is being read. */
export function useStoredDraft<T>(id: string, as: (content: JsonObject) => T | null): Kept<T> | null | undefined {
  const { reader } = useWorkspace();
  const [stored, setStored] = useState<Kept<T> | null>();
  useEffect(() => {
    let wanted = true;
    void reader.draft(id).then((draft) => {
      const value = draft === undefined ? null : as(draft.content);
      if (wanted) setStored(draft === undefined || value === null ? null : { at: draft.at, value });
    });
    return () => {
      wanted = false;
    };
  }, [reader, id, as]);
  return stored;
}

export type DraftFailure = ReturnType<typeof troubleOf>;

/** The keeper of one draft, for as long as the form stands; `failed` where this device could not keep it, and for want of what. */
export function useDraftKeeper(id: string): { keeper: DraftKeeper; failed: DraftFailure } {
  const { keepDraft } = useWorkspace();
  const [failed, setFailed] = useState<DraftFailure>();
  const keeper = useMemo(
    () =>
      createDraftKeeper(id, {
        put: (content: JsonObject | null) => keepDraft(id, content),
        onState: (state, error) => setFailed(state === 'kept' ? undefined : (troubleOf(error) ?? 'failed')),
      }),
    [id, keepDraft],
  );
  useEffect(() => {
    const flush = () => void keeper.flush();
    keepersHere.add(keeper);
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', flush);
      keepersHere.delete(keeper);
      flush();
    };
  }, [keeper]);
  return { keeper, failed };
}

// Drafts of the journal's forms: what was left unsaved, and the keeper of what is being typed.

import { useEffect, useMemo, useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { JOURNAL_KINDS } from '../schema.ts';
import type { JournalKind } from '../schema.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { asCommentDraft, asEditDraft, asEntryDraft } from './draft-shape.ts';
import type { EntryDraft } from './draft-shape.ts';

export interface Kept<T> {
  readonly at: string;
  readonly value: T;
}

/** Ids of drafts lie in the clear on the disk: the kind of an entry, a health fact, must not show in them. */
const newEntryIds = (client: string) => JOURNAL_KINDS.map((_, slot) => `new-entry:${client}:${slot}`);

export interface NewEntryDrafts {
  readonly kept: readonly (Kept<EntryDraft> & { id: string })[];
  /** Where a draft of this kind is kept: its own place, or a free one. */
  placeOf(kind: JournalKind): string;
}

/** The unsaved new entries, at most one of each kind; undefined while they are being read. */
export function useNewEntryDrafts(client: string): NewEntryDrafts | undefined {
  return useLive(
    async (reader) => {
      const ids = newEntryIds(client);
      const found = await Promise.all(ids.map(async (id) => ({ id, draft: await reader.draft(id) })));
      const kept = found.flatMap(({ id, draft }) => {
        const value = draft && asEntryDraft(draft.content);
        return draft === undefined || !value ? [] : [{ id, at: draft.at, value }];
      });
      const free = ids.filter((id) => !kept.some((one) => one.id === id));
      return { kept, placeOf: (kind) => kept.find(({ value }) => value.kind === kind)?.id ?? free[0] ?? ids[0] ?? '' };
    },
    [client],
  );
}

export const editDraftId = (entry: string) => `edit:${entry}`;
export const commentDraftId = (entry: string) => `comment:${entry}`;

/** What was left of an edit; undefined while it is being read. */
export function useEditDraft(entry: string) {
  return useStored(editDraftId(entry), asEditDraft);
}

/** What was left of a comment; undefined while it is being read. */
export function useCommentDraft(entry: string) {
  return useStored(commentDraftId(entry), asCommentDraft);
}

/** Read once: what is typed after that is the form's own. */
function useStored<T>(id: string, as: (content: JsonObject) => T | null): Kept<T> | null | undefined {
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

/** The keeper of one draft, for as long as the form stands; `failed` when this device could not keep it. */
export function useDraftKeeper(id: string): { keeper: DraftKeeper; failed: boolean } {
  const { keepDraft } = useWorkspace();
  const [failed, setFailed] = useState(false);
  const keeper = useMemo(
    () =>
      createDraftKeeper(id, {
        put: (content: JsonObject | null) => keepDraft(id, content),
        onState: (state) => setFailed(state === 'failed'),
      }),
    [id, keepDraft],
  );
  useEffect(() => {
    const flush = () => void keeper.flush();
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keeper]);
  return { keeper, failed };
}

// Where the journal's forms keep what was left unsaved.

import { useLive } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import type { Kept } from '../../use-draft.ts';
import { asEntryDraft } from './draft-shape.ts';
import type { EntryDraft } from './draft-shape.ts';

/** More than anybody leaves unsaved at once. */
const SLOTS = 24;

/** Ids of drafts lie in the clear on the disk: the kind of an entry, a health fact, must not show in them. */
const newEntryIds = (client: string) => Array.from({ length: SLOTS }, (_, slot) => `new-entry:${client}:${slot}`);

export interface NewEntryDrafts {
  readonly kept: readonly (Kept<EntryDraft> & { id: string })[];
  /** Where a draft of this kind is kept: its own place, or a free one. */
  placeOf(kind: string): string;
}

/** The unsaved new entries, at most one of each kind; undefined while they are being read. */
export function useNewEntryDrafts(client: string): NewEntryDrafts | undefined {
  return useLive((reader) => newEntryDrafts(reader, client), [client]);
}

/** The same, as they are at this moment. */
export async function newEntryDrafts(reader: Pick<Reader, 'draft'>, client: string): Promise<NewEntryDrafts> {
  const ids = newEntryIds(client);
  const found = await Promise.all(ids.map(async (id) => ({ id, draft: await reader.draft(id) })));
  const kept = found.flatMap(({ id, draft }) => {
    const value = draft && asEntryDraft(draft.content);
    return draft === undefined || !value ? [] : [{ id, at: draft.at, value }];
  });
  const free = ids.filter((id) => !kept.some((one) => one.id === id));
  return { kept, placeOf: (kind) => kept.find(({ value }) => value.kind === kind)?.id ?? free[0] ?? ids[0] ?? '' };
}

export const editDraftId = (entry: string) => `edit:${entry}`;
export const flagDraftId = (entry: string) => `flag:${entry}`;
export const commentDraftId = (entry: string) => `comment:${entry}`;

/** Words that the practice could not take: a form begins with them, and keeps what is typed since in a place of their own. */
export interface Mending<T> {
  readonly draftId: string;
  readonly words: Kept<T>;
}

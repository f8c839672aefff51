import type { ReactNode } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useLive } from '../../../sync/client/react.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { entryById } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { CommentAdvice } from './client-heading.ts';
import { CommentForm } from './comment-form.tsx';
import { asCommentDraft, asEditDraft, asEntryDraft } from './draft-shape.ts';
import type { EntryDraft } from './draft-shape.ts';
import { EditForm } from './edit-form.tsx';
import { NewEntryForm } from './new-entry-form.tsx';
import { localOf } from './when.ts';

export interface MendProps {
  /** The arguments of the act that came back. */
  args: JsonObject;
  draftId: string;
  onSaved: () => void;
  onClose: () => void;
}

/** An entry, or a later wording of one, that came back. */
export function MendEntry(props: MendProps) {
  return typeof props.args['entry'] === 'string' ? <MendWording {...props} /> : <MendNewEntry {...props} />;
}

function MendNewEntry({ args, draftId, onSaved }: MendProps) {
  const stored = useStoredDraft(draftId, asEntryDraft);
  const draft = entryDraftOf(args);
  if (stored === undefined) return <Skeleton />;
  if (draft === null) return <Gone />;
  const at = String(args['at']);
  return (
    <NewEntryForm
      client={String(args['client'])}
      kind={draft.kind}
      draftId={draftId}
      restored={stored ?? { at, value: draft }}
      onSaved={onSaved}
    />
  );
}

/** It keeps the time at which it was written. */
function entryDraftOf(args: JsonObject): EntryDraft | null {
  const when = { mode: 'earlier', local: localOf(new Date(String(args['at']))) };
  return asEntryDraft({ ...args, when });
}

function MendWording({ args, draftId, onSaved, onClose }: MendProps) {
  const id = String(args['entry']);
  const read = useLive(async (reader) => ({ id, found: await entryById(reader, id) }), [id]);
  const words = asEditDraft(args);
  if (read?.id !== id) return <Skeleton />;
  if (read.found === null || words === null) return <Gone />;
  const mending = { draftId, words: { at: String(args['at']), value: words } };
  return <EditForm entry={read.found.entry} mending={mending} onSaved={onSaved} onClose={onClose} />;
}

export interface MendCommentProps extends MendProps {
  header: ReactNode;
  advice?: CommentAdvice | undefined;
}

/** A comment that came back. */
export function MendComment({ args, draftId, header, advice, onSaved, onClose }: MendCommentProps) {
  const words = asCommentDraft(args);
  if (words === null) return <Gone />;
  return (
    <CommentForm
      entry={{ id: String(args['entry']), client: String(args['client']) }}
      header={header}
      advice={advice}
      mending={{ draftId, words: { at: String(args['at']), value: words } }}
      focus
      onSent={onSaved}
      onClose={onClose}
    />
  );
}

function Gone() {
  const words = useWords<JournalWord>();
  return (
    <EmptyState icon="journal" title={words('journal.gone.title')}>
      {words('journal.gone.text')}
    </EmptyState>
  );
}

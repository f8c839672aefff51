import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useWords } from '../../../ui/words.ts';
import { addComment } from '../mutators.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import { commentFault } from './content-fault.ts';
import { DraftRestored } from './draft-notice.tsx';
import { useAct, useAuthored, useSaySaved } from './use-act.ts';
import { commentDraftId, useCommentDraft, useDraftKeeper } from './use-draft.ts';
import type { Kept } from './use-draft.ts';
import './form.css';

export interface CommentFormProps {
  entry: Pick<EntryView, 'id' | 'client'>;
  /** Whose record one is writing to: name and birth date, for the staff. */
  header?: ReactNode;
  /** Opened by the person just now: the focus goes into it. */
  focus?: boolean;
  onSent?: (() => void) | undefined;
  /** Closed without sending: what was typed stays a draft. */
  onClose?: (() => void) | undefined;
}

/** A comment under an entry. What was typed and not sent is there again the next time. */
export function CommentForm(props: CommentFormProps) {
  const restored = useCommentDraft(props.entry.id);
  if (restored === undefined) return null;
  return <LoadedForm key={props.entry.id} {...props} restored={restored} />;
}

function LoadedForm({
  entry,
  header,
  focus = false,
  onSent,
  onClose,
  restored,
}: CommentFormProps & { restored: Kept<{ body: string }> | null }) {
  const words = useWords<JournalWord>();
  const form = useCommentForm(entry, { restored, onSent });
  return (
    <form className="journal-form" noValidate onSubmit={(event) => void form.submit(event)}>
      {header}
      {form.restoredAt && (
        <DraftRestored what={words('journal.comment')} at={form.restoredAt} onDiscard={form.discard} />
      )}
      <ActNotice state={form.state} draftFailed={form.draftFailed} />
      <TextArea
        label={words('journal.comment')}
        required={false}
        rows={3}
        autoFocus={focus}
        error={form.fault && words(form.fault.word, form.fault.values)}
        value={form.body}
        onChange={form.change}
      />
      <div className="ui-actions">
        <Button type="submit" icon="send" busy={form.state === 'busy'}>
          {words('journal.comment.send')}
        </Button>
        {onClose && <Button onClick={onClose}>{words('journal.close')}</Button>}
      </div>
    </form>
  );
}

function useCommentForm(
  entry: CommentFormProps['entry'],
  { restored, onSent }: { restored: Kept<{ body: string }> | null; onSent: (() => void) | undefined },
) {
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [body, setBody] = useState(restored?.value.body ?? '');
  const [tried, setTried] = useState(false);
  const { keeper, failed } = useDraftKeeper(commentDraftId(entry.id));
  const { state, act } = useAct(keeper);
  const authored = useAuthored();
  const saySaved = useSaySaved();
  const fault = commentFault(body);

  function change(next: string): void {
    setBody(next);
    keeper.keep(next.trim() === '' ? null : { body: next });
  }
  function empty(): void {
    setBody('');
    setRestoredAt(undefined);
    setTried(false);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (fault !== undefined) return;
    const args = { ...authored(), client: entry.client, entry: entry.id, body };
    if (!(await act({ name: addComment.name, args }))) return;
    empty();
    saySaved();
    onSent?.();
  }
  function discard(): void {
    empty();
    keeper.keep(null);
  }
  return { body, state, restoredAt, draftFailed: failed, fault: tried ? fault : undefined, change, submit, discard };
}

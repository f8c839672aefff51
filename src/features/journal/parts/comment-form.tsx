import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useWords } from '../../../ui/words.ts';
import { addComment } from '../mutators.ts';
import { hasSaid } from '../schema.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import type { CommentAdvice } from './client-heading.ts';
import { commentFault } from './words-fault.ts';
import { DraftRestored } from './draft-notice.tsx';
import { useAct, useAuthored } from '../../use-act.ts';
import { useSavedWords } from './use-saved-words.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import { asCommentDraft } from './draft-shape.ts';
import type { Said } from './draft-shape.ts';
import { MediaField } from './late-media.tsx';
import { commentDraftId } from './use-draft.ts';
import { WordsAdvice } from './words-advice.tsx';
import type { Mending } from './use-draft.ts';
import type { Kept } from '../../use-draft.ts';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import './form.css';

export interface CommentFormProps {
  entry: Pick<EntryView, 'id' | 'client'>;
  /** Whose record one is writing to: name and birth date, for the staff. */
  header?: ReactNode;
  /** Told while one writes. */
  advice?: CommentAdvice | undefined;
  /** Words that came back, to be sent anew. */
  mending?: Mending<Said> | undefined;
  /** Opened by the person just now: the focus goes into it. */
  focus?: boolean;
  /** The comment is kept; `said` tells where it is now. Where it is given, it is the caller who says so. */
  onSent?: ((said: string) => void) | undefined;
  /** Closed without sending: what was typed stays a draft. */
  onClose?: (() => void) | undefined;
}

const NOTHING: Said = { body: '' };

/** A comment under an entry. What was typed and not sent is there again the next time. */
export function CommentForm(props: CommentFormProps) {
  const draftId = props.mending?.draftId ?? commentDraftId(props.entry.id);
  const stored = useStoredDraft(draftId, asCommentDraft);
  if (stored === undefined) return null;
  return <LoadedForm key={draftId} {...props} draftId={draftId} restored={stored ?? props.mending?.words ?? null} />;
}

function LoadedForm({
  entry,
  header,
  advice,
  focus = false,
  onSent,
  onClose,
  draftId,
  restored,
}: CommentFormProps & { draftId: string; restored: Kept<Said> | null }) {
  const words = useWords<JournalWord>();
  const form = useCommentForm(entry, { draftId, restored, onSent });
  const formRef = useFaultFocus(form.tries);
  return (
    <form ref={formRef} className="journal-form" noValidate onSubmit={(event) => void form.submit(event)}>
      {header}
      {form.restoredAt && (
        <DraftRestored what={words('journal.comment')} at={form.restoredAt} onDiscard={form.discard} />
      )}
      <ActNotice state={form.state} draftFailed={form.draftFailed} />
      {form.saved && <Notice announce>{form.saved}</Notice>}
      <TextArea
        label={words('journal.comment')}
        required={false}
        rows={3}
        autoFocus={focus}
        error={form.fault && words(form.fault.word, form.fault.values)}
        value={form.said.body}
        onChange={(body) => form.change({ ...form.said, body })}
      />
      {advice?.(entry.client, form.said.body)}
      <WordsAdvice content={{ text: form.said.body }} />
      <div className="ui-actions">
        <Button type="submit" icon="send" busy={form.state === 'busy' || form.isWaiting}>
          {words('journal.comment.send')}
        </Button>
        {onClose && <Button onClick={onClose}>{words('journal.close')}</Button>}
      </div>
      {/* Behind the button that sends: who answers many by keyboard is one step from it. */}
      <MediaField
        client={entry.client}
        value={form.said.media}
        onChange={(media) => form.change({ ...form.said, media })}
        onBusy={form.setWaiting}
      />
    </form>
  );
}

function useCommentForm(
  entry: CommentFormProps['entry'],
  { draftId, restored, onSent }: { draftId: string; restored: Kept<Said> | null; onSent: CommentFormProps['onSent'] },
) {
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [said, setSaid] = useState(restored?.value ?? NOTHING);
  const [isWaiting, setWaiting] = useState(false);
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, act } = useAct(keeper);
  const authored = useAuthored();
  const savedWords = useSavedWords();
  const [saved, setSaved] = useState<string>();
  const fault = commentFault(said);

  function change(next: Said): void {
    setSaid(next);
    setSaved(undefined);
    keeper.keep(hasSaid(next) ? next : null);
    // A photo is not typed letter by letter: its place in the form is kept at once.
    if (next.media !== said.media) void keeper.flush();
  }
  function empty(): void {
    setSaid(NOTHING);
    setRestoredAt(undefined);
    setTries(0);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (fault !== undefined || isWaiting) return;
    const { body, media } = said;
    const args = { ...authored(), client: entry.client, entry: entry.id, body, ...(media && { media }) };
    if (!(await act({ name: addComment.name, args }))) return;
    empty();
    const told = savedWords();
    setSaved(told);
    onSent?.(told);
  }
  function discard(): void {
    empty();
    keeper.keep(null);
  }
  return {
    said,
    isWaiting,
    setWaiting,
    state,
    saved,
    tries,
    restoredAt,
    draftFailed: failed,
    fault: tries > 0 ? fault : undefined,
    change,
    submit,
    discard,
  };
}

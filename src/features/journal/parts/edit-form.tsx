import { use, useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useWords } from '../../../ui/words.ts';
import { reviseEntry } from '../mutators.ts';
import type { EntryView } from '../queries.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import { contentFault } from './content-fault.ts';
import { DraftRestored } from './draft-notice.tsx';
import { EntryFields } from './entry-fields.tsx';
import { MediaField } from './late-media.tsx';
import { PrivateSideContext } from './private-side.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import { useWorkspace } from '../../../sync/client/react.ts';
import { asEditDraft } from './draft-shape.ts';
import { editDraftId } from './use-draft.ts';
import type { Mending } from './use-draft.ts';
import type { Kept } from '../../use-draft.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useStrict } from './use-strict.ts';
import { useTypedContent } from './use-typed-content.ts';
import { WordsAdvice } from './words-advice.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import './form.css';

export interface EditFormProps {
  entry: EntryView;
  /** Words that came back, to be saved anew. */
  mending?: Mending<{ content: JournalContent }> | undefined;
  onSaved: () => void;
  /** Closed without saving: what was typed stays a draft. */
  onClose: () => void;
}

/** A new wording of an entry; the earlier ones stay. */
export function EditForm(props: EditFormProps) {
  const draftId = props.mending?.draftId ?? editDraftId(props.entry.id);
  const stored = useStoredDraft(draftId, asEditDraft);
  if (stored === undefined) return null;
  return <LoadedForm key={draftId} {...props} draftId={draftId} restored={stored ?? props.mending?.words ?? null} />;
}

type Restored = Kept<{ content: JournalContent }> | null;

function LoadedForm({
  entry,
  onSaved,
  onClose,
  draftId,
  restored,
}: EditFormProps & { draftId: string; restored: Restored }) {
  const words = useWords<JournalWord>();
  const heading = useFocusHere<HTMLHeadingElement>();
  const { isStrict: strict, isKnown } = useStrict(entry.client);
  const form = useEditForm(entry, { draftId, restored, onSaved, isHidden: strict && isKnown });
  const formRef = useFaultFocus(form.tries);
  return (
    <form ref={formRef} className="journal-form" noValidate onSubmit={(event) => void form.submit(event)}>
      <h2 tabIndex={-1} ref={heading}>
        {words('journal.edit.title')}
      </h2>
      {form.restoredAt && (
        <DraftRestored what={words('journal.edit.title')} at={form.restoredAt} onDiscard={form.discard} />
      )}
      <ActNotice state={form.state} draftFailed={form.draftFailed} />
      <EntryFields kind={entry.kind} value={form.content} onChange={form.change} fault={form.fault} strict={strict} />
      {!entry.privacy && (
        <MediaField
          client={entry.client}
          value={form.content.media}
          onChange={(media) => form.change({ ...form.content, media })}
          onBusy={form.setWaiting}
        />
      )}
      <WordsAdvice content={form.content} />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.state === 'busy' || form.isWaiting}>
          {words('journal.edit.save')}
        </Button>
        <Button onClick={onClose}>{words('journal.close')}</Button>
      </div>
    </form>
  );
}

function useEditForm(
  entry: EntryView,
  {
    draftId,
    restored,
    onSaved,
    isHidden,
  }: { draftId: string; restored: Restored; onSaved: () => void; isHidden: boolean },
) {
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [content, setContent] = useTypedContent(restored?.value.content ?? entry.content, isHidden);
  const [tries, setTries] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, act } = useAct(keeper);
  const authored = useAuthored();
  const fault = contentFault(content);
  const { reader } = useWorkspace();
  const beside = use(PrivateSideContext);

  function change(next: JournalContent): void {
    setContent(next);
    keeper.keep({ content: next });
    // A photo is not typed letter by letter: its place in the form is kept at once.
    if (next.media !== content.media) void keeper.flush();
  }
  function discard(): void {
    setContent(entry.content);
    setRestoredAt(undefined);
    keeper.keep(null);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (fault !== undefined || isWaiting) return;
    const args = { ...authored(), client: entry.client, entry: entry.id, content };
    const own = entry.privacy && (await beside?.reviseAct(reader, entry.id, content));
    if (entry.privacy && !own) return;
    if (await act(own || { name: reviseEntry.name, args })) onSaved();
  }
  return {
    tries,
    isWaiting,
    setWaiting,
    content,
    state,
    restoredAt,
    draftFailed: failed,
    fault: tries > 0 ? fault : undefined,
    change,
    discard,
    submit,
  };
}

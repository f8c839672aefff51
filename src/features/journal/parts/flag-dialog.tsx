import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useWords } from '../../../ui/words.ts';
import { TASK_NOTE_MAX } from '../../task/schema.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import { flagEntry } from '../mutators-review.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { ActNotice } from './act-notice.tsx';
import { asCommentDraft } from './draft-shape.ts';
import { flagDraftId } from './use-draft.ts';

export interface FlagDialogProps {
  /** What is flagged; `null` while nothing is. */
  entry: EntryView | null;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  onClose: () => void;
  onFlagged: (entry: EntryView, task: string) => void;
}

/** Flags an entry, with a note where there is something to say; Enter is enough. */
export function FlagDialog({ entry, ...props }: FlagDialogProps) {
  const words = useWords<ReviewWord>();
  return (
    <Dialog open={entry !== null} onClose={props.onClose} title={words('journal.flag.title')}>
      {entry && <FlagForm key={entry.id} {...props} entry={entry} />}
    </Dialog>
  );
}

function FlagForm({ entry, header, onClose, onFlagged }: FlagDialogProps & { entry: EntryView }) {
  const words = useWords<JournalWord | ReviewWord>();
  const authored = useAuthored();
  const { keeper, failed } = useDraftKeeper(flagDraftId(entry.id));
  const { state, act } = useAct(keeper);
  const stored = useStoredDraft(flagDraftId(entry.id), asCommentDraft);
  // The field is there at once: who pressed a key is typing already.
  const [typed, setNote] = useState<string>();
  const note = typed ?? stored?.value.body ?? '';
  // Not `autoFocus`, which comes before the dialog is open: the focus would be on its close button.
  const field = useFocusHere<HTMLInputElement>();
  const [day, setDay] = useState('');
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const over = note.length - TASK_NOTE_MAX;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (over > 0) return;
    const asked = { ...(note.trim() !== '' && { note }), ...(day !== '' && { dueAt: endOfDay(day) }) };
    const args = { ...authored(), client: entry.client, entry: entry.id, ...asked };
    if (!(await act({ name: flagEntry.name, args }))) return;
    onClose();
    onFlagged(entry, args.id);
  }
  return (
    <form ref={form} className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      {header}
      <ActNotice state={state} draftFailed={failed} />
      <TextField
        label={words('journal.flag.note')}
        hint={words('journal.flag.hint')}
        optional
        ref={field}
        error={tries > 0 && over > 0 ? words('journal.flag.long', { count: over }) : undefined}
        value={note}
        onChange={(next) => {
          setNote(next);
          keeper.keep(next.trim() === '' ? null : { body: next });
        }}
      />
      <TextField label={words('journal.flag.due')} type="date" optional value={day} onChange={setDay} />
      <div className="ui-actions">
        <Button onClick={onClose}>{words('journal.close')}</Button>
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('journal.review.flag')}
        </Button>
      </div>
    </form>
  );
}

/** The end of that day where the person is. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:00`).toISOString();

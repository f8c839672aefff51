import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useWords } from '../../../ui/words.ts';
import { TASK_NOTE_MAX } from '../../task/schema.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { delegateEntry } from '../mutators-review.ts';
import type { EntryView } from '../queries.ts';
import { colleaguesOf } from '../queries-inbox.ts';
import type { Colleague } from '../queries-inbox.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import { ActNotice } from './act-notice.tsx';

export interface DelegateDialogProps {
  /** What is given; `null` while nothing is. */
  entry: EntryView | null;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  onClose: () => void;
  onGiven: (entry: EntryView, given: { task: string; name: string }) => void;
}

/** Gives an entry to somebody else of the client's care team. */
export function DelegateDialog({ entry, ...props }: DelegateDialogProps) {
  const words = useWords<ReviewWord>();
  return (
    <Dialog open={entry !== null} onClose={props.onClose} title={words('journal.delegate.title')}>
      {entry && <Colleagues key={entry.id} {...props} entry={entry} />}
    </Dialog>
  );
}

function Colleagues(props: DelegateDialogProps & { entry: EntryView }) {
  const words = useWords<JournalWord | ReviewWord>();
  const { client } = props.entry;
  const colleagues = useLive((reader) => colleaguesOf(reader, client), [client]);
  if (colleagues === undefined) return <Skeleton rows={2} />;
  if (colleagues.length > 0) return <GiveForm {...props} colleagues={colleagues} />;
  return (
    <>
      {props.header}
      <p>{words('journal.delegate.nobody')}</p>
      <div className="ui-actions">
        <Button onClick={props.onClose}>{words('journal.close')}</Button>
      </div>
    </>
  );
}

function GiveForm({
  entry,
  header,
  onClose,
  onGiven,
  colleagues,
}: DelegateDialogProps & { entry: EntryView; colleagues: readonly Colleague[] }) {
  const words = useWords<JournalWord | ReviewWord>();
  const authored = useAuthored();
  const { state, act } = useAct();
  const [place, setPlace] = useState(colleagues.length === 1 ? colleagues[0]?.place : undefined);
  const [note, setNote] = useState('');
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const field = useFocusHere<HTMLSelectElement>();
  const chosen = colleagues.find((one) => one.place === place);
  const over = note.length - TASK_NOTE_MAX;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (chosen === undefined || over > 0) return;
    const more = { place: chosen.place, ...(note.trim() !== '' && { note }) };
    const args = { ...authored(), client: entry.client, entry: entry.id, ...more };
    if (!(await act({ name: delegateEntry.name, args }))) return;
    onClose();
    onGiven(entry, { task: args.id, name: chosen.name });
  }
  return (
    <form ref={form} className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      {header}
      <ActNotice state={state} />
      <SelectField
        ref={field}
        label={words('journal.delegate.to')}
        options={colleagues.map(({ place: value, name }) => ({ value, label: name }))}
        error={tries > 0 && chosen === undefined ? words('journal.delegate.missing') : undefined}
        value={place}
        onChange={setPlace}
      />
      <TextField
        label={words('journal.flag.note')}
        hint={words('journal.flag.hint')}
        optional
        error={tries > 0 && over > 0 ? words('journal.flag.long', { count: over }) : undefined}
        value={note}
        onChange={setNote}
      />
      <div className="ui-actions">
        <Button onClick={onClose}>{words('journal.close')}</Button>
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('journal.delegate.do')}
        </Button>
      </div>
    </form>
  );
}

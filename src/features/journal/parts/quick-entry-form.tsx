import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { troubleOf } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import { ENTRY_MAX } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { wordsFault } from './words-fault.ts';
import { zoneHere } from '../../use-act.ts';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import './form.css';

export interface QuickEntry {
  readonly text: string;
  readonly at: string;
  readonly zone: string;
}

/** A reflection and nothing else, for where there is no workspace. `onSave` resolves when the words are safe. */
export function QuickEntryForm({ onSave }: { onSave: (entry: QuickEntry) => Promise<void> }) {
  const words = useWords<JournalWord | UiWord>();
  const busy = useRef(false);
  const [text, setText] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'failed' | 'full'>('ready');
  const [tries, setTries] = useState(0);
  const formRef = useFaultFocus(tries);
  const fault = wordsFault(text, ENTRY_MAX);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (busy.current || fault !== undefined) return;
    busy.current = true;
    setState('busy');
    try {
      await onSave({ text, at: new Date().toISOString(), zone: zoneHere() });
      setState('ready');
      setText('');
      setTries(0);
    } catch (error) {
      const trouble = troubleOf(error);
      setState(trouble ?? 'failed');
      if (trouble === undefined) throw error;
    } finally {
      busy.current = false;
    }
  }
  return (
    <form ref={formRef} className="journal-form" noValidate onSubmit={(event) => void submit(event)}>
      {(state === 'failed' || state === 'full') && (
        <Notice kind="attention" announce>
          {words(state === 'full' ? 'ui.full' : 'journal.failed')}
        </Notice>
      )}
      <TextArea
        label={words('journal.entry')}
        error={tries > 0 && fault ? words(fault.word, fault.values) : undefined}
        required={false}
        rows={6}
        value={text}
        onChange={setText}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={state === 'busy'}>
          {words('journal.save')}
        </Button>
      </div>
    </form>
  );
}

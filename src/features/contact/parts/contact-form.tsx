import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFocusHere } from '../../../ui/use-focus-here.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import type { Kept } from '../../use-draft.ts';
import type { ContactWord } from '../words/catalogue.ts';
import { asContactDraft } from './contact-draft.ts';
import type { ContactDraft } from './contact-draft.ts';
import { ContactFields } from './contact-fields.tsx';
import { ContactNotice } from './contact-notice.tsx';
import { ContactQuestions } from './contact-questions.tsx';
import { useContactForm } from './use-contact-form.ts';
import type { Opened } from './use-contact-form.ts';

export interface ContactFormProps {
  /** Taken as it is when the form opens; what changes after that does not move what is being typed. */
  opened: Opened;
  /** Whose record one is writing to: name and birth date. */
  header: ReactNode;
  onSaved: () => void;
  /** Closed without saving: what was typed stays a draft. */
  onClose: () => void;
}

/** A new contact, or changes of one. What was typed and not saved is there again the next time. */
export function ContactForm(props: ContactFormProps) {
  const [opened] = useState(props.opened);
  const restored = useStoredDraft(opened.draftId, asContactDraft);
  if (restored === undefined) return null;
  return <LoadedForm {...props} opened={opened} restored={restored} />;
}

function LoadedForm({
  opened,
  header,
  onSaved,
  onClose,
  restored,
}: ContactFormProps & { restored: Kept<ContactDraft> | null }) {
  const words = useWords<ContactWord>();
  const heading = useFocusHere<HTMLHeadingElement>();
  const form = useContactForm(opened, restored, onSaved);
  const formRef = useFaultFocus(form.tries);
  const { contact, names, isPutBack = false } = opened;
  const save = contact ? 'contact.edit.save' : 'contact.add.save';
  const focusValue = () => formRef.current?.querySelector<HTMLElement>('[data-field="value"]')?.focus();
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={(event) => void form.submit(event)}>
      {header}
      <h2 tabIndex={-1} ref={heading}>
        {words(contact ? 'contact.edit.title' : 'contact.add')}
      </h2>
      {form.restoredAt && <DraftBack at={form.restoredAt} onDiscard={form.discard} />}
      <ContactNotice state={form.state} draftFailed={form.draftFailed} />
      {contact && <ContactQuestions contact={contact} names={names} onChoose={form.choose} onWrite={focusValue} />}
      <ContactFields typed={form.typed} onChange={form.change} faults={form.faults} />
      {form.isSame && <Notice announce>{words('contact.error.same')}</Notice>}
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.state === 'busy'}>
          {words(isPutBack ? 'contact.putBack' : save)}
        </Button>
        <Button onClick={onClose}>{words('contact.close')}</Button>
      </div>
    </form>
  );
}

function DraftBack({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const words = useWords<ContactWord>();
  const format = useFormat();
  return (
    <Notice action={<Button onClick={onDiscard}>{words('contact.draft.discard')}</Button>}>
      {words('contact.draft', { time: format.dateTime(at) })}
    </Notice>
  );
}

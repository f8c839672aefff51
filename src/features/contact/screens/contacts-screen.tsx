import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { List } from '../../../ui/list.tsx';
import { focusMain, Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { contactDraftId, newContactDraftId } from '../parts/contact-draft.ts';
import { ContactForm } from '../parts/contact-form.tsx';
import { ContactNotice } from '../parts/contact-notice.tsx';
import { ContactRow } from '../parts/contact-row.tsx';
import { useContactActs } from '../parts/use-contact-acts.ts';
import type { Opened } from '../parts/use-contact-form.ts';
import { contactsOf } from '../queries.ts';
import type { ContactList, ContactView } from '../queries.ts';
import { isValueOf } from '../schema.ts';
import type { ContactField } from '../schema.ts';
import { typedOf } from '../parts/typed-contact.ts';
import type { ContactWord } from '../words/catalogue.ts';
import './contacts-screen.css';

export interface ContactsScreenProps {
  client: string;
  back: { href: string; label: string };
  /** Whose contacts they are: name and birth date together. */
  header: ReactNode;
}

/** Whom to call and how to reach a client: read, add, change, remove. */
export function ContactsScreen({ client, back, header }: ContactsScreenProps) {
  const words = useWords<ContactWord>();
  const read = useLive(async (reader) => ({ client, list: await contactsOf(reader, client) }), [client]);
  const [opened, setOpened] = useState<Opened | null>(null);
  function close(): void {
    setOpened(null);
    // What had the focus is gone with the form.
    focusMain();
  }
  // A live read shows its last answer while it asks anew: never one client's numbers under another's name.
  const list = read?.client === client ? read.list : undefined;
  return (
    <Page title={words('contact.title')} back={back}>
      {opened === null ? (
        <>
          {header}
          {list === undefined ? <Skeleton /> : <Contacts client={client} list={list} onOpen={setOpened} />}
        </>
      ) : (
        <ContactForm opened={opened} header={header} onSaved={close} onClose={close} />
      )}
    </Page>
  );
}

interface ContactsProps {
  client: string;
  list: ContactList;
  onOpen: (opened: Opened) => void;
}

function Contacts({ client, list: { contacts, names, cursor: base }, onOpen }: ContactsProps) {
  const words = useWords<ContactWord>();
  const { state, change, remove } = useContactActs();
  const add = () => onOpen({ client, contact: null, base, names, draftId: newContactDraftId(client) });
  function edit(contact: ContactView, start?: Opened['start']): void {
    onOpen({ client, contact, base, names, start, draftId: contactDraftId(contact.id) });
  }
  function choose(contact: ContactView, field: ContactField, value: string | null): void {
    const next = { ...contact.details, [field]: value };
    // A kind whose number is another one's: the person sees both together.
    const isWhole = isValueOf(next.kind, next.value);
    if (isWhole) void change(contact, { changes: { [field]: value }, base });
    else edit(contact, typedOf(next));
  }
  async function removed(contact: ContactView): Promise<void> {
    if (await remove(contact, base)) focusMain();
  }
  return (
    <>
      <ContactNotice state={state} />
      {contacts.length === 0 ? (
        <EmptyState icon="phone" title={words('contact.empty.title')}>
          {words('contact.empty.text')}
        </EmptyState>
      ) : (
        <List label={words('contact.title')}>
          {contacts.map((contact) => (
            <ContactRow
              key={contact.id}
              contact={contact}
              names={names}
              onEdit={() => edit(contact)}
              onRemove={() => void removed(contact)}
              onChoose={(field, value) => choose(contact, field, value)}
            />
          ))}
        </List>
      )}
      <div className="ui-actions">
        <Button variant="primary" icon="plus" onClick={add}>
          {words('contact.add')}
        </Button>
      </div>
    </>
  );
}

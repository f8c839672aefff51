import type { ReactNode } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useLive } from '../../../sync/client/react.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { contactsOf } from '../queries.ts';
import type { ContactList } from '../queries.ts';
import { contactChanges, contactDetails, withChanges } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';
import { ContactForm } from './contact-form.tsx';
import { typedOf } from './typed-contact.ts';
import type { Opened } from './use-contact-form.ts';

export interface MendContactProps {
  /** The arguments of the act that came back. */
  args: JsonObject;
  draftId: string;
  header: ReactNode;
  onSaved: () => void;
  onClose: () => void;
}

/**
 * A contact, or a change of one, that came back. Where somebody has removed the contact meanwhile, it is put back with the
 * change, from what its author had seen: nothing of the row is needed.
 */
export function MendContact({ args, draftId, header, onSaved, onClose }: MendContactProps) {
  const words = useWords<ContactWord>();
  const client = String(args['client']);
  const read = useLive(async (reader) => ({ client, list: await contactsOf(reader, client) }), [client]);
  if (read?.client !== client) return <Skeleton />;
  const opened = openedOn(args, { client, list: read.list, draftId });
  if (opened === null) {
    return (
      <EmptyState icon="phone" title={words('contact.gone.title')}>
        {words('contact.gone.text')}
      </EmptyState>
    );
  }
  return (
    <>
      {opened.isPutBack && <Notice>{words('contact.mend.gone')}</Notice>}
      <ContactForm opened={opened} header={header} onSaved={onSaved} onClose={onClose} />
    </>
  );
}

function openedOn(
  args: JsonObject,
  { client, list, draftId }: { client: string; list: ContactList; draftId: string },
): Opened | null {
  const ground = { client, base: list.cursor, names: list.names, draftId };
  const details = contactDetails.safeParse(args['details']).data;
  if (details !== undefined) return { ...ground, contact: null, start: typedOf(details) };
  const changes = contactChanges.safeParse(args['changes']).data;
  const seen = contactDetails.safeParse(args['seen']).data;
  if (changes === undefined || seen === undefined) return null;
  const contact = list.contacts.find(({ id }) => id === args['id']) ?? null;
  const start = typedOf(withChanges(contact?.details ?? seen, changes));
  return { ...ground, contact, start, isPutBack: contact === null };
}

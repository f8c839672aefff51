import { useWorkspace } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import type { ContactDetails, ContactField } from '../schema.ts';
import { CONTACT_KINDS } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';

/** A member's name to the reader; the reader is "You". */
export function useNameOf(names: ReadonlyMap<string, string>): (by: string) => string {
  const words = useWords<ContactWord>();
  const { memberId } = useWorkspace().reader;
  return (by) => (by === memberId ? words('contact.you') : (names.get(by) ?? words('contact.someone')));
}

/** A value as a person reads it: of the kind, its word. */
export function useValueWords(): (field: ContactField, value: string | null) => string | null {
  const words = useWords<ContactWord>();
  return (field, value) => {
    const kind = field === 'kind' ? CONTACT_KINDS.find((one) => one === value) : undefined;
    return kind === undefined ? value : words(`contact.kind.${kind}`);
  };
}

/** What to call a contact in one word or two. */
export function useContactTitle(): (details: ContactDetails) => string {
  const words = useWords<ContactWord>();
  return ({ kind, name }) => name ?? words(`contact.kind.${kind}`);
}

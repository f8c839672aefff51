import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ListRow } from '../../../ui/list.tsx';
import { UserName, UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ContactView } from '../queries.ts';
import type { ContactField } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';
import { ContactQuestions } from './contact-questions.tsx';
import { ContactValue } from './contact-value.tsx';
import { useContactTitle } from './contact-words.ts';

export interface ContactRowProps {
  contact: ContactView;
  names: ReadonlyMap<string, string>;
  onEdit: () => void;
  onRemove: () => void;
  onChoose: (field: ContactField, value: string | null) => void;
}

export function ContactRow({ contact, names, onEdit, onRemove, onChoose }: ContactRowProps) {
  const words = useWords<ContactWord>();
  const title = useContactTitle()(contact.details);
  const { kind, name, relationship, note } = contact.details;
  const count = contact.questions.length;
  return (
    <ListRow
      title={<UserName>{title}</UserName>}
      meta={count > 0 && <Badge kind="attention">{words('contact.questions', { count })}</Badge>}
      foot={
        <>
          <Button icon="edit" aria-label={words('contact.edit.named', { what: title })} onClick={onEdit}>
            {words('contact.edit')}
          </Button>
          <Button aria-label={words('contact.remove.named', { what: title })} onClick={onRemove}>
            {words('contact.remove')}
          </Button>
        </>
      }
    >
      <div className="contact-row">
        {(name || relationship) && (
          <p className="ui-muted">
            {name && words(`contact.kind.${kind}`)}
            {name && relationship && ' · '}
            {relationship && <UserName>{relationship}</UserName>}
          </p>
        )}
        <p>
          <ContactValue {...contact.details} />
        </p>
        {note && <UserText>{note}</UserText>}
        <ContactQuestions contact={contact} names={names} onChoose={onChoose} onWrite={onEdit} />
      </div>
    </ListRow>
  );
}

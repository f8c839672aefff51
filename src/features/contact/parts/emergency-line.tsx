import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Link } from '../../../ui/link.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { contactsOf } from '../queries.ts';
import type { ContactView } from '../queries.ts';
import type { ContactWord } from '../words/catalogue.ts';
import { ContactValue } from './contact-value.tsx';
import './emergency-line.css';

export interface EmergencyLineProps {
  client: string;
  /** Where all contacts are. */
  href: string;
}

/** In the header of a chart: whom to call, or that nobody has asked yet; and the way to all contacts. */
export function EmergencyLine({ client, href }: EmergencyLineProps) {
  const words = useWords<ContactWord>();
  const read = useLive(async (reader) => ({ client, ...(await contactsOf(reader, client)) }), [client]);
  // Never "not asked" before it was read, and never one client's number under another's name.
  const contacts = read?.client === client ? read.contacts : undefined;
  const emergency = contacts?.filter(({ details }) => details.kind === 'emergency');
  const questions = contacts?.reduce((sum, contact) => sum + contact.questions.length, 0) ?? 0;
  return (
    <div className="contact-emergency">
      {emergency?.length === 0 && read?.isWhole && <p>{words('contact.emergency.none')}</p>}
      {emergency?.map((contact) => (
        <OneToCall key={contact.id} contact={contact} />
      ))}
      <p className="ui-actions">
        <Link href={href}>{words('contact.open')}</Link>
        {contacts && <span className="ui-muted">{words('contact.count', { count: contacts.length })}</span>}
        {read?.isWhole === false && <span className="ui-muted">{words('contact.coming')}</span>}
        {questions > 0 && <Badge kind="attention">{words('contact.questions', { count: questions })}</Badge>}
      </p>
    </div>
  );
}

/** Whom to call, without the way to change it; or that nobody has asked yet. */
export function EmergencyCalls({ client }: { client: string }) {
  const words = useWords<ContactWord>();
  const read = useLive(async (reader) => ({ client, ...(await contactsOf(reader, client)) }), [client]);
  if (read?.client !== client) return null;
  const { contacts, isWhole } = read;
  const emergency = contacts.filter(({ details }) => details.kind === 'emergency');
  return (
    <>
      {emergency.map((contact) => (
        <OneToCall key={contact.id} contact={contact} isAsked />
      ))}
      {emergency.length === 0 && isWhole && <p>{words('contact.emergency.none')}</p>}
      {!isWhole && (
        <p>
          {words('contact.emergency')}: {words('contact.coming')}
        </p>
      )}
    </>
  );
}

/** `isAsked` where no other mark tells that two people wrote different things of it. */
function OneToCall({ contact: { details, questions }, isAsked }: { contact: ContactView; isAsked?: boolean }) {
  const words = useWords<ContactWord>();
  const { name, relationship } = details;
  return (
    <p>
      {words('contact.emergency')}: {name && <UserName>{name}</UserName>}
      {relationship && (
        <>
          {' '}
          (<UserName>{relationship}</UserName>)
        </>
      )}{' '}
      <ContactValue {...details} />
      {isAsked && questions.length > 0 && (
        <>
          {' '}
          <Badge kind="attention">{words('contact.questions', { count: questions.length })}</Badge>
        </>
      )}
    </p>
  );
}

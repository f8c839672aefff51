import { Notice } from '../../../ui/notice.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ClientDetails } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { nameOfLanguage, SafeContactWords } from './client-details-line.tsx';
import { useBirth } from './use-birth.ts';
import './client-fields.css';

/** What somebody else has corrected meanwhile, over which this would go. */
export function Clashes({ names, there }: { names: readonly (keyof ClientDetails)[]; there: ClientDetails }) {
  const words = useWords<ClientWord>();
  if (names.length === 0) return null;
  return (
    <Notice kind="attention" title={words('client.clash')} announce>
      <ul className="client-effects">
        {names.map((name) => (
          <li key={name} className="ui-actions">
            {words(name === 'safeContact' ? 'client.safe' : `client.field.${name}`)}:{' '}
            <Value name={name} there={there} />
          </li>
        ))}
      </ul>
      <p>{words('client.clash.over')}</p>
    </Notice>
  );
}

function Value({ name, there }: { name: keyof ClientDetails; there: ClientDetails }) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  if (name === 'birthDate') return birth(there.birthDate);
  if (name === 'safeContact')
    return there.safeContact ? <SafeContactWords safe={there.safeContact} /> : words('client.clash.none');
  const text = name === 'language' ? nameOfLanguage(there.language) : there[name];
  return text ? <UserName>{text}</UserName> : words('client.clash.none');
}

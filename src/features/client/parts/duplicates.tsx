import { useMemo } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Link } from '../../../ui/link.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useLocale, useWords } from '../../../ui/words.ts';
import type { ClientView } from '../queries.ts';
import { clientsToCompare, compareAmong } from '../queries-duplicates.ts';
import type { ClientWord } from '../words/catalogue.ts';
import type { ClientForm } from './client-form.ts';
import { ClientName, ClientStatus } from './client-name.tsx';
import { useBirth } from './use-birth.ts';

const SHOWN = 5;

/** Who is known already and may be the person who is being typed. */
export function useDuplicates({ legalName, birthDate, email, phone }: ClientForm) {
  const { tags } = useLocale();
  const known = useLive((reader) => clientsToCompare(reader, tags), [tags]);
  const comparing = useMemo(() => compareAmong(known ?? []), [known]);
  return useMemo(
    () => comparing.find({ legalName, birthDate, contacts: [email, phone] }),
    [comparing, legalName, birthDate, email, phone],
  );
}

export interface DuplicatesProps {
  found: ReturnType<typeof useDuplicates>;
  hrefOf: (client: string) => string;
}

/** Shown before somebody is taken on a second time; which of it is the same person is for people to say. */
export function Duplicates({ found, hrefOf }: DuplicatesProps) {
  const words = useWords<ClientWord>();
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <Notice kind="attention" title={words('client.alike.title', { count: found.length })}>
          <ul className="client-alike">
            {found.slice(0, SHOWN).map(({ client, by }) => (
              <li key={client.id}>
                <AlikeClient client={client} href={hrefOf(client.id)} /> · {words(`client.alike.${by}`)}
              </li>
            ))}
          </ul>
          {found.length > SHOWN && <p>{words('client.alike.more', { count: found.length - SHOWN })}</p>}
          <p>{words('client.alike.ask')}</p>
        </Notice>
      )}
    </div>
  );
}

function AlikeClient({ client, href }: { client: ClientView; href: string }) {
  const birth = useBirth();
  return (
    <>
      <Link href={href}>
        <ClientName client={client} />
      </Link>{' '}
      <span className="client-birth">{birth(client.birthDate)}</span> <ClientStatus status={client.status} />
    </>
  );
}

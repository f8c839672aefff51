import { useLive } from '../../../sync/client/react.ts';
import { Link } from '../../../ui/link.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { clientById } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { ClientName, ClientStatus } from './client-name.tsx';
import { useBirth } from './use-birth.ts';
import './client-header.css';

export interface ClientHeaderProps {
  client: string;
  /** Makes the name a link to the chart. */
  href?: string | undefined;
  /** `heading` where it names what follows; `line` beside a composer. */
  look?: 'heading' | 'line' | undefined;
}

/** Whose record this is: name and birth date, never one without the other. */
export function ClientHeader({ client: id, href, look = 'line' }: ClientHeaderProps) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  const read = useLive(async (reader) => ({ id, client: await clientById(reader, id) }), [id]);
  // A live read goes on showing its last answer while it asks anew: never the last client's name over this one's record.
  if (read?.id !== id) return <Skeleton rows={1} />;
  const { client } = read;
  if (client === null) return <Notice kind="attention">{words('client.gone')}</Notice>;
  const name = href ? (
    <Link href={href}>
      <ClientName client={client} />
    </Link>
  ) : (
    <ClientName client={client} />
  );
  return (
    <div className={`client-header client-header-${look}`}>
      {look === 'heading' ? <h2 className="client-name">{name}</h2> : <p className="client-name">{name}</p>}
      <p className="client-birth">{birth(client.birthDate)}</p>
      <ClientStatus status={client.status} />
    </div>
  );
}

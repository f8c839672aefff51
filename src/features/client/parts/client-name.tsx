import { Badge } from '../../../ui/badge.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ClientView } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';

/** The legal name, and what the client goes by where that is another word. */
export function ClientName({ client }: { client: Pick<ClientView, 'legalName' | 'preferredName'> }) {
  const words = useWords<ClientWord>();
  const { legalName, preferredName } = client;
  const isSaid = !preferredName || legalName.split(/\s+/).includes(preferredName);
  return (
    <>
      <UserName>{legalName}</UserName>
      {!isSaid && <span className="client-known"> ({words('client.known', { name: preferredName })})</span>}
    </>
  );
}

const ENDED: readonly ClientView['status'][] = ['discharged', 'archived', 'deceased'];

/** Active needs no word; everything else does. */
export function ClientStatus({ status }: Pick<ClientView, 'status'>) {
  const words = useWords<ClientWord>();
  if (status === 'active') return null;
  return <Badge kind={ENDED.includes(status) ? 'attention' : 'neutral'}>{words(`client.status.${status}`)}</Badge>;
}

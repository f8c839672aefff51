import { memo } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Link } from '../../../ui/link.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ListedClient, Reach } from '../queries-list.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { ClientName, ClientStatus } from './client-name.tsx';
import { useBirth } from './use-birth.ts';

export interface ClientRowProps {
  client: ListedClient;
  reach: Reach | undefined;
  href: string;
  /** What else stands beside a client: that something awaits there. */
  marksOf: ((reach: Reach) => ReactNode) | undefined;
  at: number;
  count: number;
  /** Undefined where nobody is being chosen. */
  chosen: boolean | undefined;
  onChoose: (client: string) => void;
}

/** Name and birth date together: two ways to notice that this is another person. */
export const ClientRow = memo(function ClientRow(props: ClientRowProps) {
  const { client, reach, href, marksOf, at, count, chosen, onChoose } = props;
  const words = useWords<ClientWord>();
  const birth = useBirth();
  return (
    <div role="listitem" className="ui-row ui-row-linked" data-row={at} aria-posinset={at + 1} aria-setsize={count}>
      {chosen !== undefined && (
        <label className="client-choose">
          <input type="checkbox" checked={chosen} onChange={() => onChoose(client.id)} />
          <span className="ui-hidden">{words('client.select.one', { name: client.legalName })}</span>
        </label>
      )}
      <div className="ui-row-main">
        <div className="ui-row-first">
          <span className="ui-row-title">
            <Link href={href} className="ui-row-link">
              <ClientName client={client} />
            </Link>
          </span>
          <span className="ui-row-meta ui-actions">
            {reach && marksOf?.(reach)}
            {client.isPaused && <Badge kind="attention">{words('client.filter.only.paused')}</Badge>}
            {client.mine === 'primary' && <Badge kind="accent">{words('client.primary')}</Badge>}
            <ClientStatus status={client.status} />
          </span>
        </div>
        <div className="ui-row-body">
          <span className="ui-muted">{birth(client.birthDate)}</span>
        </div>
      </div>
      <Icon name="forward" />
    </div>
  );
});

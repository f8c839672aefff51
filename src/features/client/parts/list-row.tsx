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
}

/** Name and birth date together: two ways to notice that this is another person. */
export const ClientRow = memo(function ClientRow({ client, reach, href, marksOf, at, count }: ClientRowProps) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  return (
    <div
      role="listitem"
      className="ui-row ui-row-linked"
      data-row={at}
      aria-posinset={at + 1}
      aria-setsize={count}
    >
      <div className="ui-row-main">
        <div className="ui-row-first">
          <span className="ui-row-title">
            <Link href={href} className="ui-row-link">
              <ClientName client={client} />
            </Link>
          </span>
          <span className="ui-row-meta ui-actions">
            {reach && marksOf?.(reach)}
            {client.isPaused && <Badge kind="attention">{words('client.paused')}</Badge>}
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

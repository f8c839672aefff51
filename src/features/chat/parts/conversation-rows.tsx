import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { AUTOMATIC } from '../doc-shape.ts';
import { staffNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { useMe } from './use-me.ts';

export interface ConversationRowsProps {
  conversations: readonly ConversationView[];
  hrefOf: (conversation: ConversationView) => string;
  /** Whose it is, for the staff: name and birth date. */
  whoseOf?: ((client: string) => ReactNode) | undefined;
  label?: string | undefined;
}

export function ConversationRows({ conversations, hrefOf, whoseOf, label }: ConversationRowsProps) {
  const words = useWords<ChatWord>();
  const me = useMe();
  const names = useLive(staffNames, []);
  const nameOf = (by: string) => {
    if (by === me) return words('chat.you');
    return by === AUTOMATIC ? words('chat.automatic') : (names?.get(by) ?? words('chat.theClient'));
  };
  return (
    <List label={label ?? words('chat.list')}>
      {conversations.map((one) => (
        <ConversationRow
          key={one.id}
          conversation={one}
          href={hrefOf(one)}
          whose={whoseOf?.(one.client)}
          nameOf={nameOf}
          waits={whoseOf !== undefined && names !== undefined && waitsFor(one, names)}
        />
      ))}
    </List>
  );
}

/** The client was the last person who wrote: what the practice says by itself answers nobody. */
function waitsFor({ lastPerson }: ConversationView, names: ReadonlyMap<string, string>): boolean {
  return lastPerson !== undefined && !names.has(lastPerson);
}

interface RowProps {
  conversation: ConversationView;
  href: string;
  whose: ReactNode;
  nameOf: (by: string) => string;
  /** The client wrote last: somebody is to answer. */
  waits: boolean;
}

function ConversationRow({ conversation: { kind, unread, last, closed }, href, whose, nameOf, waits }: RowProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const meta = (
    <span className="ui-actions">
      {unread > 0 && <Badge kind="attention">{words('chat.unread', { count: unread })}</Badge>}
      {closed && <Badge>{words('chat.closed.short')}</Badge>}
      {waits && !closed && unread === 0 && <Badge>{words('chat.waits')}</Badge>}
    </span>
  );
  return (
    <ListRow href={href} title={whose ?? words(`chat.${kind}`)} meta={meta}>
      <span className="ui-muted">
        {whose !== undefined && <>{words(`chat.${kind}`)} · </>}
        {last === undefined
          ? words(whose === undefined ? `chat.about.${kind}` : 'chat.none')
          : words('chat.last', { name: nameOf(last.by), time: format.dateTime(last.at) })}
      </span>
    </ListRow>
  );
}

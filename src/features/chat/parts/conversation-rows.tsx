import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { AUTOMATIC } from '../doc-shape.ts';
import { calledIn } from '../queries-community.ts';
import { staffNames } from '../queries.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { isAnswered, isStanding } from '../schema.ts';
import { useMe } from './use-me.ts';
import { useTitle } from './use-title.ts';

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
  const called = useLive(calledIn, []);
  const nameIn = (conversation: ConversationView) => (by: string) => {
    if (by === me) return words('chat.you');
    if (by === AUTOMATIC) return words('chat.automatic');
    const name = names?.get(by);
    if (name === undefined) return called?.(conversation.id, by) ?? words('chat.theClient');
    // Where clients choose their names, nobody passes for one of the staff.
    return conversation.kind === 'community' ? words('chat.members.marked', { name }) : name;
  };
  return (
    <List label={label ?? words('chat.list')}>
      {conversations.map((one) => (
        <ConversationRow
          key={one.id}
          conversation={one}
          href={hrefOf(one)}
          whose={one.client === undefined ? undefined : whoseOf?.(one.client)}
          nameOf={nameIn(one)}
          waits={whoseOf !== undefined && isAnswered(one.kind) && names !== undefined && waitsFor(one, names)}
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

function ConversationRow({ conversation, href, whose, nameOf, waits }: RowProps) {
  const { kind, topic, unread, last, closed } = conversation;
  const words = useWords<ChatWord>();
  const title = useTitle()(conversation);
  // Whose it is, what it is and its topic: what does not stand in the title stands under it.
  const under = [whose === undefined ? undefined : title, topic === undefined ? undefined : words(`chat.${kind}`)];
  const format = useFormat();
  const meta = (
    <span className="ui-actions">
      {unread > 0 && <Badge kind="attention">{words('chat.unread', { count: unread })}</Badge>}
      {closed && <Badge>{words('chat.closed.short')}</Badge>}
      {waits && !closed && unread === 0 && <Badge>{words('chat.waits')}</Badge>}
    </span>
  );
  return (
    <ListRow href={href} title={whose ?? title} meta={meta}>
      <span className="ui-muted">
        {under.map((part) => part !== undefined && <span key={part}>{part} · </span>)}
        {last === undefined
          ? words(whose === undefined && isStanding(kind) ? `chat.about.${kind}` : 'chat.none')
          : words('chat.last', { name: nameOf(last.by), time: format.dateTime(last.at) })}
      </span>
    </ListRow>
  );
}

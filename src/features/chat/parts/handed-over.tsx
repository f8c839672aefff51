import { useLive } from '../../../sync/client/react.ts';
import type { Row } from '../../../sync/core/record.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { handedIn, memberNames } from '../queries.ts';
import type { HandOver } from '../schema-head.ts';
import type { ConversationKind } from '../schema.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { QuotedWords } from './quoted-words.tsx';
import { useNames } from './use-names.ts';
import './handed-over.css';

/** One message with what went before it, out of the front desk's thread; in that thread only that it was handed over. */
export function HandedOver({ row: { by, at, fields } }: { row: Row<HandOver> }) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const members = useLive(memberNames, []);
  const nameOf = useNames(words('chat.theClient'));
  const { quotes } = fields;
  const named = { name: members?.get(by) ?? words('chat.someone'), time: format.dateTime(at) };
  return (
    <figure className="chat-handed">
      <figcaption>{words(quotes === undefined ? 'chat.handed.out' : 'chat.handed.in', named)}</figcaption>
      {quotes?.map((quote) => (
        <blockquote key={`${quote.at} ${quote.by} ${quote.body}`}>
          <p className="ui-muted">{words('chat.last', { name: nameOf(quote.by), time: format.dateTime(quote.at) })}</p>
          <QuotedWords body={quote.body} hasMedia={quote.media !== undefined} />
        </blockquote>
      ))}
    </figure>
  );
}

/** What was handed over in or out of a conversation: what was not answered since in full, the rest to be opened. */
export function HandedOvers({
  client,
  kind,
  answeredAt = '',
}: {
  client: string | undefined;
  kind: ConversationKind;
  answeredAt: string | undefined;
}) {
  const words = useWords<ChatWord>();
  const rows = useLive((reader) => handedIn(reader, { client, kind }), [client, kind]) ?? [];
  const late = rows.filter(({ at }) => at > answeredAt);
  const earlier = rows.filter(({ at }) => at <= answeredAt);
  if (rows.length === 0) return null;
  return (
    <section className="ui-stack" aria-label={words('chat.handed')}>
      {earlier.length > 0 && (
        <details>
          <summary>{words('chat.handed.earlier', { count: earlier.length })}</summary>
          {earlier.map((row) => (
            <HandedOver key={row.id} row={row} />
          ))}
        </details>
      )}
      {late.map((row) => (
        <HandedOver key={row.id} row={row} />
      ))}
    </section>
  );
}

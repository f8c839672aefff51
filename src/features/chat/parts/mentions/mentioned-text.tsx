import { useLive } from '../../../../sync/client/react.ts';
import { LinkedPieces } from '../../../../ui/linked-text.tsx';
import { isCalledOtherwise, piecesWith } from '../../doc-mentions.ts';
import type { Mention } from '../../doc-mentions.ts';
import { mentionNames } from '../../queries-mentions.ts';
import type { ConversationView } from '../../queries.ts';
import './mentions.css';

interface MentionedTextProps {
  body: string;
  mentions: readonly Mention[];
  conversation: ConversationView;
}

/** What somebody wrote, every word of it; beside who is mentioned the name that he has now, where that is another. */
export function MentionedText({ body, mentions, conversation: { id, kind, client, member } }: MentionedTextProps) {
  const nameOf = useLive((reader) => mentionNames(reader, { id, kind, client, member }), [id, kind, client, member]);
  return (
    <p className="ui-user-text" dir="auto">
      {piecesWith(body, mentions).map(({ text, at, who }) => {
        const meant = who === undefined ? undefined : nameOf?.(who);
        if (meant === undefined) return <LinkedPieces key={at}>{text}</LinkedPieces>;
        return (
          <bdi key={at} className={meant.isMe ? 'chat-mention chat-mention-me' : 'chat-mention'}>
            {text}
            {isCalledOtherwise(text, meant.name) && (
              <span className="chat-mention-now">
                {' ('}
                <bdi>{meant.name}</bdi>)
              </span>
            )}
          </bdi>
        );
      })}
    </p>
  );
}

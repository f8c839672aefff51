import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ChatWord } from '../words/catalogue.ts';

/** What a message says where its photos and voice notes are not shown: its words, and that there is more. */
export function QuotedWords({ body, hasMedia }: { body: string; hasMedia: boolean }) {
  const words = useWords<ChatWord>();
  return (
    <>
      {body.trim() !== '' && <UserText>{body}</UserText>}
      {hasMedia && (
        <p>
          <i>{words('chat.replyTo.media')}</i>
        </p>
      )}
    </>
  );
}

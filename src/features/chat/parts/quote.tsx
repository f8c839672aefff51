import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { Shown } from '../doc-parts.ts';
import type { ChatWord } from '../words/catalogue.ts';

/** How a message finds the one that it answers, and brings the reader there. */
export interface Originals {
  find: (id: string) => Shown | undefined;
  /** Not where messages are not in view. */
  jumpTo?: ((id: string) => void) | undefined;
}

interface QuoteProps extends Originals {
  id: string;
  nameOf: (by: string) => string;
}

/** What is answered, in short: pressed, it brings one there, also where it is not on this screen yet. */
export function Quote({ id, nameOf, find, jumpTo }: QuoteProps) {
  const words = useWords<ChatWord>();
  const item = find(id)?.item;
  const quoted = (
    <>
      {item && (
        <strong>
          <UserName>{nameOf(item.by)}</UserName>
        </strong>
      )}
      <span className="chat-quote-words" dir="auto">
        {item === undefined ? words('chat.replyTo.earlier') : shortOf(item, words)}
      </span>
    </>
  );
  if (jumpTo === undefined) return <p className="chat-quote">{quoted}</p>;
  return (
    <button type="button" className="chat-quote" onClick={() => jumpTo(id)}>
      <span className="ui-hidden">{words('chat.jump')} </span>
      {quoted}
    </button>
  );
}

const SHORT = 160;

/** Of what was taken back no word is repeated, to nobody. */
function shortOf({ body, retractedAt }: Shown['item'], words: (word: ChatWord) => string): string {
  if (retractedAt !== undefined) return words('chat.retracted');
  if (body.trim() === '') return words('chat.replyTo.media');
  const letters = Array.from(body.slice(0, 2 * SHORT).replaceAll(/\s+/g, ' '));
  return letters.length > SHORT ? `${letters.slice(0, SHORT).join('')}…` : letters.join('');
}

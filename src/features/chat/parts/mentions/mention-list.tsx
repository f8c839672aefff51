import { UserName } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { ChatWord } from '../../words/catalogue.ts';
import type { Mentions } from './use-mentions.ts';
import './mentions.css';

/** Over the words that are being written: who can be meant by what was typed after an `@`. */
export function MentionList({ found, active, listId, optionId, choose }: Mentions) {
  const words = useWords<ChatWord>();
  return (
    <>
      <p className="ui-hidden" role="status">
        {found.length > 0 && words('chat.mention.found', { count: found.length })}
      </p>
      {found.length > 0 && (
        <div className="chat-mentions" role="listbox" id={listId} aria-label={words('chat.mention.list')}>
          {found.map((one, i) => (
            <div
              key={one.who}
              id={optionId(i)}
              role="option"
              // The words keep the focus: which one is meant they say.
              tabIndex={-1}
              aria-selected={i === active}
              // The words keep the caret.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
            >
              <UserName>{one.name}</UserName>
              {one.isStaff && <span className="ui-muted">{words('chat.members.staff')}</span>}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

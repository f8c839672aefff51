import { useCallback, useRef, useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import type { LadderState } from '../../../ui/ladder.tsx';
import { LinkedText } from '../../../ui/linked-text.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { GivenUp } from '../../file/parts/photos/late-given-up.ts';
import type { GivenUpBy } from '../../file/parts/photos/late-given-up.ts';
import { Media } from '../../file/parts/photos/late-media.tsx';
import type { ChatItem } from '../doc-fold.ts';
import type { Shown } from '../doc-parts.ts';
import type { ConversationView } from '../queries.ts';
import { CorrectForm } from './correct-form.tsx';
import { MentionedText } from './mentions/mentioned-text.tsx';
import { MessageActs } from './message-acts.tsx';
import type { MessageActsProps } from './message-acts.tsx';
import { Quote } from './quote.tsx';
import type { Originals } from './quote.tsx';
import { wordingKey } from './unread.ts';
import { useMe } from './use-me.ts';
import type { ChatWord } from '../words/catalogue.ts';
import './message.css';

export interface MessageProps extends Omit<MessageActsProps, 'item' | 'onCorrect'> {
  shown: Shown;
  conversation: ConversationView;
  nameOf: (by: string) => string;
  /** The same where nothing else says who is of the staff. */
  markedOf: (by: string) => string;
  /** Said at its head, where clients choose their names: nobody passes for one of the staff. */
  isStaffs?: boolean | undefined;
  /** It was planned for later: the staff's alone go so, whatever another's device says of its own. */
  isPlanned?: boolean | undefined;
  /** It was written long before or after what stands around it. */
  isLate: boolean;
  /** How far one's own has come, where it is to be said. */
  state: LadderState | undefined;
  /** The care team goes on reading what was taken back, and what was said before it was said better. */
  seesRetracted: boolean;
  originals: Originals;
  /** For whom its author stood in as he wrote it, by name; null where for nobody. */
  coverOf?: CoverOf | undefined;
}

export type CoverOf = (by: string, at: string) => string | null;

/** One message: who, when, what, and what came of it. */
export function Message(props: MessageProps) {
  const {
    shown,
    conversation,
    me,
    nameOf,
    markedOf,
    isStaffs,
    isPlanned,
    isLate,
    state,
    seesRetracted,
    originals,
    coverOf,
    ...acts
  } = props;
  const { item, said } = shown;
  const words = useWords<ChatWord>();
  const [corrects, setCorrects] = useState(false);
  const root = useRef<HTMLLIElement>(null);
  const onClose = () => {
    setCorrects(false);
    root.current?.focus();
  };
  const isOwn = item.by === me;
  const keys = said.map((one) => wordingKey(one.item)).join('\n');
  return (
    <li
      ref={root}
      data-message={keys}
      tabIndex={-1}
      className={isOwn ? 'chat-message chat-message-own' : 'chat-message'}
    >
      <Head {...{ item, nameOf, isStaffs, isPlanned, isLate, coverOf }} />
      {item.replyTo !== undefined && item.retractedAt === undefined && (
        <Quote id={item.replyTo} nameOf={markedOf} {...originals} />
      )}
      {corrects && item.retractedAt === undefined ? (
        <CorrectForm {...{ item, me, conversation, onClose }} />
      ) : (
        <>
          <Body {...{ item, conversation, seesRetracted }} />
          <Reactions item={item} nameOf={markedOf} />
          <div className="chat-message-foot">
            {isOwn && state && state !== 'seen' && <Ladder state={state} />}
            {isOwn && state === 'seen' && <SeenBy item={item} nameOf={markedOf} />}
            <MessageActs item={item} me={me} {...acts} onCorrect={() => setCorrects(true)} />
          </div>
        </>
      )}
      {item.corrects !== undefined && <p className="ui-muted">{words('chat.corrects')}</p>}
    </li>
  );
}

type HeadProps = { item: ChatItem } & Pick<MessageProps, 'nameOf' | 'isStaffs' | 'isPlanned' | 'isLate' | 'coverOf'>;

function Head({ item, nameOf, isStaffs, isPlanned, isLate, coverOf }: HeadProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const covered = item.automatic ? null : coverOf?.(item.by, item.at);
  return (
    <p className="chat-message-head">
      <strong>
        <UserName>{nameOf(item.automatic?.onBehalfOf ?? item.by)}</UserName>
      </strong>
      <span className="ui-muted">
        {isStaffs && <>{words('chat.members.staff')} · </>}
        {item.automatic && <>{automaticWords(item.automatic, words)} · </>}
        {isPlanned && item.scheduled && <>{words('chat.scheduled', { time: format.dateTime(item.scheduled) })} · </>}
        {covered && <>{words('chat.covering', { name: covered })} · </>}
        <time dateTime={item.at}>
          {isLate ? words('chat.late', { time: format.dateTime(item.at) }) : format.time(item.at)}
        </time>
        {item.earlier.length > 0 && <> · {words('chat.corrected')}</>}
      </span>
    </p>
  );
}

/** What made it, and in whose name it was: the name at its head is that person's, and nobody is to think that he has written it now. */
function automaticWords({ cause }: NonNullable<ChatItem['automatic']>, words: (word: ChatWord) => string): string {
  return words(cause === undefined ? 'chat.automatic' : `chat.automatic.${cause}`);
}

type BodyProps = { item: ChatItem } & Pick<MessageProps, 'conversation' | 'seesRetracted'>;

function Body({ item, conversation, seesRetracted }: BodyProps) {
  const words = useWords<ChatWord>();
  const said = <Said {...{ item, conversation }} />;
  if (item.retractedAt !== undefined) {
    return (
      <>
        <p className="ui-muted">{words('chat.retracted')}</p>
        {seesRetracted && (
          <details>
            <summary>{words('chat.retracted.show')}</summary>
            {said}
            <Earlier item={item} />
          </details>
        )}
      </>
    );
  }
  return (
    <>
      {said}
      {seesRetracted && item.earlier.length > 0 && (
        <details>
          <summary>{words('chat.corrected.show')}</summary>
          <Earlier item={item} />
        </details>
      )}
    </>
  );
}

function Said({ item, conversation }: Omit<BodyProps, 'seesRetracted'>) {
  const { by, body, media, mentions, discarded } = item;
  const me = useMe();
  const gone = discarded.join(' ');
  const givenUpBy = useCallback<GivenUpBy>(
    async ({ memberId }, file) => (gone.includes(file) ? (by === me ? memberId : by) : null),
    [gone, by, me],
  );
  return (
    <GivenUp value={givenUpBy}>
      {body.trim() !== '' && <MentionedText {...{ body, mentions, conversation }} />}
      {media.length > 0 && <Media space={conversation.space} media={media} opens />}
    </GivenUp>
  );
}

/** Each wording that was bettered, the first one first. */
function Earlier({ item: { earlier, ids } }: { item: ChatItem }) {
  return earlier.map((body, i) => <LinkedText key={ids[i]}>{body}</LinkedText>);
}

function SeenBy({ item, nameOf }: { item: ChatItem } & Pick<MessageProps, 'nameOf'>) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  return (
    <span className="chat-seen">
      <Icon name="eye" />
      {words('chat.seenBy', { names: format.list(item.readBy.map(({ by }) => nameOf(by))) })}
    </span>
  );
}

function Reactions({ item, nameOf }: { item: ChatItem } & Pick<MessageProps, 'nameOf'>) {
  const words = useWords<ChatWord>();
  if (item.reactions.length === 0) return null;
  return (
    <ul className="chat-reactions" role="list">
      {item.reactions.map(({ by, reaction }) => (
        <li key={by}>
          {words('chat.reaction.by', { reaction: words(`chat.reaction.${reaction}`), name: nameOf(by) })}
        </li>
      ))}
    </ul>
  );
}

import { ButtonLink } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { Media } from '../../file/parts/photos/late-media.tsx';
import { useStoredDraft } from '../../use-draft.ts';
import { saysSomething } from '../doc-shape.ts';
import type { ConversationView } from '../queries.ts';
import type { StandingKind } from '../schema.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { asMessageDraft, NOTHING } from './message-draft.ts';

export interface ClosedProps {
  conversation: ConversationView;
  closed: { readonly at: string; readonly reason: string };
  /** It has not ended: conversations are turned off for now. */
  isOff?: boolean;
  /** Where else one writes; none where there is nothing. */
  other: { readonly kind: StandingKind; readonly href: string } | undefined;
}

/** In place of the composer: that it has ended, or is turned off, why, and where to write instead. What was typed and not sent is still there. */
export function Closed({ conversation, closed, isOff = false, other }: ClosedProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const { space } = conversation;
  const title = words(isOff ? 'chat.off' : 'chat.closed');
  const { body, media = [] } = useStoredDraft(`message:${conversation.id}`, asMessageDraft)?.value ?? NOTHING;
  return (
    <section className="chat-composer" aria-label={title}>
      <p>
        <strong>{title}</strong>{' '}
        <span className="ui-muted">
          {words(isOff ? 'chat.off.by' : 'chat.closed.by', { time: format.dateTime(closed.at) })}
        </span>
      </p>
      <UserText>{closed.reason}</UserText>
      {saysSomething({ body, media }) && (
        <>
          <p>{words('chat.closed.kept')}</p>
          {body.trim() !== '' && <UserText>{body}</UserText>}
          {media.length > 0 && <Media space={space} media={media} opens />}
        </>
      )}
      {other && (
        <div className="ui-actions">
          <ButtonLink href={other.href}>{words(`chat.closed.${other.kind}`)}</ButtonLink>
        </div>
      )}
    </section>
  );
}

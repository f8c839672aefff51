import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ComponentType, FormEvent, KeyboardEvent, ReactNode } from 'react';
import { Button, IconButton } from '../../../ui/button.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import type { DraftKeeper } from '../../draft-keeper.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import { MediaField } from '../../file/parts/photos/late-media-field.tsx';
import { sayIntent } from '../doc-acts.ts';
import type { ChatMessage } from '../doc-names.ts';
import { partOf } from '../doc-parts.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { asMessageDraft, keptDraft, NOTHING, restOfDraft, saidOf } from './message-draft.ts';
import type { MessageDraft } from './message-draft.ts';
import { MentionArea } from './mentions/mention-area.tsx';
import { messageFault } from './message-fault.ts';
import { Quote } from './quote.tsx';
import type { Originals } from './quote.tsx';
import { SendNotice } from './send-notice.tsx';
import { ReplyTime } from './reply-time.tsx';
import { useMe } from './use-me.ts';
import { useNames } from './use-names.ts';
import { useSend } from './use-send.ts';
import './composer.css';

export interface ComposerProps {
  conversation: ConversationView;
  clientName: string;
  /** The message that the reader wants to answer, pressed just now. */
  reply?: ReplyAsked | undefined;
  originals?: Originals;
  /** Whose record one is writing to: name and birth date, for the staff. */
  header?: ReactNode;
  /** Stands beside the button that sends: puts words into the message, or takes them out of it for something else. */
  beside?: ComponentType<BesideProps> | undefined;
  /** Told while one writes. */
  adviceOf?: ((body: string) => ReactNode) | undefined;
  /** Whom to call, for a client without a network. */
  urgent?: ReactNode;
  /** It is the client who writes: she is told when an answer comes. */
  isClients?: boolean | undefined;
  /** It was opened to write in. */
  hasFocus?: boolean;
  /** A message was kept. */
  onSent?: () => void;
  /** It is drawn. */
  onWritable?: () => void;
}

export interface BesideProps {
  conversation: ConversationView;
  /** What stands in the form. */
  body: string;
  replyTo: string | undefined;
  hasMedia: boolean;
  onInsert: (words: string) => void;
  /** To be kept with the act that takes what is written. */
  draft: DraftKeeper;
  /** It was taken: the form is empty. */
  onTaken: () => void;
}

const NONE_IN_VIEW: Originals = { find: () => undefined };

/** Another object at each press. */
export interface ReplyAsked {
  readonly to: string;
}

/** Where a message is written. What was typed and not sent is there again the next time. */
export function Composer(props: ComposerProps) {
  const draftId = `message:${props.conversation.id}`;
  const stored = useStoredDraft(draftId, asMessageDraft);
  const me = useMe();
  if (stored === undefined || me === undefined) return null;
  return <LoadedComposer key={draftId} {...props} me={me} draftId={draftId} restored={stored?.value ?? NOTHING} />;
}

function LoadedComposer(props: ComposerProps & Composing) {
  const {
    conversation,
    clientName,
    reply,
    originals = NONE_IN_VIEW,
    header,
    beside: Beside,
    adviceOf,
    urgent,
    onWritable,
  } = props;
  const { isClients = false, hasFocus = false } = props;
  const words = useWords<ChatWord>();
  const nameOf = useNames(clientName, 'marked');
  const form = useComposer(props);
  const formRef = useFaultFocus(form.tries);
  const [hasKeys] = useState(() => matchMedia('(pointer: fine) and (min-width: 40rem)').matches);
  const { body, replyTo, media, mentions } = form.draft;
  const [attaches, setAttaches] = useState(media !== undefined);
  useLayoutEffect(() => onWritable?.(), [onWritable]);
  useReply(reply, (to) => {
    form.change({ replyTo: to });
    formRef.current?.querySelector('textarea')?.focus();
  });
  const insert = (said: string) => {
    form.change({ body: body.trim() === '' ? said : `${body.trimEnd()}\n${said}` });
    formRef.current?.querySelector('textarea')?.focus();
  };
  useLayoutEffect(() => {
    if (hasFocus) formRef.current?.querySelector('textarea')?.focus();
  }, [hasFocus, formRef]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit(event);
  };
  return (
    <form ref={formRef} className="chat-composer" noValidate onSubmit={form.submit}>
      {header}
      <SendNotice state={form.state} draftFailed={form.draftFailed} />
      {replyTo !== undefined && (
        <div className="chat-replying">
          <Quote id={replyTo} nameOf={nameOf} {...originals} />
          <IconButton
            icon="close"
            label={words('chat.replyTo.remove')}
            onClick={() => form.change({ replyTo: undefined })}
          />
        </div>
      )}
      <MentionArea
        {...{ conversation, clientName }}
        label={words('chat.message')}
        required={false}
        rows={2}
        hint={hasKeys ? words('chat.keys') : undefined}
        error={form.fault && words(form.fault)}
        value={body}
        onChange={(next) => form.change({ body: next })}
        onMention={(next, chosen) => form.change({ body: next, mentions: [...(mentions ?? []), chosen] })}
        onKeyDown={onKeyDown}
      />
      {adviceOf?.(body)}
      <ReplyTime urgent={urgent} isClients={isClients} />
      <div className="ui-actions">
        <Button type="submit" variant="primary" icon="send" busy={form.state === 'busy'}>
          {words('chat.send')}
        </Button>
        <Button icon="plus" aria-expanded={attaches} onClick={() => setAttaches(!attaches)}>
          {words('chat.attach')}
        </Button>
        {Beside && (
          <Beside
            {...{ conversation, body, replyTo, hasMedia: media !== undefined }}
            onInsert={insert}
            draft={form.keeper}
            onTaken={form.clear}
          />
        )}
      </div>
      {(attaches || media !== undefined) && (
        <MediaField
          space={conversation.space}
          value={media}
          onChange={(next) => form.change({ media: next })}
          onBusy={form.setWaiting}
        />
      )}
    </form>
  );
}

/** Does it once for each press. */
function useReply(asked: ReplyAsked | undefined, answer: (to: string) => void): void {
  const latest = useRef(answer);
  useEffect(() => void (latest.current = answer));
  useEffect(() => {
    if (asked !== undefined) latest.current(asked.to);
  }, [asked]);
}

interface Composing {
  readonly conversation: ConversationView;
  readonly me: string;
  readonly draftId: string;
  readonly restored: MessageDraft;
  readonly onSent?: (() => void) | undefined;
}

function useComposer({ conversation, me, draftId, restored, onSent }: Composing) {
  const authored = useAuthored();
  const [draft, setDraft] = useState(restored);
  const [isWaiting, setWaiting] = useState(false);
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, send } = useSend(conversation);
  const latest = useRef(draft);
  // Until it is kept for sure it is one message: kept twice under one id it is said once.
  const saying = useRef<ChatMessage>(undefined);
  const messageNow = (): ChatMessage => {
    const { id, at } = authored();
    return { id, by: me, at, ...saidOf(draft) };
  };
  const fault = isWaiting ? 'chat.wait' : messageFault(messageNow());

  function change(change: Partial<MessageDraft>): void {
    const next = { ...latest.current, ...change };
    const isTyped = next.media === latest.current.media;
    latest.current = next;
    setDraft(next);
    keeper.keep(keptDraft(next));
    // A photo is not typed letter by letter: its place in the form is kept at once.
    if (!isTyped) void keeper.flush();
  }
  async function submitNow(): Promise<void> {
    setTries(tries + 1);
    if (fault !== undefined) return;
    if (state === 'busy') return;
    const now = messageNow();
    const { id, at } = saying.current ?? now;
    if (!isSame(saying.current, { ...now, id, at })) saying.current = now;
    const intent = sayIntent(saying.current ?? now);
    if (!(await send({ document: partOf(conversation.id, conversation.segment), intent, draft: keeper }))) return;
    clear();
    onSent?.();
  }
  /** Something else has taken what was written, and its draft with it. */
  function clear(): void {
    saying.current = undefined;
    change({ replyTo: undefined, media: undefined, mentions: undefined, ...restOfDraft(latest.current, draft) });
    setTries(0);
  }
  function submit(event: FormEvent | KeyboardEvent): void {
    event.preventDefault();
    void submitNow();
  }
  const shown = tries > 0 ? fault : undefined;
  return { draft, keeper, tries, state, setWaiting, draftFailed: failed, fault: shown, change, clear, submit };
}

const isSame = (one: ChatMessage | undefined, other: ChatMessage): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

import { useLayoutEffect, useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import { useAuthored } from '../../use-act.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import type { DraftFailure } from '../../use-draft.ts';
import { restOf, sayIntent } from '../doc-acts.ts';
import { fitsMessage } from '../doc-fold.ts';
import type { ChatMessage } from '../doc-names.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { ReplyTime } from './reply-time.tsx';
import { useMe } from './use-me.ts';
import { useSend } from './use-send.ts';
import type { SendState } from './use-send.ts';
import './composer.css';

export interface ComposerProps {
  conversation: ConversationView;
  document: string;
  /** Whose record one is writing to: name and birth date, for the staff. */
  header?: ReactNode;
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

/** Where a message is written. What was typed and not sent is there again the next time. */
export function Composer(props: ComposerProps) {
  const draftId = `message:${props.conversation.id}`;
  const stored = useStoredDraft(draftId, bodyOf);
  const me = useMe();
  if (stored === undefined || me === undefined) return null;
  return <LoadedComposer key={draftId} {...props} me={me} draftId={draftId} restored={stored?.value ?? ''} />;
}

function LoadedComposer({
  conversation,
  document,
  header,
  adviceOf,
  urgent,
  isClients = false,
  hasFocus = false,
  onSent,
  onWritable,
  me,
  draftId,
  restored,
}: ComposerProps & { me: string; draftId: string; restored: string }) {
  const words = useWords<ChatWord>();
  const form = useComposer({ conversation, document, me, draftId, restored, onSent });
  const formRef = useFaultFocus(form.tries);
  const [hasKeys] = useState(() => matchMedia('(pointer: fine) and (min-width: 40rem)').matches);
  useLayoutEffect(() => onWritable?.(), [onWritable]);
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
      <TextArea
        label={words('chat.message')}
        required={false}
        rows={2}
        hint={hasKeys ? words('chat.keys') : undefined}
        error={form.fault && words(form.fault)}
        value={form.body}
        onChange={form.change}
        onKeyDown={onKeyDown}
      />
      {adviceOf?.(form.body)}
      <ReplyTime urgent={urgent} isClients={isClients} />
      <div className="ui-actions">
        <Button type="submit" variant="primary" icon="send" busy={form.state === 'busy'}>
          {words('chat.send')}
        </Button>
      </div>
    </form>
  );
}

function SendNotice({ state, draftFailed }: { state: SendState; draftFailed: DraftFailure }) {
  const words = useWords<ChatWord | UiWord>();
  const problem = problemOf(state) ?? draftProblem(draftFailed);
  if (problem === undefined) return null;
  return (
    <Notice kind="attention" announce>
      {words(problem)}
    </Notice>
  );
}

function problemOf(state: SendState): ChatWord | UiWord | undefined {
  if (state === 'ready' || state === 'busy') return undefined;
  return state === 'full' ? 'ui.full' : `chat.${state}`;
}

function draftProblem(failed: DraftFailure): ChatWord | UiWord | undefined {
  if (failed === 'full') return 'ui.full';
  return failed && 'chat.draft.failed';
}

interface Composing {
  readonly conversation: ConversationView;
  readonly document: string;
  readonly me: string;
  readonly draftId: string;
  readonly restored: string;
  readonly onSent: (() => void) | undefined;
}

function useComposer({ conversation, document, me, draftId, restored, onSent }: Composing) {
  const authored = useAuthored();
  const [body, setBody] = useState(restored);
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, send } = useSend(conversation);
  const latest = useRef(body);
  // Until it is kept for sure it is one message: kept twice under one id it is said once.
  const saying = useRef<ChatMessage>(undefined);
  const messageNow = (): ChatMessage => {
    const { id, at } = authored();
    return { id, by: me, at, body: body.trim() };
  };
  const fault = faultOf(body, () => fitsMessage(messageNow()));

  function change(next: string): void {
    latest.current = next;
    setBody(next);
    keeper.keep(next.trim() === '' ? null : { body: next });
  }
  async function submitNow(): Promise<void> {
    setTries(tries + 1);
    if (fault !== undefined) return;
    if (state === 'busy') return;
    if (saying.current?.body !== body.trim()) saying.current = messageNow();
    if (!(await send({ document, intent: sayIntent(saying.current), draft: keeper }))) return;
    saying.current = undefined;
    change(restOf(latest.current, body));
    setTries(0);
    onSent?.();
  }
  function submit(event: FormEvent | KeyboardEvent): void {
    event.preventDefault();
    void submitNow();
  }
  return { body, tries, state, draftFailed: failed, fault: tries > 0 ? fault : undefined, change, submit };
}

function faultOf(body: string, fits: () => boolean): ChatWord | undefined {
  if (body.trim() === '') return 'chat.empty.body';
  return fits() ? undefined : 'chat.tooLong';
}

function bodyOf({ body }: JsonObject): string | null {
  return typeof body === 'string' ? body : null;
}

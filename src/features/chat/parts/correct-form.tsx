import { useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import { sayIntent } from '../doc-acts.ts';
import type { ChatItem } from '../doc-fold.ts';
import { chosenIn, mentionsIn } from '../doc-mentions.ts';
import type { ChatMessage } from '../doc-names.ts';
import { partOf } from '../doc-parts.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { messageFault } from './message-fault.ts';
import { SendNotice } from './send-notice.tsx';
import { useSend } from './use-send.ts';

interface CorrectFormProps {
  item: ChatItem;
  me: string;
  conversation: ConversationView;
  onClose: () => void;
}

/** One's own message, said better where it stands. What is typed is there again when one comes back to it. */
export function CorrectForm(props: CorrectFormProps) {
  const draftId = `message:${props.conversation.id}:${props.item.id}`;
  const stored = useStoredDraft(draftId, bodyOf);
  if (stored === undefined) return null;
  return <LoadedForm {...props} draftId={draftId} restored={stored?.value ?? props.item.body} />;
}

function LoadedForm({ item, me, conversation, onClose, draftId, restored }: CorrectFormProps & Restored) {
  const words = useWords<ChatWord>();
  const authored = useAuthored();
  const [body, setBody] = useState(restored);
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, send } = useSend(conversation);
  const formRef = useFaultFocus(tries);
  // Until it is kept for sure it is one message: kept twice under one id it is said once.
  const saying = useRef<ChatMessage>(undefined);
  function messageNow(): ChatMessage {
    const { id, at } = authored();
    const media = item.media.length > 0 && { media: item.media };
    const mentions = mentionsIn(body.trim(), chosenIn(item.body, item.mentions));
    const meant = mentions.length > 0 && { mentions };
    return { id, by: me, at, body: body.trim(), corrects: item.id, ...media, ...meant };
  }
  const fault = messageFault(messageNow());

  function change(next: string): void {
    setBody(next);
    keeper.keep(next === item.body ? null : { body: next });
  }
  function leave(): void {
    keeper.keep(null);
    onClose();
  }
  async function submit(event: FormEvent | KeyboardEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (fault !== undefined || state === 'busy') return;
    if (body.trim() === item.body) return leave();
    // In the newest part, where there is room: it finds what it betters by name.
    const document = partOf(conversation.id, conversation.segment);
    if (saying.current?.body !== body.trim()) saying.current = messageNow();
    if (await send({ document, intent: sayIntent(saying.current), draft: keeper })) onClose();
  }
  return (
    <form ref={formRef} className="chat-correct" noValidate onSubmit={(event) => void submit(event)}>
      <SendNotice state={state} draftFailed={failed} />
      <TextArea
        label={words('chat.correct.label')}
        hint={words('chat.correct.hint')}
        required={false}
        rows={2}
        autoFocus
        error={tries > 0 && fault ? words(fault) : undefined}
        value={body}
        onChange={change}
        onKeyDown={(event) => {
          // What was typed stays for the next time.
          if (event.key === 'Escape') onClose();
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
        }}
      />
      <div className="ui-actions">
        <Button type="submit" busy={state === 'busy'}>
          {words('chat.correct.save')}
        </Button>
        <Button onClick={leave}>{words('chat.correct.cancel')}</Button>
      </div>
    </form>
  );
}

interface Restored {
  draftId: string;
  restored: string;
}

function bodyOf({ body }: JsonObject): string | null {
  return typeof body === 'string' ? body : null;
}

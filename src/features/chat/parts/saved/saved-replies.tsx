import { useId, useState } from 'react';
import { useLive } from '../../../../sync/client/react.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { List, ListRow } from '../../../../ui/list.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { UserText } from '../../../../ui/user-text.tsx';
import { useWords } from '../../../../ui/words.ts';
import { useAct, useAuthored } from '../../../use-act.ts';
import { removeReply, saveReply } from '../../mutators-replies.ts';
import { savedReplies } from '../../queries-replies.ts';
import type { ReplyView } from '../../queries-replies.ts';
import { SAVED_REPLY_MAX } from '../../schema-review.ts';
import type { ChatWord } from '../../words/catalogue.ts';

export interface SavedRepliesProps {
  /** What stands in the composer now: it can be kept as one. */
  body: string;
  onInsert: (body: string) => void;
  /** May keep and remove what is the practice's. */
  mayShare: boolean;
}

/** For the staff, beside the composer: what is written often, to be put into the message. */
export function SavedReplies(props: SavedRepliesProps) {
  const words = useWords<ChatWord>();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon="comment" onClick={() => setOpen(true)}>
        {words('chat.saved')}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={words('chat.saved')}>
        {isOpen && <Replies {...props} onClose={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function Replies({ body, onInsert, mayShare, onClose }: SavedRepliesProps & { onClose: () => void }) {
  const words = useWords<ChatWord>();
  const replies = useLive(savedReplies, []);
  const { state, act } = useAct();
  const authored = useAuthored();
  const kept = body.trim();
  const isThere = replies?.some((one) => one.body === kept) ?? true;
  const mayKeep = kept !== '' && kept.length <= SAVED_REPLY_MAX && !isThere;
  const save = (isShared: boolean) => void act({ name: saveReply.name, args: { ...authored(), isShared, body: kept } });
  const remove = ({ id, isShared }: ReplyView) =>
    void act({ name: removeReply.name, args: { ...authored(), id, isShared } });
  return (
    <div className="ui-stack">
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words('chat.saved.failed')}
        </Notice>
      )}
      {replies?.length === 0 && <p className="ui-muted">{words('chat.saved.none')}</p>}
      {[false, true].map((isShared) => (
        <Group
          key={String(isShared)}
          replies={replies?.filter((one) => one.isShared === isShared) ?? []}
          title={words(isShared ? 'chat.saved.practice' : 'chat.saved.own')}
          onInsert={(reply) => {
            onClose();
            onInsert(reply.body);
          }}
          onRemove={isShared && !mayShare ? undefined : remove}
        />
      ))}
      {mayKeep && (
        <div className="ui-actions">
          <Button onClick={() => save(false)}>{words('chat.saved.keepOwn')}</Button>
          {mayShare && <Button onClick={() => save(true)}>{words('chat.saved.keepPractice')}</Button>}
        </div>
      )}
    </div>
  );
}

interface GroupProps {
  title: string;
  replies: readonly ReplyView[];
  onInsert: (reply: ReplyView) => void;
  onRemove: ((reply: ReplyView) => void) | undefined;
}

function Group({ title, replies, onInsert, onRemove }: GroupProps) {
  const words = useWords<ChatWord>();
  const heading = useId();
  if (replies.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <List label={title}>
        {replies.map((reply) => (
          <ListRow
            key={reply.id}
            title={<UserText>{reply.body}</UserText>}
            foot={
              <>
                <Button onClick={() => onInsert(reply)}>{words('chat.saved.insert')}</Button>
                {onRemove && <Button onClick={() => onRemove(reply)}>{words('chat.saved.remove')}</Button>}
              </>
            }
          />
        ))}
      </List>
    </section>
  );
}

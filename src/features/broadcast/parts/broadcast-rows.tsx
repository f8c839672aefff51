import { Button } from '../../../ui/button.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { cancel } from '../mutators.ts';
import type { BroadcastView } from '../queries.ts';
import type { BroadcastWord } from '../words/catalogue.ts';

/** What was written to many, how far each has come, and a way to stop it. */
export function BroadcastRows({ broadcasts }: { broadcasts: readonly BroadcastView[] }) {
  const words = useWords<BroadcastWord>();
  return (
    <section className="ui-stack" aria-labelledby="broadcast-list">
      <h2 id="broadcast-list">{words('broadcast.list')}</h2>
      {broadcasts.length === 0 && <p className="ui-muted">{words('broadcast.list.empty')}</p>}
      {broadcasts.length > 0 && (
        <List label={words('broadcast.list')}>
          {broadcasts.map((one) => (
            <BroadcastRow key={one.id} broadcast={one} />
          ))}
        </List>
      )}
    </section>
  );
}

function BroadcastRow({ broadcast }: { broadcast: BroadcastView }) {
  const words = useWords<BroadcastWord>();
  const format = useFormat();
  const authored = useAuthored();
  const { state, act } = useAct();
  const { id, at, body, progress, cancelledAt } = broadcast;
  const isOver = progress?.status === 'sent' || cancelledAt !== undefined;
  const isSending = progress?.status === 'sending';
  const stop = () => void act({ name: cancel.name, args: { ...authored(), id } });
  const foot = (
    <div className="ui-actions">
      {!isOver && (
        <Button busy={state === 'busy'} onClick={stop}>
          {words(isSending ? 'broadcast.stop' : 'broadcast.undo')}
        </Button>
      )}
    </div>
  );
  return (
    <ListRow title={format.dateTime(at)} foot={foot}>
      <UserText>{body}</UserText>
      {isSending && !isOver && (
        <progress
          className="broadcast-progress"
          max={progress.total}
          value={progress.sent}
          aria-label={words('broadcast.title')}
        />
      )}
      <p>{useStatus(broadcast)}</p>
      {progress?.status === 'sent' && progress.leftOut > 0 && (
        <p className="ui-muted">{words('broadcast.leftOut', { count: progress.leftOut })}</p>
      )}
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words('broadcast.failed')}
        </Notice>
      )}
    </ListRow>
  );
}

function useStatus({ isUnsent, progress, cancelledAt, sendAt, recipients }: BroadcastView): string {
  const words = useWords<BroadcastWord>();
  const format = useFormat();
  const { status, total = recipients.length, sent = 0 } = progress ?? {};
  if (status === 'sent') return words('broadcast.sent', { count: sent });
  if (status === 'cancelled')
    return words(sent === 0 ? 'broadcast.cancelled.none' : 'broadcast.cancelled.some', { sent, total });
  if (cancelledAt !== undefined) return words('broadcast.cancelled.asked');
  if (status === 'sending') return words('broadcast.sending', { sent, total });
  if (isUnsent) return words('broadcast.unsent');
  return words('broadcast.scheduled', { time: format.time(sendAt), count: total });
}

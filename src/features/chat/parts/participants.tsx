import { useLive } from '../../../sync/client/react.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { participantsOf } from '../queries-participants.ts';
import type { ConversationView } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';

/** Who takes part in a conversation that was begun; that no client sees one among staff is said with it. */
export function Participants({ conversation, clientName }: { conversation: ConversationView; clientName: string }) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const { id, kind, client: of, member } = conversation;
  const read = useLive(
    async (reader) => ({ id, ...(await participantsOf(reader, { kind, client: of, member })) }),
    [id, kind, of, member],
  );
  if (read?.id !== id || read.staff === 'standing') return null;
  const staff = read.staff === 'all' ? [words('chat.with.allStaff')] : read.staff;
  const client = read.isSelf ? words('chat.you') : clientName;
  const names = kind === 'staff' ? staff : [client, ...staff];
  return (
    <div className="ui-muted">
      <p>{words('chat.with', { names: format.list(names) })}</p>
      {kind === 'staff' && <p>{words('chat.with.noClient')}</p>}
    </div>
  );
}

import { useLive } from '../../../sync/client/react.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { memberNames, passedOnIn } from '../queries.ts';
import type { Place } from '../queries.ts';
import type { PassedOn } from '../schema-passed-on.ts';
import type { ChatWord } from '../words/catalogue.ts';
import './handed-over.css';

/** What waited for who has left, in the care team's conversation, until they have answered: that it does, and no word of it. */
export function PassedOns({
  place: { id, client, kind },
  answeredAt = '',
  isClients = false,
}: {
  place: Place;
  answeredAt: string | undefined;
  isClients?: boolean | undefined;
}) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const nameOf = useMemberName();
  const all = useLive((reader) => passedOnIn(reader, { id, client, kind }), [id, client, kind]) ?? [];
  if (kind !== 'care-team') return null;
  const open = all.flatMap(({ waiting, ...one }) => (waiting && one.at > answeredAt ? [{ ...one, waiting }] : []));
  const told = (nobody?: true) => (nobody ? 'chat.passedOn.own.nobody' : 'chat.passedOn.own');
  return open.map(({ conversation, member, waiting, nobody }) => (
    <p key={conversation} className="chat-handed">
      {words(isClients ? told(nobody) : 'chat.passedOn.team', {
        name: nameOf(member),
        time: format.dateTime(waiting.since),
      })}
    </p>
  ));
}

/** In a direct conversation: when it ended because its member left, and what the client is told of it; undefined where he is there. */
export function usePassedOn({
  id,
  client,
  kind,
}: Place): { at: string; reason: string; nobody: true | undefined } | undefined {
  const words = useWords<ChatWord>();
  const nameOf = useMemberName();
  const one: PassedOn | undefined = useLive(
    async (reader) => (kind === 'direct' ? (await passedOnIn(reader, { id, client, kind }))[0] : undefined),
    [id, client, kind],
  );
  if (one === undefined) return undefined;
  const told = words(one.nobody ? 'chat.passedOn.direct.nobody' : 'chat.passedOn.direct', { name: nameOf(one.member) });
  // What waits was told to nobody where nobody is left.
  const { at, nobody } = one;
  return { at, nobody, reason: one.waiting && !nobody ? `${told} ${words('chat.passedOn.direct.waits')}` : told };
}

function useMemberName(): (member: string) => string {
  const words = useWords<ChatWord>();
  const names = useLive(memberNames, []);
  return (member) => names?.get(member) ?? words('chat.someone');
}

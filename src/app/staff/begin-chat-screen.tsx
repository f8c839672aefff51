import { useCallback } from 'react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { clientsOfTeam } from '../../features/chat/queries-participants.ts';
import { BeginScreen } from '../../features/chat/screens/begin-screen.tsx';
import { useBirth } from '../../features/client/parts/use-birth.ts';
import { clientsIHave } from '../../features/client/queries.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { useLocale, useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

/** With or about the clients of whose care team one is; among all staff anybody of them begins one. */
export default function BeginChatScreen() {
  const words = useWords<AppWord>();
  const navigate = useNavigate();
  const { client } = useParams({ strict: false });
  const { roles } = useWorkspace().membership;
  const { tags } = useLocale();
  const birth = useBirth();
  const read = useCallback(
    async (reader: Reader) => {
      const mine = await clientsOfTeam(reader);
      return (await clientsIHave(reader, tags)).flatMap(({ id, legalName, preferredName, birthDate }) => {
        const label = `${preferredName ?? legalName}, ${birth(birthDate)}`;
        return mine.has(id) ? [{ client: id, member: reader.memberId, label }] : [];
      });
    },
    [tags, birth],
  );
  return (
    <BeginScreen
      read={read}
      kinds={roles.includes('provider') ? ['direct', 'staff', 'community'] : ['staff', 'community']}
      client={client}
      back={{ href: '/chat', label: words('app.chat') }}
      onBegun={(id) => void navigate({ href: `/chat/with/${id}`, replace: true })}
    />
  );
}

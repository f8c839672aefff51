import { useNavigate } from '@tanstack/react-router';
import { beginnableWith } from '../../features/chat/queries-participants.ts';
import { BeginScreen } from '../../features/chat/screens/begin-screen.tsx';
import type { Beginnable } from '../../features/chat/screens/begin-screen.tsx';
import type { Reader } from '../../sync/client/reader.ts';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

const whom = async (reader: Reader): Promise<Beginnable[]> =>
  (await beginnableWith(reader)).map(({ name, ...one }) => ({ ...one, label: name }));

/** With somebody of her care team, where the practice lets clients begin. */
export default function BeginOwnChatScreen() {
  const words = useWords<AppWord>();
  const navigate = useNavigate();
  return (
    <BeginScreen
      read={whom}
      kinds={['direct']}
      back={{ href: '/chat', label: words('app.chat') }}
      onBegun={(id) => void navigate({ href: `/chat/${id}`, replace: true })}
    />
  );
}

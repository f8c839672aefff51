import { ChatSettingScreen } from '../../features/chat/screens/setting-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

export default function PracticeChatScreen() {
  const words = useWords<AppWord>();
  return <ChatSettingScreen back={{ href: '/chat', label: words('app.chat') }} />;
}

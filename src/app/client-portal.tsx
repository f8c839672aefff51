// What a client, or who is to become one, finds here.

import { useState } from 'react';
import type { Workspace } from '../sync/client/workspace.ts';
import { Portal } from './portal.tsx';
import { loadMend, MORE, NOT_SENT, withChatWords, withKindWords, withRareWords } from './urls.tsx';
import type { Places } from './urls.tsx';

const CHAT = {
  '/chat': withChatWords(() => import('./client/chat-screen.tsx')),
  '/chat/$kind/{-$message}': withChatWords(() => import('./client/conversation-screen.tsx')),
};

/** Who is no client yet has the front desk. */
const CHAT_OF_CLIENT = { ...CHAT, '/chat/new': withChatWords(() => import('./client/begin-chat-screen.tsx')) };

const CLIENT_SCREENS = {
  '/today': () => import('./client/today-screen.tsx'),
  '/journal': withKindWords(withRareWords(() => import('./client/journal-screen.tsx'))),
  '/journal/print': withKindWords(withRareWords(() => import('./client/print-screen.tsx'))),
  '/journal/$entry': withKindWords(() => import('./client/entry-screen.tsx')),
  ...CHAT_OF_CLIENT,
  '/plan': withRareWords(() => import('./client/plan-screen.tsx')),
  '/private': withRareWords(() => import('./private/private-screen.tsx')),
  '/more': MORE,
  '/not-sent': NOT_SENT,
  '/not-sent/$mid': withKindWords(withRareWords(loadMend)),
};

const PROSPECT_SCREENS = {
  '/today': () => import('./client/welcome-screen.tsx'),
  ...CHAT,
  '/more': MORE,
  '/not-sent': NOT_SENT,
};

function placesOf({ membership }: Workspace): Places {
  return { screens: membership.roles.includes('client') ? CLIENT_SCREENS : PROSPECT_SCREENS, home: '/today' };
}

export default function ClientPortal({ workspace }: { workspace: Workspace }) {
  const [places] = useState(() => placesOf(workspace));
  return <Portal {...{ workspace, places }} />;
}

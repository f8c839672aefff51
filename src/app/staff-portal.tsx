// What the people of a practice find here. No client's first screen fetches it.

import { useState } from 'react';
import type { Workspace } from '../sync/client/workspace.ts';
import { isManagerHere } from './portal-kind.ts';
import { Portal } from './portal.tsx';
import { loadMend, MORE, NOT_SENT, withChatWords, withKindWords, withRareWords, withStaffWords } from './urls.tsx';
import type { Places } from './urls.tsx';

const CONVERSATION = () => import('./staff/conversation-screen.tsx');

const STAFF_SCREENS = {
  '/inbox': withChatWords(withKindWords(withStaffWords(() => import('./staff/inbox-screen.tsx')))),
  '/clients': withStaffWords(() => import('./staff/clients-screen.tsx')),
  '/clients/new': withStaffWords(() => import('./staff/new-client-screen.tsx')),
  '/clients/import': withStaffWords(() => import('./staff/import-clients-screen.tsx')),
  '/clients/together/$what': withStaffWords(() => import('./staff/together-screen.tsx')),
  '/clients/print': withStaffWords(() => import('./staff/day-list-screen.tsx')),
  '/clients/$client/primary': withStaffWords(() => import('./staff/primary-screen.tsx')),
  '/clients/$client/invite': withStaffWords(() => import('./staff/invite-screen.tsx')),
  '/clients/$client/status': withChatWords(withStaffWords(() => import('./staff/client-status-screen.tsx'))),
  '/clients/$client/details': withStaffWords(() => import('./staff/change-client-screen.tsx')),
  '/clients/$client': withChatWords(
    withKindWords(withRareWords(withStaffWords(() => import('./staff/chart-screen.tsx')))),
  ),
  '/clients/$client/print': withKindWords(
    withRareWords(withStaffWords(() => import('./staff/chart-print-screen.tsx'))),
  ),
  '/chat': withChatWords(withStaffWords(() => import('./staff/chat-screen.tsx'))),
  '/chat/new/{-$client}': withChatWords(withStaffWords(() => import('./staff/begin-chat-screen.tsx'))),
  '/chat/with/$conversation/{-$message}': withChatWords(withStaffWords(CONVERSATION)),
  '/chat/$client/$kind/{-$message}': withChatWords(withStaffWords(CONVERSATION)),
  '/clients/$client/contacts': withStaffWords(() => import('./staff/contacts-screen.tsx')),
  '/clients/$client/summary': withStaffWords(() => import('./staff/summary-screen.tsx')),
  '/clients/$client/plan': withRareWords(withStaffWords(() => import('./staff/plan-screen.tsx'))),
  '/clients/$client/journal/$entry': withKindWords(withStaffWords(() => import('./staff/chart-entry-screen.tsx'))),
  '/messages/$what': () => import('./automatic/late.tsx'),
  '/more': MORE,
  '/not-sent': NOT_SENT,
  '/not-sent/$mid': withKindWords(withRareWords(withStaffWords(loadMend))),
};

/** What owner and admins decide for the practice. */
const MANAGERS_SCREENS = {
  '/admin/journal': withKindWords(() => import('./staff/journal-kinds-screen.tsx')),
  '/admin/hours': withStaffWords(() => import('./staff/office-hours-screen.tsx')),
  '/admin/chat': withChatWords(withStaffWords(() => import('./staff/chat-setting-screen.tsx'))),
  '/admin/mail': () => import('./notices/late-mail.tsx'),
};

function placesOf(workspace: Workspace): Places {
  const screens = isManagerHere(workspace) ? { ...STAFF_SCREENS, ...MANAGERS_SCREENS } : STAFF_SCREENS;
  return { screens, home: workspace.membership.roles.includes('provider') ? '/inbox' : '/clients' };
}

export default function StaffPortal({ workspace }: { workspace: Workspace }) {
  const [places] = useState(() => placesOf(workspace));
  return <Portal {...{ workspace, places }} />;
}

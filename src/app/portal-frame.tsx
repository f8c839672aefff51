// The frame around every screen of an open membership: header with the sync line and crisis help, the way around, notices
// that concern the whole app.

import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { practiceHere } from '../features/practice/queries.ts';
import type { Practice } from '../features/practice/schema.ts';
import { clientOfSpace } from '../features/space-names.ts';
import { useLive, useStoreGone, useSyncStatus, useWorkspace } from '../sync/client/react.ts';
import type { SyncStatus } from '../sync/client/status.ts';
import { AppHeader } from '../ui/app-header.tsx';
import { BottomBar } from '../ui/bottom-bar.tsx';
import { IconButton } from '../ui/button.tsx';
import type { NavItem } from '../ui/navigation.ts';
import { focusMain } from '../ui/page.tsx';
import { Shell } from '../ui/shell.tsx';
import { SideBar } from '../ui/side-bar.tsx';
import { SyncLine } from '../ui/sync-line.tsx';
import type { LineState } from '../ui/sync-line.tsx';
import { useWords } from '../ui/words.ts';
import { AppNotices } from './app-notices.tsx';
import { Crisis } from './crisis.tsx';
import { isManagerHere, portalOf } from './portal-kind.ts';
import { keepForLockScreen, lock } from './session.ts';
import type { AppWord } from './words/catalogue.ts';

const LINE: Readonly<Record<SyncStatus['line'], LineState>> = {
  'up-to-date': 'current',
  sending: 'sending',
  fetching: 'connecting',
  connecting: 'connecting',
  offline: 'offline',
  'sign-in': 'signIn',
  held: 'sending',
  ended: 'offline',
  'update-needed': 'offline',
  full: 'full',
  trouble: 'offline',
};

export function PortalFrame() {
  const words = useWords<AppWord>();
  const workspace = useWorkspace();
  const portal = portalOf(workspace);
  const { line, unsent, refused } = useSyncStatus();
  const gone = useStoreGone(workspace.membership.id);
  const practice = useLive(practiceHere, []);
  useLockScreenWords(practice);
  useFocusOnArrival();
  const items = useItems(useWhenOpen());
  const header = (
    <AppHeader
      home={{ href: '/', label: practice?.name ?? words('app.name') }}
      status={!gone && <SyncLine state={LINE[line]} notSent={{ count: unsent + refused, href: '/not-sent' }} />}
      actions={<IconButton label={words('app.lock')} icon="lock" onClick={lock} />}
      crisis={<Crisis own={practice?.crisis} plan={workspace.membership.roles.includes('client')} />}
    />
  );
  const navigation = portal === 'staff' ? <SideBar items={items} /> : <BottomBar items={items} />;
  return (
    <Shell portal={portal} header={header} navigation={navigation}>
      <AppNotices />
      <Outlet />
    </Shell>
  );
}

/** Begins what an open app does about notices; gives how many messages have not been read. */
function useWhenOpen(): number {
  const workspace = useWorkspace();
  const [unread, setUnread] = useState(0);
  useEffect(() => {
    // Nobody waits for it: what cannot be fetched comes with the next start.
    const begun = import('./notices/when-open.ts').then(
      ({ whenOpen }) => whenOpen(workspace, setUnread),
      () => undefined,
    );
    return () => void begun.then((end) => end?.());
  }, [workspace]);
  return unread;
}

/** Who reads with a screen reader begins at the new screen; the first one is where the browser puts everybody. */
function useFocusOnArrival(): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== undefined && last.current !== path) focusMain();
    last.current = path;
  }, [path]);
}

/** Keeps for the lock screen what it may use: help in a crisis, and for which client a quick entry is written. */
function useLockScreenWords(practice: Practice | null | undefined): void {
  const workspace = useWorkspace();
  const client = useLive(
    async (reader) => {
      if (!workspace.membership.roles.includes('client')) return undefined;
      return (await reader.spaces()).flatMap((space) => clientOfSpace(space) ?? [])[0];
    },
    [workspace],
  );
  useEffect(() => {
    if (!practice) return;
    void keepForLockScreen({ crisis: practice.crisis, ...(client !== undefined && { client }) });
  }, [practice, client]);
}

function useItems(unread: number): NavItem[] {
  const words = useWords<AppWord>();
  const { membership } = useWorkspace();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const item = (href: string, icon: NavItem['icon'], word: AppWord): NavItem => ({
    href,
    icon,
    label: words(word),
    current: path === href || path.startsWith(`${href}/`),
  });
  const chat = { ...item('/chat', 'chat', 'app.chat'), count: unread };
  if (portalOf({ membership }) === 'staff') {
    return [
      item('/inbox', 'inbox', 'app.inbox'),
      chat,
      item('/clients', 'clients', 'app.clients'),
      ...(isManagerHere({ membership }) ? [item('/admin/journal', 'journal', 'app.journalForms')] : []),
      item('/more', 'settings', 'app.settings'),
    ];
  }
  return [
    item('/today', 'today', 'app.today'),
    ...(membership.roles.includes('client') ? [item('/journal', 'journal', 'app.journal')] : []),
    chat,
    item('/more', 'more', 'app.more'),
  ];
}

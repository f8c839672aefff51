// Who is here decides what is shown: nobody, a locked membership, an open one.

import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { Workspace } from '../sync/client/workspace.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { WordsProvider } from '../ui/words.ts';
import { LockScreen } from './account/lock-screen.tsx';
import { SignInScreen } from './account/sign-in-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { showKindWords, showStaffWords } from './language.ts';
import { rare } from './rare/rare.ts';
import { portalOf } from './portal-kind.ts';
import { currentSession, subscribeSession } from './session.ts';
import type { Session } from './session.ts';

const loadPortal = { client: () => import('./client-portal.tsx'), staff: () => import('./staff-portal.tsx') };
const portals = { client: lazy(loadPortal.client), staff: lazy(loadPortal.staff) };
const ChooseScreen = rare(() => import('./account/choose-screen.tsx'));
const JoinScreen = rare(() => import('./account/join-screen.tsx'));
const NoStoreScreen = rare(() => import('./account/no-store-screen.tsx'));
const SetupScreen = rare(() => import('./account/setup-screen.tsx'));
const StoreLostScreen = rare(() => import('./storage/store-lost-screen.tsx'));

/** Fetches what comes after the lock or the sign-in while somebody types. Without a network it comes when it is asked for. */
export async function fetchAhead(): Promise<void> {
  const session = currentSession();
  const isStaff =
    session.kind === 'locked' && session.memberships.every((membership) => portalOf({ membership }) === 'staff');
  const home = isStaff ? loadInbox() : [import('./client/today-screen.tsx')];
  await Promise.allSettled([loadPortal[isStaff ? 'staff' : 'client'](), ...home]);
}

/** The inbox with its words, and what the staff's devices declare. */
function loadInbox(): Promise<unknown>[] {
  return [import('./staff/inbox-screen.tsx'), import('../features/shared.ts'), showStaffWords(), showKindWords()];
}

export function Root() {
  const session = useSyncExternalStore(subscribeSession, currentSession);
  return (
    <WordsProvider>
      <ErrorBoundary>
        <ToastProvider>
          <Suspense fallback={<Skeleton />}>
            <Front session={session} />
          </Suspense>
        </ToastProvider>
      </ErrorBoundary>
    </WordsProvider>
  );
}

/** Two addresses are for who has a link and perhaps no sign-in. */
function Front({ session }: { session: Session }) {
  if (location.pathname === '/setup') return <SetupScreen />;
  return location.pathname === '/join' ? <JoinScreen /> : <Here session={session} />;
}

function Here({ session }: { session: Session }) {
  switch (session.kind) {
    case 'starting':
      return <Skeleton />;
    case 'no-store':
      return <NoStoreScreen />;
    case 'lost':
      return <StoreLostScreen stores={session.stores} others={session.others} />;
    case 'signed-out':
      return <SignInScreen />;
    case 'choose':
      return <ChooseScreen me={session.me} choose={session.choose} />;
    case 'locked':
      return <LockScreen memberships={session.memberships} />;
    case 'open':
      return <Open workspace={session.workspace} />;
  }
}

function Open({ workspace }: { workspace: Workspace }) {
  const Portal = portals[portalOf(workspace)];
  return <Portal workspace={workspace} />;
}

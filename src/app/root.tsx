// Who is here decides what is shown: nobody, a locked membership, an open one.

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { WordsProvider } from '../ui/words.ts';
import { ChooseScreen } from './account/choose-screen.tsx';
import { LockScreen } from './account/lock-screen.tsx';
import { SignInScreen } from './account/sign-in-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { currentSession, subscribeSession } from './session.ts';
import type { Session } from './session.ts';

const Portal = lazy(() => import('./portal.tsx'));
const SetupScreen = lazy(() => import('./account/setup-screen.tsx'));

export function Root() {
  const session = useSyncExternalStore(subscribeSession, currentSession);
  return (
    <WordsProvider>
      <ErrorBoundary>
        <ToastProvider>
          <Suspense fallback={<Skeleton />}>
            {location.pathname === '/setup' ? <SetupScreen /> : <Here session={session} />}
          </Suspense>
        </ToastProvider>
      </ErrorBoundary>
    </WordsProvider>
  );
}

function Here({ session }: { session: Session }) {
  switch (session.kind) {
    case 'starting':
      return <Skeleton />;
    case 'signed-out':
      return <SignInScreen />;
    case 'choose':
      return <ChooseScreen me={session.me} choose={session.choose} />;
    case 'locked':
      return <LockScreen memberships={session.memberships} />;
    case 'open':
      return <Portal workspace={session.workspace} />;
  }
}

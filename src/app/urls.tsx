// Every address and its screen. Each screen is a chunk of its own, and all chunks are precached, so that every address
// opens offline. Which addresses there are depends on the portal; anything else is "not here".

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link, redirect } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import type { Workspace } from '../sync/client/workspace.ts';
import type { LinkProps } from '../ui/link.tsx';
import { afterSignIn } from './deep-link.ts';
import { Failed } from './error-boundary.tsx';
import { showChatWords, showKindWords, showRareWords, showStaffWords } from './language.ts';
import { MissingScreen } from './missing-screen.tsx';
import { PortalFrame } from './portal-frame.tsx';
import { isManagerHere, portalOf } from './portal-kind.ts';

const MORE = withRareWords(() => import('./settings-screen.tsx'));
const NOT_SENT = withRareWords(() => import('./not-sent-screen.tsx'));
const loadMend = () => import('./mend-screen.tsx');

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

type Load = () => Promise<{ default: React.ComponentType }>;
type Screens = Readonly<Record<string, Load>>;

/** A screen with words that not every screen says; both are fetched at once. */
function withWords(load: Load, show: () => Promise<void>): Load {
  return async () => (await Promise.all([load(), show()]))[0];
}

function withStaffWords(load: Load): Load {
  return withWords(load, showStaffWords);
}

function withRareWords(load: Load): Load {
  return withWords(load, showRareWords);
}

function withChatWords(load: Load): Load {
  return withWords(load, showChatWords);
}

function withKindWords(load: Load): Load {
  return withWords(load, showKindWords);
}

/** The screens of this membership, and where it begins. */
function placesOf(workspace: Workspace): { screens: Screens; home: string } {
  const { roles } = workspace.membership;
  if (portalOf(workspace) === 'staff') {
    const screens = isManagerHere(workspace) ? { ...STAFF_SCREENS, ...MANAGERS_SCREENS } : STAFF_SCREENS;
    return { screens, home: roles.includes('provider') ? '/inbox' : '/clients' };
  }
  return { screens: roles.includes('client') ? CLIENT_SCREENS : PROSPECT_SCREENS, home: '/today' };
}

export function createAppRouter(workspace: Workspace) {
  const { screens, home } = placesOf(workspace);
  const root = createRootRoute({ component: PortalFrame, notFoundComponent: MissingScreen, errorComponent: Failed });
  const toHome = (path: string) =>
    createRoute({
      getParentRoute: () => root,
      path,
      beforeLoad: () => {
        throw redirect({ href: path === '/sign-in' ? afterSignIn(home) : home, replace: true });
      },
    });
  const routes: AnyRoute[] = Object.entries(screens).map(([path, load]) =>
    createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) }),
  );
  return createRouter({
    routeTree: root.addChildren([toHome('/'), toHome('/sign-in'), ...routes]),
    scrollRestoration: true,
  });
}

/** The design system's links, as the router's. */
export function AppLink({ href, ...props }: LinkProps) {
  return <Link to={href} {...props} />;
}

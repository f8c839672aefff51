// The way around. Each address has a screen, which is a chunk of its own, and all chunks are precached, so that every address opens
// offline. Which addresses there are depends on the portal, which says them (`client-portal.tsx`, `staff-portal.tsx`); anything else is
// "not here".

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link, redirect } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import type { LinkProps } from '../ui/link.tsx';
import { afterSignIn } from './deep-link.ts';
import { Failed } from './error-boundary.tsx';
import { showChatWords, showKindWords, showRareWords, showStaffWords } from './language.ts';
import { MissingScreen } from './missing-screen.tsx';
import { PortalFrame } from './portal-frame.tsx';

type Load = () => Promise<{ default: React.ComponentType }>;
/** The screens of a membership, and where it begins. */
export interface Places {
  readonly screens: Readonly<Record<string, Load>>;
  readonly home: string;
}

/** A screen with words that not every screen says; both are fetched at once. */
function withWords(load: Load, show: () => Promise<void>): Load {
  return async () => (await Promise.all([load(), show()]))[0];
}

export function withStaffWords(load: Load): Load {
  return withWords(load, showStaffWords);
}

export function withRareWords(load: Load): Load {
  return withWords(load, showRareWords);
}

export function withChatWords(load: Load): Load {
  return withWords(load, showChatWords);
}

export function withKindWords(load: Load): Load {
  return withWords(load, showKindWords);
}

/** What both kinds of people have. */
export const MORE = withRareWords(() => import('./settings-screen.tsx'));
export const NOT_SENT = withRareWords(() => import('./not-sent-screen.tsx'));
export const loadMend: Load = () => import('./mend-screen.tsx');

export function createAppRouter({ screens, home }: Places) {
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

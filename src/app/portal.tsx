// An open membership: its live data for all screens, the way around for its kind of person, and what guards it (idle lock,
// words for the lock screen).

import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { WorkspaceContext } from '../sync/client/react.ts';
import { startIdleLock } from '../sync/client/vault/idle.ts';
import type { Workspace } from '../sync/client/workspace.ts';
import type { Portal as PortalKind } from '../ui/shell.tsx';
import { LinkProvider } from '../ui/link.tsx';
import { portalOf } from './portal-kind.ts';
import { lock } from './session.ts';
import { AppLink, createAppRouter } from './urls.tsx';
import type { Places } from './urls.tsx';

const MINUTE_MS = 60_000;
/** security.md part 4, automatic logoff: staff 10 minutes, or 2 out of sight; clients 15. */
const IDLE = {
  staff: { idleMs: 10 * MINUTE_MS, hiddenMs: 2 * MINUTE_MS },
  client: { idleMs: 15 * MINUTE_MS, hiddenMs: null },
} as const satisfies Record<PortalKind, object>;

export function Portal({ workspace, places }: { workspace: Workspace; places: Places }) {
  const [router] = useState(() => createAppRouter(places));
  useEffect(() => startIdleLock({ ...IDLE[portalOf(workspace)], onLock: lock, clock: Date }), [workspace]);
  return (
    <WorkspaceContext value={workspace}>
      <LinkProvider component={AppLink}>
        <RouterProvider router={router} />
      </LinkProvider>
    </WorkspaceContext>
  );
}

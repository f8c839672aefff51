import type { Workspace } from '../sync/client/workspace.ts';
import type { Portal } from '../ui/shell.tsx';

/** Which of the two portals a membership opens. */
export function portalOf({ membership }: Pick<Workspace, 'membership'>): Portal {
  return membership.roles.some((role) => role === 'client' || role === 'prospect') ? 'client' : 'staff';
}

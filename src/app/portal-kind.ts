import type { DeviceMembership } from '../sync/client/registry.ts';
import type { Portal } from '../ui/shell.tsx';

/** Which of the two portals a membership opens. */
export function portalOf({ membership }: { membership: Pick<DeviceMembership, 'roles'> }): Portal {
  return membership.roles.some((role) => role === 'client' || role === 'prospect') ? 'client' : 'staff';
}

/** Whether what the practice decides for everybody is this membership's to decide. */
export function isManagerHere({ membership }: { membership: Pick<DeviceMembership, 'roles'> }): boolean {
  return membership.roles.some((role) => role === 'owner' || role === 'admin');
}

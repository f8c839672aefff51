import type { Policy } from '../../sync/core/policy.ts';
import { isCareTeam } from '../spaces.ts';

/** practice.md 4: the care team's alone to set and to lift. Office, client and other providers never get the row. */
export const protectionPolicy: Policy = { read: isCareTeam, create: isCareTeam, update: isCareTeam };

/** Written by setting and lifting only. */
export const protectionFactPolicy: Policy = { read: isCareTeam };

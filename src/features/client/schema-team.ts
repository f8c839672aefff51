// Who cares for a client.

import { namedId } from '../../base/named-id.ts';

/** The row of a member's lasting place on a care team: of two who give it to him there is one. */
export const placeIdOf = (client: string, member: string): string => namedId(`care team ${client} ${member}`);

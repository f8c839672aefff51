// What a run gives its parts: the names of environment variables.

/** The folder of the programs that were bundled for this run (`bundled-servers.ts`). */
export const BUNDLED_SERVERS = 'BUNDLED_SERVERS';
/** How much of its seconds each campaign's share has, as a number up to 1. */
export const SHARE_OF_TIME = 'SHARE_OF_TIME';

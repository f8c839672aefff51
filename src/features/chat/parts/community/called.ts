import { createContext } from 'react';

/** How those are called, by their sign-in, who take part in the community that is shown; undefined in any other conversation. */
export const Called = createContext<((user: string) => string | undefined) | undefined>(undefined);

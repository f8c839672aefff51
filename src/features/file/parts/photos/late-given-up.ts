import { createContext } from 'react';
import type { Reader } from '../../../../sync/client/reader.ts';

/** Who has discarded a file before it was sent; null where nobody has. Each noun knows of the files that it names. */
export type GivenUpBy = (reader: Reader, file: string) => Promise<string | null>;

export const GivenUp = createContext<GivenUpBy | null>(null);

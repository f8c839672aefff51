// Whether a file will ever come. Apart: a first screen has it.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { JournalGivenUp } from './schema.ts';

/** Who has discarded a file before it was sent; null where nobody has. */
export async function givenUpBy(reader: Reader, file: string): Promise<string | null> {
  const rows = (await reader.byRef('journalGivenUp', [file])) as Row<JournalGivenUp>[];
  return rows[0]?.by ?? null;
}

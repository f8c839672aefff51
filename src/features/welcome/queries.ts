import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { WELCOME, WELCOME_DEFAULT, WELCOME_ID } from './schema.ts';
import type { Welcome } from './schema.ts';

/** The welcome as it stands. */
export async function welcomeHere(reader: Reader): Promise<Welcome> {
  const row = (await reader.get(WELCOME, WELCOME_ID)) as Row<Welcome> | undefined;
  return row?.fields ?? WELCOME_DEFAULT;
}

// The end of a command: what an operator can mend is told in words and exits 1, a bug throws.

import { StartError } from '../start-error.ts';
import { EmbeddedPostgresError } from '../store/embedded-error.ts';

/** Runs a command to its end and exits 1 where an operator can mend what stopped it. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof StartError || error instanceof EmbeddedPostgresError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

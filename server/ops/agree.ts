// Asks an operator before something is lost for good. Where nobody sits at a terminal, `--yes` must have been said.

import { createInterface } from 'node:readline/promises';
import { StartError } from '../start-error.ts';

/** True when the asked-for word was typed, or `--yes` said. `loss` says what would be lost, as the end of a sentence. */
export async function agreed({
  loss,
  word,
  command,
}: {
  loss: string;
  word: string;
  command: string;
}): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) throw new StartError(`This deletes ${loss}: say ${command} --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete ${loss}? Type "${word}": `);
  terminal.close();
  return answer.trim() === word;
}

// The search of a journal as a screen of it uses it: the shelf in its worker, filled from the device's own store, and asked.

import { entriesById } from '../../src/features/journal/history-queries.ts';
import { shelfOf } from '../../src/features/journal/parts/history/open-shelf.ts';
import { NOTHING_ASKED } from '../../src/features/journal/parts/history/question.ts';
import { desk } from './page-engine.ts';
import { watched } from './page-watch.ts';

const LIST = 30;

/** Fills it with all that is on the device; `total` entries, and how long the thread was blocked. */
async function fillShelf(client: string) {
  const { reader } = await desk();
  const shelf = shelfOf(reader, client, null);
  const { ms, blocks } = await watched(() => shelf.catchUp());
  return { ms, blocks, total: shelf.state().total };
}

/** Asks for each of these; milliseconds until it was counted, and until the first page of it was read. */
async function askShelf({ client, words }: { client: string; words: readonly string[] }) {
  const { reader } = await desk();
  const shelf = shelfOf(reader, client, null);
  const rows = await reader.inDepth();
  const answers: { count: number; counted: number; read: number }[] = [];
  for (const typed of words) {
    const startedAt = performance.now();
    const { count, ids } = await shelf.find({ ...NOTHING_ASKED, words: typed }, LIST);
    const counted = performance.now() - startedAt;
    await entriesById(reader, rows, ids);
    answers.push({ count, counted, read: performance.now() - startedAt });
  }
  return answers;
}

export const historyDevice = { fillShelf, askShelf };

// What is written and read in the measurements: journal entries of about 150 letters, made of the samples' words in an order
// drawn from a seed, so that they do not compress better than what people write, and every run has the same ones.

import type { JsonObject } from '../../src/base/json.ts';
import { newId } from '../../src/base/ids.ts';
import { journalSamples } from '../../src/features/journal/samples.ts';

const WORDS_EACH = 30;
const MINUTE_MS = 60_000;
const ZONE = 'America/New_York';

const WORDS = wordsIn(
  journalSamples({ client: '', by: '', reviewer: 'r', idOf: (name) => name, until: new Date(0) }).flatMap(
    ({ args }) => {
      const { content, body } = args;
      return [typeof content === 'object' ? content.text : content, body].filter((text) => typeof text === 'string');
    },
  ),
);

/** The words of the `i`-th entry. */
export function wordsOf(i: number): string {
  let seed = (i + 1) * 2_654_435_761;
  const drawn = Array.from({ length: WORDS_EACH }, () => {
    seed = (Math.imul(seed ^ (seed >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return WORDS[seed % WORDS.length];
  });
  return drawn.join(' ');
}

/** The fields of the `i`-th entry of a client, the higher the later. */
export function entryFields(client: string, i: number): JsonObject {
  const at = new Date(Date.UTC(2020, 0, 1) + i * 30 * MINUTE_MS).toISOString();
  return { client, kind: 'reflection', at, zone: ZONE, content: { text: wordsOf(i) } };
}

/** Arguments of `journal.addEntry`, written now. */
export function entryArgs({ client, by }: { client: string; by: string }, i: number): JsonObject & { id: string } {
  return { ...entryFields(client, i), at: new Date().toISOString(), by, id: newId() };
}

function wordsIn(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.split(/\s+/)))];
}

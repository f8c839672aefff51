// The engine knows no noun: none of the features' folder names may be spoken under `src/sync/`, in code or in comments.

import type { SourceFile } from './source.ts';

/** Every line of the files that says one of the nouns, whole or as a part of a name (`journalEntry`, `care-plan`). */
export function nounFaults(files: readonly SourceFile[], nouns: readonly string[]): string[] {
  const spoken = nouns.map((noun) => [noun, ` ${noun.replaceAll('-', ' ')} `] as const);
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => {
      const words = ` ${wordsOf(line)} `;
      const found = spoken.filter(([, phrase]) => words.includes(phrase));
      return found.map(([noun]) => `${path}:${i + 1} speaks of "${noun}"`);
    }),
  );
}

function wordsOf(line: string): string {
  return line
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

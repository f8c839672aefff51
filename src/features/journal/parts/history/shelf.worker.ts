// The shelf off the page's thread. It keeps nothing anywhere but in its memory, which goes when the page is loaded anew, as at every
// lock, or when the page ends it.

import { createShelf } from './shelf.ts';
import type { Answer, Leaf, Question } from './shelf.ts';

export type ToShelf =
  | { readonly do: 'put'; readonly leaves: readonly Leaf[] }
  | { readonly do: 'remove'; readonly ids: readonly string[] }
  | { readonly do: 'clear' }
  | { readonly do: 'find'; readonly ask: number; readonly question: Question; readonly limit: number };

export type FromShelf = { readonly ask: number } & Answer;

const shelf = createShelf();

self.addEventListener('message', ({ data }: MessageEvent<ToShelf>) => {
  if (data.do === 'put') shelf.put(data.leaves);
  else if (data.do === 'remove') shelf.remove(data.ids);
  else if (data.do === 'clear') shelf.clear();
  else self.postMessage({ ask: data.ask, ...shelf.find(data.question, data.limit) } satisfies FromShelf);
});

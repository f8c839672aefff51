// What is handed over: a client's message with what went before it, so that who reads it there knows what it answers.

import type { ChatItem } from './doc-fold.ts';
import { QUOTES_MOST } from './schema-head.ts';
import type { Quoted } from './schema-head.ts';

const BEFORE = 2;

/** The first message that waits (of `open`), or else the client's newest, with its trail; undefined where the client said nothing. */
export function trailOf(
  items: readonly ChatItem[],
  { open, isStaff }: { open: readonly string[]; isStaff: (by: string) => boolean },
): { readonly message: string; readonly quotes: readonly Quoted[] } | undefined {
  const said = items.filter(({ retractedAt }) => retractedAt === undefined);
  const first = said.findIndex(({ ids }) => ids.some((one) => open.includes(one)));
  const at = first >= 0 ? first : said.findLastIndex(({ by }) => !isStaff(by));
  const message = said[at];
  if (message === undefined) return undefined;
  const trail = said.slice(Math.max(0, at - BEFORE)).slice(0, QUOTES_MOST);
  return { message: message.id, quotes: trail.map(({ by, at: written, body }) => ({ by, at: written, body })) };
}

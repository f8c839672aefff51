// What is handed over: a client's message with what went before it, so that who reads it there knows what it answers; and how much of
// what waits is dealt with by that.

import type { ChatItem } from './doc-fold.ts';
import type { Duty } from './schema-duty.ts';
import { QUOTES_MOST } from './schema-head.ts';
import type { Quoted } from './schema-head.ts';

const BEFORE = 2;

export interface Trail {
  readonly message: string;
  readonly quotes: readonly Quoted[];
  /** What waits is dealt with as far as this; undefined where it goes on waiting. */
  readonly through: string | undefined;
  /** So many that wait do not go over. */
  readonly left: number;
}

interface Asked {
  readonly duty: Pick<Duty, 'open' | 'cameAt'> | undefined;
  readonly isStaff: (by: string) => boolean;
}

/** The first message that waits, or else the client's newest, with its trail; undefined where the client said nothing. */
export function trailOf(items: readonly ChatItem[], { duty, isStaff }: Asked): Trail | undefined {
  const said = items.filter(({ retractedAt }) => retractedAt === undefined);
  const first = said.findIndex(({ ids }) => ids.some((one) => duty?.open.includes(one)));
  const at = first >= 0 ? first : said.findLastIndex(({ by, automatic }) => automatic === undefined && !isStaff(by));
  const message = said[at];
  if (message === undefined) return undefined;
  const trail = said.slice(Math.max(0, at - BEFORE)).slice(0, QUOTES_MOST);
  // Of what was taken back there is nothing to hand over.
  const gone = items.filter(({ retractedAt }) => retractedAt !== undefined);
  const over = new Set([...trail, ...gone].flatMap(({ ids }) => ids));
  return { message: message.id, quotes: trail.map(quotedOf), ...settledBy(duty, over) };
}

function quotedOf({ by, at, body, media }: ChatItem): Quoted {
  return { by, at, body, ...(media.length > 0 && { media: media.length }) };
}

/** Dealt with is what went over before the first that did not. Two may have come in one moment: neither is, then. */
function settledBy(duty: Asked['duty'], over: ReadonlySet<string>): Pick<Trail, 'through' | 'left'> {
  const { open = [], cameAt = [] } = duty ?? {};
  const stays = open.findIndex((id) => !over.has(id));
  const done = stays < 0 ? cameAt : cameAt.slice(0, stays).filter((at) => at < (cameAt[stays] ?? ''));
  return { through: done.at(-1), left: open.filter((id) => !over.has(id)).length };
}

// What a message may weigh and what may be thought of it: for who writes or shows one, and for the server. Not for a first screen.

import type { ChatMessage } from './doc-names.ts';
/** Who signs what the practice says by itself: no person's sign-in, so that nobody can. */
export const AUTOMATIC = 'automatic';

export const MESSAGE_MAX = 4000;
export const MESSAGE_BYTES = 8192;

/** Named, so that nobody has to guess what a face means. */
export const CHAT_REACTIONS = ['thank-you', 'with-you', 'well-done', 'understood'] as const;
export type ChatReaction = (typeof CHAT_REACTIONS)[number];

/**
 * What one has seen of a segment. `seen` names each message by the end of its id: which came late into the middle, no count and no
 * place would tell. Without it only the message `id` is meant.
 */
export type ReadMark = { readonly id: string; readonly at: string; readonly seen?: string };
export const SEEN_CHARS = 6;

/** Words, or what was photographed or spoken instead. */
export function saysSomething({ body, media = [] }: Pick<ChatMessage, 'body' | 'media'>): boolean {
  return body.trim() !== '' || media.length > 0;
}

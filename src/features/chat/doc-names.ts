// What a conversation's document is made of, by name. A device needs no more of it: what may be in one is for the server to judge.

export const CHAT = 'chat';
export const MESSAGES = 'messages';
export const SEGMENT_ITEMS = 100;
export const MESSAGE_MAX = 4000;
export const MESSAGE_BYTES = 8192;

/** The least form, and what a message may say beside it. `corrects` is an earlier one of the same author's, said better. */
export type ChatMessage = {
  readonly id: string;
  /** Who it is signed by. */
  readonly by: string;
  readonly at: string;
  readonly body: string;
  readonly replyTo?: string;
  readonly corrects?: string;
};

/** Named, so that nobody has to guess what a face means. */
export const CHAT_REACTIONS = ['thank-you', 'with-you', 'well-done', 'understood'] as const;
export type ChatReaction = (typeof CHAT_REACTIONS)[number];

/** What each says for himself lies under these keys of his own root. */
export const READ = 'read';
export const reactKey = (message: string) => `react:${message}`;
export const retractKey = (message: string) => `retract:${message}`;

/**
 * What one has seen of a segment. `seen` names each message by the end of its id: which came late into the middle, no count and no
 * place would tell. Without it only the message `id` is meant.
 */
export type ReadMark = { readonly id: string; readonly at: string; readonly seen?: string };
export const SEEN_CHARS = 6;
export const seenName = (message: string): string => message.slice(-SEEN_CHARS);

/** Whether a message was seen by who set this mark; of a mark that is none, it was not. */
export function isWithin({ id, seen }: ReadMark, message: string): boolean {
  return id === message || (typeof seen === 'string' && seenIn(seen).includes(seenName(message)));
}

function seenIn(seen: string): string[] {
  return Array.from({ length: Math.floor(seen.length / SEEN_CHARS) }, (_, i) =>
    seen.slice(i * SEEN_CHARS, (i + 1) * SEEN_CHARS),
  );
}

export const SEGMENTS = { root: MESSAGES, items: SEGMENT_ITEMS };

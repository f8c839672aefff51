// What a conversation's document is made of, by name. A device needs no more of it: what may be in one is for the server to judge.

import type { Medium } from '../file/schema.ts';
import type { Mention } from './doc-mentions.ts';

export const CHAT = 'chat';
export const MESSAGES = 'messages';
export const SEGMENT_ITEMS = 100;

/** The least form, and what a message may say beside it: words, or photos and voice notes, or both. `corrects` is an earlier one of the same author's, said better. */
export type ChatMessage = {
  readonly id: string;
  /** Who it is signed by. */
  readonly by: string;
  readonly at: string;
  readonly body: string;
  readonly replyTo?: string;
  readonly corrects?: string;
  readonly media?: readonly Medium[];
  readonly mentions?: readonly Mention[];
  /** When it was written, of one that was planned and said at its time: what came after that it answers nothing of. */
  readonly scheduled?: string;
  /** The practice has said it by itself. Such a message asks for no answer, and none follows from it. */
  readonly automatic?: true;
  /** What of it: which of the practice's settings has made it. */
  readonly cause?: AutomaticCause;
  /** The sign-in of the member for whom it was said. */
  readonly onBehalfOf?: string;
};

/** What makes the practice say something by itself. */
export const AUTOMATIC_CAUSES = ['welcome', 'away', 'broadcast', 'rule'] as const;
export type AutomaticCause = (typeof AUTOMATIC_CAUSES)[number];

/** What each says for himself lies under these keys of his own root. */
export const READ = 'read';
export const reactKey = (message: string) => `react:${message}`;
export const retractKey = (message: string) => `retract:${message}`;

export const SEGMENTS = { root: MESSAGES, items: SEGMENT_ITEMS };

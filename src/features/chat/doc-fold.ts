// A conversation's document as people see it: messages in their order, each with what was taken back, said better, thought of it
// and read of it. Whatever else stands in the document is passed by: one odd item hides no other.

import { AUTOMATIC_CAUSES, MESSAGES, READ } from './doc-names.ts';
import type { Medium } from '../file/schema.ts';
import type { Mention } from './doc-mentions.ts';
import type { AutomaticCause, ChatMessage } from './doc-names.ts';
import { AUTOMATIC, CHAT_REACTIONS, MESSAGE_BYTES, MESSAGE_MAX, SEEN_CHARS } from './doc-shape.ts';
import type { ChatReaction, ReadMark } from './doc-shape.ts';

export const seenName = (message: string): string => message.slice(-SEEN_CHARS);

/** Whether a message was seen by who set this mark; of a mark that is none, it was not. */
function isWithin({ id, seen }: ReadMark, message: string): boolean {
  return id === message || (typeof seen === 'string' && seenIn(seen).includes(seenName(message)));
}

function seenIn(seen: string): string[] {
  return Array.from({ length: Math.floor(seen.length / SEEN_CHARS) }, (_, i) =>
    seen.slice(i * SEEN_CHARS, (i + 1) * SEEN_CHARS),
  );
}

/** As much of a document as is read. */
export interface ReadDoc {
  readonly share: ReadonlyMap<string, unknown>;
  getArray(root: string): { toArray(): unknown[] };
  getMap(root: string): { entries(): Iterable<[string, unknown]> };
}

export interface ChatItem extends Pick<ChatMessage, 'id' | 'by' | 'at'> {
  /** As it was said last. */
  readonly body: string;
  /** What was said before that, the first wording first. */
  readonly earlier: readonly string[];
  /** The id of each wording, the first one first. */
  readonly ids: readonly string[];
  /** The message that this one answers. */
  readonly replyTo: string | undefined;
  /** What is corrected with it, where that does not stand in this part; it stands for itself until that is known. */
  readonly corrects: string | undefined;
  /** Photos and voice notes, as said last. */
  readonly media: readonly Medium[];
  /** Who is mentioned in it, as said last. */
  readonly mentions: readonly Mention[];
  /** When it was written, of one that was planned for later. */
  readonly scheduled: string | undefined;
  /** The practice has said it by itself, for this member or for none. */
  readonly automatic:
    | { readonly onBehalfOf: string | undefined; readonly cause: AutomaticCause | undefined }
    | undefined;
  /** Of its files, those that its author has discarded before they were sent: they will not come. */
  readonly discarded: readonly string[];
  /** When its author took it back. */
  readonly retractedAt: string | undefined;
  readonly reactions: readonly { readonly by: string; readonly reaction: ChatReaction }[];
  /** Who beside its author has read it, and when. */
  readonly readBy: readonly { readonly by: string; readonly at: string }[];
}

interface Own {
  readonly by: string;
  readonly read: ReadMark | undefined;
  readonly reactions: ReadonlyMap<string, ChatReaction>;
  readonly retracted: ReadonlyMap<string, string>;
  readonly discarded: ReadonlyMap<string, readonly string[]>;
}

/** Everything that was said in one part of a conversation, the oldest first. */
export function messagesOf(doc: ReadDoc): ChatItem[] {
  const said = distinct(doc.getArray(MESSAGES).toArray());
  const owns = [...doc.share.keys()].flatMap((root) => (root.startsWith('by:') ? [ownOf(doc, root)] : []));
  const wordings = wordingsOf(said);
  return said.flatMap((message) => {
    const all = wordings.get(keyOf(message));
    const newest = all?.at(-1);
    if (all === undefined || newest === undefined) return [];
    const { id, by, at, replyTo, onBehalfOf, cause, scheduled } = message;
    return {
      ...{ id, by, at, scheduled, replyTo: replyTo ?? undefined, corrects: message.corrects ?? undefined },
      automatic: by === AUTOMATIC ? { onBehalfOf, cause: causeIn(cause) } : undefined,
      body: newest.body,
      media: newest.media ?? [],
      mentions: newest.mentions ?? [],
      earlier: all.slice(0, -1).map(({ body }) => body),
      ids: all.map((wording) => wording.id),
      discarded: owns.find((own) => own.by === by)?.discarded.get(id) ?? [],
      retractedAt: owns.find((own) => own.by === by)?.retracted.get(id),
      reactions: owns.flatMap((own) => {
        const reaction = own.reactions.get(id);
        return reaction === undefined ? [] : [{ by: own.by, reaction }];
      }),
      readBy: owns.flatMap((own) =>
        own.by !== by && own.read && isWithin(own.read, newest.id) ? [{ by: own.by, at: own.read.at }] : [],
      ),
    };
  });
}

/** A later release may know others. */
const causeIn = (cause: string | undefined): AutomaticCause | undefined =>
  AUTOMATIC_CAUSES.find((known) => known === cause);

/** A message is its author's: the same id from another's hand is another message. */
export const keyOf = ({ by, id }: Pick<ChatMessage, 'by' | 'id'>): string => `${by} ${id}`;

/** By the key of each message that stands for itself, its wordings. One corrects only what he has said himself, and before. */
function wordingsOf(said: readonly ChatMessage[]): ReadonlyMap<string, readonly ChatMessage[]> {
  const wordings = new Map<string, ChatMessage[]>();
  const firsts = new Map<string, string>();
  for (const message of said) {
    const { by, corrects = '' } = message;
    const first = firsts.get(keyOf({ by, id: corrects })) ?? keyOf(message);
    firsts.set(keyOf(message), first);
    wordings.set(first, [...(wordings.get(first) ?? []), message]);
  }
  return wordings;
}

/** What was said, each once: what was sent twice stands where it came first. */
function distinct(items: readonly unknown[]): ChatMessage[] {
  const seen = new Set<string>();
  return items.filter(isMessage).filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
}

/** The server has held it to its shape; a later release's may say more. */
function isMessage(item: unknown): item is ChatMessage {
  const said = (item ?? {}) as Partial<Record<keyof ChatMessage, unknown>>;
  const { id, by, at, body, media = [], mentions = [] } = said;
  const isWords = [id, by, at, body].every((member) => typeof member === 'string');
  return isWords && Array.isArray(media) && Array.isArray(mentions);
}

function ownOf(doc: ReadDoc, root: string): Own {
  const reactions = new Map<string, ChatReaction>();
  const retracted = new Map<string, string>();
  const discarded = new Map<string, readonly string[]>();
  let read: Own['read'];
  for (const [key, value] of doc.getMap(root).entries()) {
    const message = key.slice(key.indexOf(':') + 1);
    const named = CHAT_REACTIONS.find((one) => one === value);
    if (key.startsWith('react:') && named !== undefined) reactions.set(message, named);
    else if (key.startsWith('retract:') && typeof value === 'string') retracted.set(message, value);
    else if (key.startsWith('discard:') && Array.isArray(value)) discarded.set(message, value as string[]);
    else if (key === READ) read = (value ?? undefined) as Own['read'];
  }
  return { by: root.slice('by:'.length), read, reactions, retracted, discarded };
}

/** Whether a message is short enough to be taken: letters of some languages weigh more than others. */
export function fitsMessage(message: ChatMessage): boolean {
  const isShort = message.body.length <= MESSAGE_MAX;
  return isShort && new TextEncoder().encode(JSON.stringify(message)).length <= MESSAGE_BYTES;
}

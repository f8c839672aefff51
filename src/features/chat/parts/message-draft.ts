// What of a message is being written, as a draft keeps it.

import type { Json, JsonObject } from '../../../base/json.ts';
import { isId } from '../../../base/ids.ts';
import { medium } from '../../file/schema.ts';
import type { Medium } from '../../file/schema.ts';
import { saysSomething } from '../doc-shape.ts';
import { restOf } from '../doc-acts.ts';

export interface MessageDraft {
  readonly body: string;
  /** The message that is answered. */
  readonly replyTo?: string | undefined;
  readonly media?: readonly Medium[] | undefined;
}

export const NOTHING: MessageDraft = { body: '' };

/** As it was kept; what a later release has kept beside it is not touched. */
export function asMessageDraft({ body, replyTo, media }: JsonObject): MessageDraft | null {
  if (typeof body !== 'string') return null;
  const there = mediaIn(media);
  return {
    body,
    ...(typeof replyTo === 'string' && isId(replyTo) && { replyTo }),
    ...(there.length > 0 && { media: there }),
  };
}

const mediaIn = (value: Json | undefined): Medium[] =>
  (Array.isArray(value) ? value : []).flatMap((one) => medium.safeParse(one).data ?? []);

/** As it is kept; null where nothing of it is worth keeping. */
export function keptDraft({ body, replyTo, media = [] }: MessageDraft): JsonObject | null {
  if (!saysSomething({ body, media }) && replyTo === undefined) return null;
  return { body, ...(replyTo && { replyTo }), ...(media.length > 0 && { media: [...media] }) };
}

/** What a message says of a draft. */
export function saidOf({ body, replyTo, media = [] }: MessageDraft) {
  return { body: body.trim(), ...(replyTo && { replyTo }), ...(media.length > 0 && { media }) };
}

/** What is left to be said of what stands in the form, once what was submitted is kept: one may have gone on writing. */
export function restOfDraft(now: MessageDraft, submitted: MessageDraft): MessageDraft {
  const sent = new Set(submitted.media?.map(({ id }) => id));
  const media = now.media?.filter(({ id }) => !sent.has(id)) ?? [];
  return {
    body: restOf(now.body, submitted.body),
    ...(now.replyTo !== submitted.replyTo && { replyTo: now.replyTo }),
    ...(media.length > 0 && { media }),
  };
}

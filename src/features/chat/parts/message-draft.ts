// What of a message is being written, as a draft keeps it.

import type { Json, JsonObject } from '../../../base/json.ts';
import { isId } from '../../../base/ids.ts';
import { medium } from '../../file/schema.ts';
import type { Medium } from '../../file/schema.ts';
import { saysSomething } from '../doc-shape.ts';
import { restOf } from '../doc-acts.ts';
import { chosenIn, mentionsIn } from '../doc-mentions.ts';
import type { Chosen } from '../doc-mentions.ts';

export interface MessageDraft {
  readonly body: string;
  /** The message that is answered. */
  readonly replyTo?: string | undefined;
  readonly media?: readonly Medium[] | undefined;
  /** Who was chosen for an `@` in it. */
  readonly mentions?: readonly Chosen[] | undefined;
}

export const NOTHING: MessageDraft = { body: '' };

/** As it was kept; what a later release has kept beside it is not touched. */
export function asMessageDraft({ body, replyTo, media, mentions }: JsonObject): MessageDraft | null {
  if (typeof body !== 'string') return null;
  const there = mediaIn(media);
  const chosen = chosenOf(mentions);
  return {
    body,
    ...(typeof replyTo === 'string' && isId(replyTo) && { replyTo }),
    ...(there.length > 0 && { media: there }),
    ...(chosen.length > 0 && { mentions: chosen }),
  };
}

function chosenOf(value: Json | undefined): Chosen[] {
  return (Array.isArray(value) ? value : []).flatMap((one) => {
    const { who, name } = (one ?? {}) as Partial<Record<keyof Chosen, unknown>>;
    return typeof who === 'string' && isId(who) && typeof name === 'string' ? [{ who, name }] : [];
  });
}

/** Whose names still stand in the words. */
const stillIn = (body: string, chosen: readonly Chosen[]): Chosen[] => chosenIn(body, mentionsIn(body, chosen));

const mediaIn = (value: Json | undefined): Medium[] =>
  (Array.isArray(value) ? value : []).flatMap((one) => medium.safeParse(one).data ?? []);

/** As it is kept; null where nothing of it is worth keeping. */
export function keptDraft({ body, replyTo, media = [], mentions = [] }: MessageDraft): JsonObject | null {
  if (!saysSomething({ body, media }) && replyTo === undefined) return null;
  const chosen = stillIn(body, mentions).map(({ who, name }) => ({ who, name }));
  return {
    ...{ body, ...(replyTo && { replyTo }), ...(media.length > 0 && { media: [...media] }) },
    ...(chosen.length > 0 && { mentions: chosen }),
  };
}

/** What a message says of a draft. */
export function saidOf({ body, replyTo, media = [], mentions = [] }: MessageDraft) {
  const said = body.trim();
  const found = mentionsIn(said, mentions);
  return {
    ...{ body: said, ...(replyTo && { replyTo }), ...(media.length > 0 && { media }) },
    ...(found.length > 0 && { mentions: found }),
  };
}

/** What is left to be said of what stands in the form, once what was submitted is kept: one may have gone on writing. */
export function restOfDraft(now: MessageDraft, submitted: MessageDraft): MessageDraft {
  const sent = new Set(submitted.media?.map(({ id }) => id));
  const media = now.media?.filter(({ id }) => !sent.has(id)) ?? [];
  const body = restOf(now.body, submitted.body);
  const mentions = stillIn(body, now.mentions ?? []);
  return {
    body,
    ...(now.replyTo !== submitted.replyTo && { replyTo: now.replyTo }),
    ...(media.length > 0 && { media }),
    ...(mentions.length > 0 && { mentions }),
  };
}

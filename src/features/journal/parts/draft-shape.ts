// What a kept draft must look like to be brought back. Looser than what can be saved: words that are too long to be sent
// are kept all the same.

import type { Json, JsonObject } from '../../../base/json.ts';
import { JOURNAL_KINDS, journalPhoto, MEALS, SENSITIVE_MEMBERS } from '../schema.ts';
import type { JournalContent, JournalKind } from '../schema.ts';
import type { When } from './when.ts';

export type EntryDraft = {
  readonly kind: JournalKind;
  readonly content: JournalContent;
  readonly when: When;
};

export function asEntryDraft({ kind, content, when }: JsonObject): EntryDraft | null {
  const known = JOURNAL_KINDS.find((one) => one === kind);
  const written = asContent(content);
  return known === undefined || written === null ? null : { kind: known, content: written, when: asWhen(when) };
}

export function asEditDraft({ content }: JsonObject): { content: JournalContent } | null {
  const written = asContent(content);
  return written && { content: written };
}

export function asCommentDraft({ body }: JsonObject): { body: string } | null {
  return typeof body === 'string' ? { body } : null;
}

function asContent(value: Json | undefined): JournalContent | null {
  if (!isObject(value) || typeof value['text'] !== 'string') return null;
  const { text, mood, severity, media } = value;
  const photos = (Array.isArray(media) ? media : []).flatMap((photo) => journalPhoto.safeParse(photo).data ?? []);
  const meal = MEALS.find((one) => one === value['meal']);
  const numbers = SENSITIVE_MEMBERS.filter((member) => typeof value[member] === 'number');
  return {
    text,
    ...(meal && { meal }),
    ...(photos.length > 0 && { media: photos }),
    ...(typeof mood === 'number' && { mood }),
    ...(typeof severity === 'number' && { severity }),
    ...Object.fromEntries(numbers.map((member) => [member, Number(value[member])])),
  };
}

function asWhen(value: Json | undefined): When {
  const mode = isObject(value) ? value['mode'] : undefined;
  const local = isObject(value) ? value['local'] : undefined;
  return (mode === 'earlier' || mode === 'yesterday') && typeof local === 'string'
    ? { mode, local }
    : { mode: 'now', local: '' };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

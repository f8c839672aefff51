// What is typed of an allergy, a medication or a condition, and what of it can be saved.

import type { JsonObject } from '../../../base/json.ts';
import { isSince, memberOf, MEMBERS, NAME_MAX, SECTIONS, summaryItem, TEXT_MAX } from '../schema.ts';
import type { Section, SummaryItem } from '../schema.ts';
import type { SaidWord } from './said.ts';

/** By member; empty where nothing is said. */
export type TypedItem = Readonly<Record<string, string>>;

export type ItemFaults = Readonly<Record<string, { word: SaidWord; values?: { count: number } }>>;

/** What a form had kept: what is typed, and what its author had seen; `null` of a new one. */
export type ItemDraft = { readonly typed: TypedItem; readonly seen: SummaryItem | null };

export const newItem = (section: Section): TypedItem => ({ ...typedOf(section, null), status: 'active' });

export function typedOf(section: Section, item: SummaryItem | null): TypedItem {
  return Object.fromEntries(MEMBERS[section].map((name) => [name, (item && memberOf(item, name)) ?? '']));
}

/** As it is saved; only of what has no faults. */
export function itemOf(section: Section, typed: TypedItem): SummaryItem | undefined {
  const said = MEMBERS[section].map((name) => [name, typed[name]?.trim() || null] as const);
  return summaryItem.safeParse({ type: section, ...Object.fromEntries(said) }).data;
}

/** Why it cannot be saved as it is, by member. */
export function faultsOf(section: Section, typed: TypedItem): ItemFaults {
  const faults: Record<string, ItemFaults[string]> = {};
  for (const name of MEMBERS[section]) {
    const text = typed[name]?.trim() ?? '';
    const over = text.length - (name === 'name' || name === 'code' ? NAME_MAX : TEXT_MAX);
    if (over > 0) faults[name] = { word: 'contact.error.long', values: { count: over } };
    if (name === 'name' && text === '') faults[name] = { word: 'chartSummary.error.empty' };
    if (name === 'criticality' && text === '') faults[name] = { word: 'chartSummary.error.criticality' };
    if (name === 'since' && text !== '' && !isSince(text)) faults[name] = { word: 'chartSummary.error.since' };
  }
  return faults;
}

/**
 * What was typed over what was seen, over what stands now: members that its author left alone say what stands, and what he wrote stays.
 * `moved` are those that somebody else has changed meanwhile.
 */
export function overNow({ typed, seen }: ItemDraft, now: SummaryItem | null): { draft: ItemDraft; moved: string[] } {
  if (now === null || seen?.type !== now.type) return { draft: { typed, seen }, moved: [] };
  const moved = MEMBERS[now.type].filter((name) => memberOf(now, name) !== memberOf(seen, name));
  const isOwn = (name: string) => (typed[name]?.trim() ?? '') !== (memberOf(seen, name) ?? '');
  // A name is never typed over: it is another item's.
  const taken = moved
    .filter((name) => !isOwn(name) || name === 'name')
    .map((name) => [name, memberOf(now, name) ?? '']);
  return { draft: { typed: { ...typed, ...Object.fromEntries(taken), name: now.name }, seen: now }, moved };
}

/** Ids of drafts lie in the clear on the disk: they name nobody. */
export const draftIdOf = (on: { client: string; section: Section; id: string | null }) =>
  `chart-summary:${on.id ?? `${on.section}:${on.client}`}`;

export function asItemDraft({ typed, seen }: JsonObject): ItemDraft | null {
  if (typeof typed !== 'object' || typed === null || Array.isArray(typed)) return null;
  const known = seen === null ? null : summaryItem.safeParse(seen).data;
  const names = new Set(SECTIONS.flatMap((section) => MEMBERS[section]));
  const texts = Object.entries(typed).flatMap(([name, text]) =>
    names.has(name) && typeof text === 'string' ? [[name, text] as const] : [],
  );
  return known === undefined ? null : { typed: Object.fromEntries(texts), seen: known };
}

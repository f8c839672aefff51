// How a summary is read: by the care team, from its own space on the device.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import { staffOf } from '../space-names.ts';
import { CRITICALITIES } from './schema.ts';
import type { ItemStatus, NilKnown, Section, SummaryItem } from './schema.ts';

export interface ItemView {
  readonly id: string;
  readonly item: SummaryItem;
  /** Who wrote it last, and when. */
  readonly by: string;
  readonly at: string;
}

export interface SectionView {
  /** What holds, the worst first. */
  readonly active: readonly ItemView[];
  /** What held once, or was an error. */
  readonly past: readonly ItemView[];
  /** Who asked and was told that there is none; `null` where nobody has. */
  readonly none: { readonly by: string; readonly at: string } | null;
  /** Whether everything has come to this device. */
  readonly isWhole: boolean;
}

/**
 * `none`: asked, and there is none; `past`: only what held once, and nobody has asked again; `unasked`: nobody has said anything; `coming` while something may be on
 * its way: nobody is told that there is no allergy before all is here.
 */
export type SectionState = 'some' | 'none' | 'past' | 'unasked' | 'coming';

export interface SummaryView {
  readonly sections: Readonly<Record<Section, SectionView>>;
  readonly names: ReadonlyMap<string, string>;
}

export function stateOf({ active, past, none, isWhole }: SectionView): SectionState {
  if (active.length > 0) return 'some';
  if (!isWhole) return 'coming';
  if (none !== null) return 'none';
  // What was an error says nothing about her: nobody has asked.
  return past.some(isEarlier) ? 'past' : 'unasked';
}

/** What held once. */
export const isEarlier = ({ item }: ItemView): boolean => item.status !== 'entered-in-error';

/** The summary of one client; `elsewhere` where it is not this member's to read. */
export async function summaryOf(reader: Reader, client: string): Promise<SummaryView | 'elsewhere'> {
  if (!(await reader.spaces()).includes(staffOf(client))) return 'elsewhere';
  const isWhole = await reader.isWhole();
  const none = ((await reader.get('nilKnown', client)) as Row<NilKnown> | undefined)?.fields;
  const sectionOf = async (section: Section): Promise<SectionView> => {
    const items = (await reader.byRef(section, [client])).map(viewOf).sort(inOrder);
    const active = items.filter(({ item }) => item.status === 'active');
    const past = items.filter(({ item }) => item.status !== 'active');
    return { active, past, none: none?.[section] ?? null, isWhole };
  };
  const sections = {
    allergyIntolerance: await sectionOf('allergyIntolerance'),
    medicationStatement: await sectionOf('medicationStatement'),
    condition: await sectionOf('condition'),
  };
  const people = Object.values(sections).flatMap(({ active, past, none: said }) => [
    ...[...active, ...past].map(({ by }) => by),
    ...(said ? [said.by] : []),
  ]);
  const members = (await reader.many('member', [...new Set(people)])) as Row<Member>[];
  return {
    sections,
    names: new Map(members.map(({ id, fields }) => [id, fields.name])),
  };
}

function viewOf({ id, type, by, at, fields: { client: _, ...fields }, heads = {} }: Row): ItemView {
  const last = Object.values(heads)
    .flat()
    .sort((a, b) => order(b.version) - order(a.version) || (a.at < b.at ? 1 : -1))[0];
  return { id, item: { type, ...fields } as SummaryItem, by: last?.by ?? by, at: last?.at ?? at };
}

/** What is not sent yet came last. */
const order = (version: number): number => (version > 0 ? version : Number.MAX_SAFE_INTEGER);

const STATUS_ORDER: readonly ItemStatus[] = ['active', 'stopped', 'resolved', 'entered-in-error'];

function inOrder({ item: a }: ItemView, { item: b }: ItemView): number {
  const badness = (item: SummaryItem) =>
    item.type === 'allergyIntolerance' ? CRITICALITIES.indexOf(item.criticality) : 0;
  return (
    STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
    badness(a) - badness(b) ||
    (a.name < b.name ? -1 : 1)
  );
}

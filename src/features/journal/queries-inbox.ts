// How the care team's inbox is read: what is newest over all charts, with what the team and the reader have noted about it.

import type { Row } from '../../sync/core/record.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { CareTeamMember } from '../client/schema.ts';
import { isOpenTask } from '../task/schema.ts';
import type { Task } from '../task/schema.ts';
import { entryOf, entryRows, namesOf, newestFirst, viewsOf } from './queries.ts';
import { readSoFarOf } from './schema.ts';
import type { EntryView } from './queries.ts';
import type { JournalSnooze } from './schema-review.ts';

/** What the client's device never has: flags, delegations, "no reply needed"; and the reader's own snooze. */
export interface Marks {
  /** The open task that a flag made. */
  readonly flag: string | undefined;
  /** To whom it was given. */
  readonly delegated: string | undefined;
  readonly noReply: boolean;
  /** Until when the reader has put it off; gone as soon as the client says something new. */
  readonly snooze: { readonly id: string; readonly until: string } | undefined;
}

export interface InboxRead {
  readonly entries: EntryView[];
  readonly marks: ReadonlyMap<string, Marks>;
  readonly names: ReadonlyMap<string, string>;
  readonly full: boolean;
}

/**
 * What the care team's inbox shows: the newest entries of all charts on this device, those with the newest comments and
 * wordings, and `also`. `window` bounds how many of each are read. Something older that still waits is found by
 * `waitingBelow`, whose answer goes in as `also`.
 */
export async function inboxEntries(
  reader: Reader,
  { window, also }: { window: number; also: Iterable<string> },
): Promise<InboxRead> {
  const [newest, ...touched] = await Promise.all([
    reader.newest('journalEntry', { limit: window }),
    reader.newest('journalComment', { limit: window }),
    reader.newest('journalRevision', { limit: window }),
  ]);
  const there = new Set(newest.map(({ id }) => id));
  const others = new Set([...also, ...touched.flat().map(entryOf)].filter((id) => !there.has(id)));
  const rows = [...newest, ...(await reader.many('journalEntry', [...others]))];
  const entries = (await viewsOf(reader, entryRows(rows))).sort(newestFirst);
  const marks = await marksOf(reader, entries);
  const people = entries.flatMap(({ by, comments, reactions }) => [
    by,
    ...[...comments, ...reactions].map((one) => one.by),
  ]);
  const assignees = [...marks.values()].flatMap(({ delegated }) => delegated ?? []);
  const names = await namesOf(
    reader,
    [...people, ...assignees],
    entries.map(({ client }) => client),
  );
  return { entries, marks, names, full: newest.length === window };
}

const AT_ONCE = 100;
export const ENOUGH_WAITING = 100;

/**
 * Entries below the inbox's window that wait for the reader: what arrives weeks late must not be missed. Goes down page by
 * page until enough are found or the bottom is reached, so it reads much, once; never inside a live read. `goOn` is asked
 * after each page, and may take its time, so that whoever works meanwhile is not held up.
 */
export async function waitingBelow(
  reader: Reader,
  window: number,
  goOn: () => Promise<boolean> = async () => true,
): Promise<string[]> {
  const waiting: string[] = [];
  for (let skip = window; waiting.length < ENOUGH_WAITING; skip += AT_ONCE) {
    const rows = await reader.newest('journalEntry', { limit: AT_ONCE, skip });
    waiting.push(...(await waitingAmong(reader, rows)));
    if (rows.length < AT_ONCE || !(await goOn())) break;
  }
  return waiting;
}

/**
 * The entries that wait for the reader among what was committed after this cursor, in all charts on this device: new ones, and
 * those under which something was said or worded anew.
 */
export async function waitingSince(reader: Reader, cursor: number): Promise<string[]> {
  const charts = (await reader.spaces()).filter((space) => space.startsWith('chart:'));
  const since = async (type: string) =>
    (await Promise.all(charts.map((space) => reader.since(type, space, cursor)))).flat();
  const [entries, comments, revisions] = await Promise.all([
    since('journalEntry'),
    since('journalComment'),
    since('journalRevision'),
  ]);
  const touched = new Set([...comments, ...revisions].map(entryOf));
  for (const { id } of entries) touched.delete(id);
  return waitingAmong(reader, [...entries, ...(await reader.many('journalEntry', [...touched]))]);
}

async function waitingAmong(reader: Reader, rows: readonly Row[]): Promise<string[]> {
  const views = rows.length === 0 ? [] : await viewsOf(reader, entryRows(rows));
  return views.filter(({ news }) => news !== null).map(({ id }) => id);
}

export interface Colleague {
  /** The place on the care team, not the member. */
  readonly place: string;
  readonly name: string;
}

/** Who else is on this client's care team, by name. */
export async function colleaguesOf(reader: Reader, client: string): Promise<Colleague[]> {
  const places = (await reader.byRef('careTeamMember', [client])) as Row<CareTeamMember>[];
  const others = places.filter(({ fields }) => fields.member !== reader.memberId);
  const names = await namesOf(
    reader,
    others.map(({ fields }) => fields.member),
    [],
  );
  return others
    .flatMap(({ id, fields }) => {
      const name = names.get(fields.member);
      return name === undefined ? [] : [{ place: id, name }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function marksOf(reader: Reader, entries: readonly EntryView[]): Promise<ReadonlyMap<string, Marks>> {
  const ids = entries.map(({ id }) => id);
  const [tasks, noReplies, snoozes] = await Promise.all([
    reader.byRef('task', ids) as Promise<Row<Task>[]>,
    reader.byRef('journalNoReply', ids),
    reader.byRef('journalSnooze', ids) as Promise<Row<JournalSnooze>[]>,
  ]);
  const open = tasks.filter(({ fields }) => isOpenTask(fields));
  const unanswered = new Set(noReplies.map(entryOf));
  return new Map(
    entries.map((entry) => {
      const own = open.filter(({ fields }) => fields.about === entry.id);
      const given = own.find(({ fields }) => fields.reason === 'delegation');
      return [
        entry.id,
        {
          flag: own.find(({ fields }) => fields.reason === 'flag')?.id,
          delegated: given?.fields.assignee ?? undefined,
          noReply: unanswered.has(entry.id),
          snooze: snoozeOf(entry, snoozes),
        },
      ];
    }),
  );
}

/** The last one, where the client has said nothing since. Whether its time has come is the clock's to say. */
function snoozeOf(entry: EntryView, snoozes: readonly Row<JournalSnooze>[]): Marks['snooze'] {
  const { wording, comment } = readSoFarOf(entry);
  const current = snoozes.filter(
    ({ fields }) => fields.entry === entry.id && fields.wording === wording && fields.comment === comment,
  );
  const last = current.sort((a, b) => (a.fields.until < b.fields.until ? -1 : 1)).at(-1);
  return last && { id: last.id, until: last.fields.until };
}

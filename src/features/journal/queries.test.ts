import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { applyPage } from '../../sync/client/apply.ts';
import { NOTHING_YET } from '../../sync/client/database.ts';
import { mutate } from '../../sync/client/mutate.ts';
import type { Desk } from '../../sync/client/mutate.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { must } from '../../base/must.ts';
import { declared } from '../shared.ts';
import { chartOf, officeOf } from '../space-names.ts';
import { cancelTask, completeTask, reopenTask } from '../task/mutators.ts';
import { addComment, addEntry, reviseEntry } from './mutators.ts';
import {
  delegateEntry,
  flagEntry,
  markNoReply,
  markSeen,
  react,
  snoozeEntry,
  takeBackReview,
} from './mutators-review.ts';
import { entriesOf, entryById } from './queries.ts';
import { recentMeals } from './queries-meals.ts';
import { readSoFarOf } from './schema.ts';
import { inboxEntries, waitingBelow, waitingSince } from './queries-inbox.ts';
import { newestReplies } from './queries-today.ts';
import { clientSample } from '../client/samples.ts';
import { memberSample } from '../member/samples.ts';
import { journalSamples } from './samples.ts';

const ANA = newId();
const ANA_MEMBER = newId();
const LEE = newId();
const PLACE = newId();
const ZONE = 'Europe/Berlin';

let desk: Desk;
let reader: Reader;
let version = 0;

/** A device of this member, with nothing on it. */
async function open(memberId: string): Promise<void> {
  const store = new MemoryDisk().open();
  await store.putState({
    ...NOTHING_YET,
    device: newId(),
    lastN: 0,
    cursor: 0,
    spaces: [{ space: chartOf(ANA), hash: 'team.1' }],
    sealing: { keyId: 'k', publicKey: 'p' },
  });
  const cipher = { token: (word: string) => word };
  desk = { store, declared, cipher, memberId, sealParcel: () => new Uint8Array(1), now: () => new Date() };
  reader = createReader(store, desk, memberId);
}

/** A row as the server has it, committed after all before it. Returns its id. */
async function arrives(type: string, by: string, fields: Row['fields'], more: Partial<Row> = {}): Promise<string> {
  version += 1;
  const row: Row = { id: newId(), type, space: chartOf(ANA), version, by, at: String(fields['at']), fields, ...more };
  const asked = await desk.store.state();
  await applyPage(desk, { asked, rows: [row], more: false, drop: [], strict: false, next: (state) => state });
  return row.id;
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 8, minute)).toISOString();
const entryAt = (minute: number, text = `words of ${minute}`) =>
  arrives('journalEntry', ANA_MEMBER, {
    client: ANA,
    kind: 'reflection',
    at: at(minute),
    zone: ZONE,
    content: { text },
  });
const onEntry = (entry: string, minute: number) => ({ entry, at: at(minute), zone: ZONE });
const inbox = (window = 200, also: string[] = []) => inboxEntries(reader, { window, also });
const deliveredThrough = async (through: number) =>
  desk.store.putState({ ...(await desk.store.state()), delivered: { [chartOf(ANA)]: through } });

async function does(act: { name: string }, args: Record<string, unknown>): Promise<void> {
  const full = { by: desk.memberId, at: new Date().toISOString(), zone: ZONE, id: newId(), client: ANA, ...args };
  expect(await mutate(desk, { name: act.name, args: JSON.parse(JSON.stringify(full)) })).toBeUndefined();
}

beforeEach(() => open(LEE));

describe('a list of entries', () => {
  test('is newest first within the hour too, and says whether there is more', async () => {
    for (const minute of [30, 5, 45]) await entryAt(minute);
    const page = await entriesOf(reader, { client: ANA, limit: 3 });
    expect(page.entries.map((entry) => entry.content.text)).toEqual(['words of 45', 'words of 30', 'words of 5']);
    expect(page.more).toBe(false);
    expect((await entriesOf(reader, { client: ANA, limit: 2 })).more).toBe(true);
  });

  test('has nothing of another chart', async () => {
    await entryAt(1);
    expect((await entriesOf(reader, { client: newId(), limit: 9 })).entries).toEqual([]);
  });

  test('reads its page and what hangs on it, not what has piled up', async () => {
    for (let minute = 0; minute < 40; minute++) {
      const entry = await entryAt(minute);
      await arrives('journalReview', LEE, onEntry(entry, minute));
    }
    const counted = counting(reader);
    await entriesOf(counted.reader, { client: ANA, limit: 5 });
    expect(counted.rows()).toBeLessThanOrEqual(5 + 1 + 5);
  });
});

describe('the ladder of an entry', () => {
  test('climbs from this device to seen', async () => {
    await open(ANA_MEMBER);
    const id = newId();
    await does(addEntry, { id, kind: 'mood', content: { text: 'calm', mood: 4 } });
    const state = async () => must((await entryById(reader, id))?.entry, 'the entry').delivery;
    expect(await state()).toBe('device');
    const mine = must(await reader.get('journalEntry', id), 'the row');
    await open(ANA_MEMBER);
    await arrives('journalEntry', ANA_MEMBER, mine.fields, { id });
    expect(await state()).toBe('sent');
    await deliveredThrough(version);
    expect(await state()).toBe('delivered');
    await arrives('journalReview', LEE, onEntry(id, 50));
    expect(await state()).toBe('seen');
  });

  test('falls back when it is worded anew: nobody has seen these words', async () => {
    await open(ANA_MEMBER);
    const entry = await entryAt(1);
    await arrives('journalReview', LEE, onEntry(entry, 2));
    await does(reviseEntry, { entry, content: { text: 'better words' } });
    const view = must((await entryById(reader, entry))?.entry, 'the entry');
    expect(view.content.text).toBe('better words');
    expect(view.wordings.map(({ content }) => content.text)).toEqual(['words of 1', 'better words']);
    expect(view.delivery).toBe('device');
  });

  test('what was read offline while it was worded anew counts for the words that were read', async () => {
    const id = await entryAt(1);
    await arrives('journalRevision', ANA_MEMBER, { ...onEntry(id, 2), content: { text: 'other words' } });
    await arrives('journalReview', LEE, { ...onEntry(id, 3), wording: id });
    const { delivery, news } = must((await entryById(reader, id))?.entry, 'the entry');
    expect([delivery, news]).toEqual(['sent', 'wording']);
  });

  test('a comment of the care team says that it was read; one’s own does not', async () => {
    await open(ANA_MEMBER);
    const entry = await entryAt(1);
    await arrives('journalComment', ANA_MEMBER, { ...onEntry(entry, 2), body: 'one more thing' });
    expect((await entryById(reader, entry))?.entry.delivery).toBe('sent');
    await arrives('journalComment', LEE, { ...onEntry(entry, 3), body: 'thank you' });
    expect((await entryById(reader, entry))?.entry.delivery).toBe('seen');
  });
});

describe('what the client wants to be told', () => {
  const own = async (entry: string) => must((await entryById(reader, entry))?.entry, 'the entry');
  async function entryWith(receipts: 'seen' | 'reply' | 'never', by: string): Promise<string> {
    await open(by);
    const entry = await entryAt(1);
    await arrives('journalReceipts', ANA_MEMBER, { client: ANA, receipts }, { id: ANA, at: at(2) });
    await deliveredThrough(version);
    return entry;
  }

  test.each([
    ['seen', 'delivered', 'seen', 'seen'],
    ['reply', 'there', 'there', 'seen'],
    ['never', 'there', 'there', 'there'],
  ] as const)('%s: before, once it was seen, with a reply', async (receipts, before, seen, replied) => {
    const entry = await entryWith(receipts, ANA_MEMBER);
    expect((await own(entry)).delivery).toBe(before);
    await arrives('journalReview', LEE, onEntry(entry, 3));
    expect(await own(entry)).toMatchObject({ delivery: seen, receipts });
    expect((await own(entry)).reviews).toHaveLength(receipts === 'seen' ? 1 : 0);
    await arrives('journalComment', LEE, { ...onEntry(entry, 4), body: 'thank you' });
    expect((await own(entry)).delivery).toBe(replied);
  });

  test('a reaction is shown whatever she chose, and the care team knows who has seen it', async () => {
    const entry = await entryWith('never', ANA_MEMBER);
    const reaction = { ...onEntry(entry, 3), reaction: 'with-you' };
    await arrives('journalReaction', LEE, reaction);
    expect((await own(entry)).reactions).toMatchObject([{ by: LEE, reaction: 'with-you', sent: true }]);
    const theirs = await entryWith('never', LEE);
    await arrives('journalReview', LEE, onEntry(theirs, 3));
    expect(await own(theirs)).toMatchObject({ receipts: 'never', delivery: 'seen', reviews: [{ by: LEE }] });
  });
});

describe('the newest wording', () => {
  test('is the last committed, whatever the clocks say', async () => {
    const entry = await entryAt(1);
    await arrives('journalRevision', ANA_MEMBER, { ...onEntry(entry, 59), content: { text: 'first change' } });
    await arrives('journalRevision', ANA_MEMBER, { ...onEntry(entry, 2), content: { text: 'second change' } });
    expect((await entryById(reader, entry))?.entry.content.text).toBe('second change');
  });
});

describe('the inbox', () => {
  test('an entry waits until the reader has seen it, also offline', async () => {
    const entry = await entryAt(1);
    expect((await inbox()).entries[0]?.news).toBe('entry');
    await does(markSeen, { entry });
    expect((await inbox()).entries[0]).toMatchObject({ news: null, reviews: [{ by: LEE, sent: false }] });
  });

  test('a comment of the reader answers it as well; a colleague’s does not', async () => {
    const entry = await entryAt(1);
    await arrives('journalReview', newId(), onEntry(entry, 2));
    expect((await inbox()).entries[0]?.news).toBe('entry');
    await does(addComment, { entry, body: 'thank you' });
    expect((await inbox()).entries[0]?.news).toBeNull();
  });

  test('comes back when the client words it anew or replies', async () => {
    const entry = await entryAt(1);
    await arrives('journalReview', LEE, onEntry(entry, 2));
    await arrives('journalRevision', ANA_MEMBER, { ...onEntry(entry, 3), content: { text: 'new words' } });
    expect((await inbox()).entries[0]?.news).toBe('wording');
    await arrives('journalReview', LEE, onEntry(entry, 4));
    await arrives('journalComment', ANA_MEMBER, { ...onEntry(entry, 5), body: 'and you?' });
    expect((await inbox()).entries[0]?.news).toBe('comment');
  });

  test('names all that the reader has not answered for, also under what is new itself', async () => {
    const entry = await entryAt(1);
    const unread = async () => (await inbox()).entries[0]?.unread;
    const comment = await arrives('journalComment', ANA_MEMBER, { ...onEntry(entry, 2), body: 'hello?' });
    const wording = await arrives('journalRevision', ANA_MEMBER, { ...onEntry(entry, 3), content: { text: '' } });
    expect(await unread()).toEqual([entry, wording, comment]);
    await arrives('journalReview', LEE, { ...onEntry(entry, 4), wording: entry });
    expect(await unread()).toEqual([wording, comment]);
    await arrives('journalReview', LEE, { ...onEntry(entry, 5), wording, comment });
    expect(await unread()).toEqual([]);
  });

  test('a review, a reaction or "no reply needed" answers what was read, a client’s comment too, and nothing later', async () => {
    const entry = await entryAt(1);
    for (const [name, more] of [
      [markSeen.name, {}],
      [markNoReply.name, {}],
      [react.name, { reaction: 'with-you' }],
    ] as const) {
      const view = must((await inbox()).entries[0], 'the entry');
      expect(view.news).not.toBeNull();
      await does({ name }, { entry, ...readSoFarOf(view), ...more });
      expect((await inbox()).entries[0]?.news).toBeNull();
      await arrives('journalComment', ANA_MEMBER, { ...onEntry(entry, 9), body: 'and another thing' });
      expect((await inbox()).entries[0]?.news).toBe('comment');
    }
  });

  test('what is taken back waits again', async () => {
    const entry = await entryAt(1);
    const id = newId();
    await does(markNoReply, { entry, id });
    const marks = async () => (await inbox()).marks.get(entry);
    expect((await marks())?.noReply).toBe(true);
    await does(takeBackReview, { id });
    expect((await inbox()).entries[0]?.news).toBe('entry');
    expect((await marks())?.noReply).toBe(false);
  });

  test('knows flags and delegations until they are done', async () => {
    const entry = await entryAt(1);
    const place = { client: ANA, member: LEE, primary: true };
    await arrives('careTeamMember', LEE, place, { id: PLACE, space: officeOf(ANA), at: at(0) });
    const [flag, given] = [newId(), newId()];
    await does(flagEntry, { id: flag, entry });
    await does(delegateEntry, { id: given, entry, place: PLACE });
    const marks = async () => (await inbox()).marks.get(entry);
    expect(await marks()).toMatchObject({ flag, delegated: LEE });
    await does(completeTask, { id: flag });
    await does(cancelTask, { id: given });
    expect(await marks()).toMatchObject({ flag: undefined, delegated: undefined });
    await does(reopenTask, { id: flag });
    expect(await marks()).toMatchObject({ flag, delegated: undefined });
  });

  test('a snooze holds until the client says something new', async () => {
    const entry = await entryAt(1);
    const view = must((await inbox()).entries[0], 'the entry');
    const id = newId();
    // It names no client.
    await does(snoozeEntry, { client: undefined, id, entry, ...readSoFarOf(view), until: at(59) });
    const snooze = async () => (await inbox()).marks.get(entry)?.snooze;
    expect(await snooze()).toEqual({ id, until: at(59) });
    await arrives('journalRevision', ANA_MEMBER, { ...onEntry(entry, 3), content: { text: 'new words' } });
    expect(await snooze()).toBeUndefined();
  });

  test('shows an old entry when somebody has just replied to it', async () => {
    const old = await entryAt(0);
    for (let minute = 1; minute < 6; minute++) await entryAt(minute * 61);
    expect((await inbox(3)).entries.map(({ id }) => id)).not.toContain(old);
    await arrives('journalComment', ANA_MEMBER, { ...onEntry(old, 59), body: 'hello?' });
    expect((await inbox(3)).entries.map(({ id }) => id)).toContain(old);
  });

  test('what arrives late, far below the newest, is found', async () => {
    for (let minute = 1; minute < 20; minute++) {
      const entry = await entryAt(minute * 61);
      await arrives('journalReview', LEE, onEntry(entry, minute * 61));
    }
    const late = await entryAt(-90 * 24 * 60);
    expect((await inbox(4)).entries.map(({ id }) => id)).not.toContain(late);
    const below = await waitingBelow(reader, 4);
    expect(below).toEqual([late]);
    expect((await inbox(4, below)).entries.map(({ id }) => id)).toContain(late);
    const cursor = version;
    expect(await waitingSince(reader, cursor)).toEqual([]);
    const later = await entryAt(-91 * 24 * 60);
    expect(await waitingSince(reader, cursor)).toEqual([later]);
    expect((await waitingBelow(reader, 4)).sort()).toEqual([late, later].sort());
  });

  test('what is said late under what lies far below the newest is found, and one’s own is not', async () => {
    const [commented, reworded, answered] = [await entryAt(-3), await entryAt(-2), await entryAt(-1)];
    for (let minute = 0; minute < 9; minute++) await entryAt(minute * 61);
    for (const { id } of (await inbox()).entries) await arrives('journalReview', LEE, onEntry(id, 1));
    const cursor = version;
    await arrives('journalComment', ANA_MEMBER, { ...onEntry(commented, -2), body: 'hello?' });
    await arrives('journalComment', ANA_MEMBER, { ...onEntry(commented, -1), body: 'and more' });
    await arrives('journalRevision', ANA_MEMBER, { ...onEntry(reworded, -1), content: { text: 'new words' } });
    await arrives('journalComment', LEE, { ...onEntry(answered, -1), body: 'thank you' });
    expect((await waitingSince(reader, cursor)).sort()).toEqual([commented, reworded].sort());
    expect(await waitingSince(reader, version)).toEqual([]);
  });

  test('names staff and clients, the client by the preferred name', async () => {
    await arrives('member', LEE, { ...memberSample(), at: at(0) }, { id: LEE, space: 'public' });
    await arrives(
      'client',
      LEE,
      { ...clientSample({ memberId: ANA_MEMBER }) },
      { id: ANA, space: `office:${ANA}`, at: at(0) },
    );
    const entry = await entryAt(1);
    await does(addComment, { entry, body: 'thank you' });
    const { names } = await inbox();
    expect([names.get(LEE), names.get(ANA_MEMBER)]).toEqual(['Dr. Min Lee', 'Ana']);
  });
});

test('replies of others are listed, newest first, and not one’s own', async () => {
  await open(ANA_MEMBER);
  await arrives('member', LEE, { ...memberSample() }, { id: LEE, space: 'public', at: at(0) });
  const entry = await entryAt(1);
  await arrives('journalComment', LEE, { ...onEntry(entry, 10), body: 'first' });
  await arrives('journalComment', LEE, { ...onEntry(entry, 20), body: 'second' });
  await arrives('journalComment', ANA_MEMBER, { ...onEntry(entry, 30), body: 'mine' });
  expect((await newestReplies(reader, 9)).map(({ body, name }) => [body, name])).toEqual([
    ['second', 'Dr. Min Lee'],
    ['first', 'Dr. Min Lee'],
  ]);
});

test('on a strict device no number that is sensitive is read, in no wording, and on any other all are', async () => {
  await open(ANA_MEMBER);
  const content = { text: 'words', meal: 'lunch', energyKcal: 643, portionG: 287, weightKg: 58.7 };
  const entry = await arrives('journalEntry', ANA_MEMBER, {
    client: ANA,
    kind: 'food',
    at: at(1),
    zone: ZONE,
    content,
  });
  await arrives('journalRevision', ANA_MEMBER, { ...onEntry(entry, 2), content });
  const shown = async () => {
    const view = must(await entryById(reader, entry), 'the entry').entry;
    return [view.content, ...view.wordings.map((wording) => wording.content)];
  };
  expect(await shown()).toEqual([content, content, content]);
  const rest = { text: 'words', meal: 'lunch' };
  for (const spaces of [[{ space: chartOf(ANA), hash: 'self-strict.1', strict: true as const }], []]) {
    await desk.store.putState({ ...(await desk.store.state()), spaces });
    expect(await shown()).toEqual([rest, rest, rest]);
  }
});

describe('the samples', () => {
  const idBy = new Map<string, string>();
  const idOf = (name: string) => {
    const id = idBy.get(name) ?? newId();
    idBy.set(name, id);
    return id;
  };
  const options = { client: ANA, by: ANA_MEMBER, reviewer: LEE, idOf, until: new Date(at(0)) };

  test('are taken by the real mutators, are the same every time, and leave the last days unseen', async () => {
    const acts = journalSamples(options);
    expect(journalSamples(options)).toEqual(acts);
    for (const { name, args } of acts) {
      const { by } = args;
      expect(await mutate({ ...desk, memberId: by }, { name, args: { ...args } }), name).toBeUndefined();
    }
    const { entries } = await inbox();
    expect(new Set(entries.map(({ kind }) => kind)).size).toBe(10);
    expect(entries.some(({ wordings }) => wordings.length > 1)).toBe(true);
    expect(entries.filter(({ reviews }) => reviews.length === 0).length).toBeGreaterThan(0);
    for (const entry of entries) {
      const isRecent = options.until.getTime() - Date.parse(entry.at) < 2 * 86_400_000;
      expect(entry.reviews.length === 0, entry.at).toBe(isRecent);
    }
  });

  test('say nothing from the future, and speak of no weight or calories outside the fields that can be kept back', () => {
    const acts = journalSamples({ ...options, days: 60 });
    expect(acts.every(({ args }) => args.at <= options.until.toISOString())).toBe(true);
    const kept = /"(energyKcal|portionG|weightKg)":[\d.]+/g;
    expect(JSON.stringify(acts).match(kept)?.length).toBeGreaterThan(2);
    expect(JSON.stringify(acts).replace(kept, '')).not.toMatch(/kcal|calori|weigh|\bkg\b|\blbs?\b|bmi/i);
  });
});

/** The same reader, with a count of the rows it gave out. */
function counting(of: Reader): { reader: Reader; rows: () => number } {
  let rows = 0;
  const counted = (found: Row[]) => {
    rows += found.length;
    return found;
  };
  const wrapped: Reader = {
    ...of,
    all: (type) => of.all(type).then(counted),
    byRef: (type, refs) => of.byRef(type, refs).then(counted),
    newest: (type, page) => of.newest(type, page).then(counted),
  };
  return { reader: wrapped, rows: () => rows };
}

describe('a meal to repeat', () => {
  const mealAt = (minute: number, content: object) => {
    const fields = { client: ANA, kind: 'food', at: at(minute), zone: ZONE, content: { ...content } };
    return arrives('journalEntry', ANA_MEMBER, fields as Row['fields']);
  };

  test('is what was eaten, as it was last worded, without what was of that day', async () => {
    await open(ANA_MEMBER);
    const photo = {
      id: 'f',
      key: 'k',
      type: 'image/jpeg',
      size: 9,
      width: 9,
      height: 9,
      thumb: { id: 't', key: 'k', size: 1 },
    };
    const soup = await mealAt(1, { text: 'Soup', meal: 'lunch', hunger: 7, media: [photo], own: { [newId()]: 'Mum' } });
    await mealAt(2, { text: 'Bread', energyKcal: 200 });
    await arrives('journalRevision', ANA_MEMBER, {
      ...onEntry(soup, 3),
      content: { text: 'Soup, no nuts', meal: 'lunch' },
    });
    expect(await recentMeals(reader, { client: ANA, most: 9 })).toEqual([
      { text: 'Bread', energyKcal: 200 },
      { text: 'Soup, no nuts', meal: 'lunch' },
    ]);
  });

  test('is offered once, however often it was eaten, and the newest first', async () => {
    await open(ANA_MEMBER);
    for (const [minute, text] of [
      [1, 'Soup'],
      [2, 'Bread'],
      [3, 'Soup'],
    ] as const)
      await mealAt(minute, { text });
    expect((await recentMeals(reader, { client: ANA, most: 9 })).map(({ text }) => text)).toEqual(['Soup', 'Bread']);
    expect(await recentMeals(reader, { client: ANA, most: 1 })).toHaveLength(1);
  });
});

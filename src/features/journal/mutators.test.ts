import { describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { StoredRow } from '../../sync/core/record.ts';
import { parseMutation, runParsed } from '../../sync/core/run.ts';
import { MemoryTx, rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { declared } from '../shared.ts';
import { chartOf, officeOf, staffOf, userOf } from '../space-names.ts';

const [me, client, entry] = [newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const authored = { by: me, at: AT, zone: 'Europe/Berlin' };
const newEntry = { ...authored, id: entry, client, kind: 'mood', content: { text: 'words', mood: 3 } };

/** Runs one act over these rows; gives the rows as they are afterwards, or why not. */
function run(name: string, args: JsonObject, rows: readonly StoredRow[] = [], by = me): ReadSet | Refusal {
  const parsed = parseMutation(declared.mutators, { name, args });
  if (typeof parsed === 'string') throw new Error('an act');
  if (isRefusal(parsed)) return parsed;
  const there = new Map(rows.map((row) => [rowKey(row), row]));
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), there.get(rowKey(ref)) ?? null]));
  const tx = runParsed(declared, parsed, { by, known, device: 'd', base: 0, version: 0, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known;
}

function after(name: string, args: JsonObject, rows: readonly StoredRow[] = []): ReadSet {
  const done = run(name, args, rows);
  if (isRefusal(done)) throw new Error(done.code);
  return done;
}

function rowOf(type: string, id: string, space = chartOf(client)): StoredRow {
  return { type, id, space, version: 1, by: me, at: AT, fields: { ...newEntry } };
}

const there = [rowOf('journalEntry', entry)];
const onEntry = { ...authored, client, entry };

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const KEY = 'k'.repeat(43);
const VOICE = { id: A, key: KEY, size: 90_000, type: 'audio/webm', seconds: 42 };
const THUMB = { id: B, key: KEY, size: 9000 };
const PHOTO = { ...THUMB, id: 'c'.repeat(64), type: 'image/jpeg', width: 4, height: 3, thumb: THUMB };

describe('journal.addEntry', () => {
  test('makes a row in the client’s chart, stamped with who and when', () => {
    const rows = run('journal.addEntry', newEntry);
    expect(rows).toEqual(
      new Map([
        [
          `journalEntry/${entry}`,
          {
            type: 'journalEntry',
            id: entry,
            space: chartOf(client),
            version: 0,
            by: me,
            at: AT,
            fields: { client, kind: 'mood', at: AT, zone: 'Europe/Berlin', content: { text: 'words', mood: 3 } },
          },
        ],
      ]),
    );
  });

  test('is refused twice, over a deleted one, and under another name', () => {
    expect(run('journal.addEntry', newEntry, there)).toEqual({ code: 'already-there', where: 'id' });
    const gone: StoredRow = { type: 'journalEntry', id: entry, space: chartOf(client), version: 2, deleted: true };
    expect(run('journal.addEntry', newEntry, [gone])).toEqual({ code: 'deleted' });
    expect(run('journal.addEntry', newEntry, [], newId())).toEqual({ code: 'not-author', where: 'by' });
  });

  test.each([
    ['content', { content: { text: '  ' } }],
    ['content.text', { content: { text: 'x'.repeat(20_001) } }],
    ['content.mood', { content: { text: '', mood: 6 } }],
    ['content.mood', { content: { text: '', mood: 0 } }],
    ['content.mood', { content: { text: '', mood: 1.5 } }],
    ['content.severity', { content: { text: '', severity: 11 } }],
    ['content.severity', { content: { text: '', severity: -1 } }],
    ['content.energyKcal', { content: { text: '', energyKcal: -1 } }],
    ['content.portionG', { content: { text: '', portionG: 20_001 } }],
    ['content.weightKg', { content: { text: '', weightKg: 0 } }],
    ['content.weightKg', { content: { text: '', weightKg: '58' } }],
    ['content.meal', { content: { text: '', meal: 'brunch' } }],
    ['content', { content: { text: 'x', extra: 1 } }],
    ['content.media', { content: { text: '', media: [] } }],
    ['content.media.0', { content: { text: '', media: [{ ...VOICE, type: 'audio/mpeg' }] } }],
    ['content.media.0', { content: { text: '', media: [{ ...VOICE, type: 'text/html' }] } }],
    ['content.media.0.seconds', { content: { text: '', media: [{ ...VOICE, seconds: 0 }] } }],
    ['content.media.0', { content: { text: '', media: [{ ...VOICE, thumb: THUMB }] } }],
    ['content.media', { content: { text: '', media: Array.from({ length: 11 }, () => VOICE) } }],
    ['kind', { kind: 'diary' }],
    ['at', { at: 'yesterday' }],
    ['at', { at: '2026-02-30T99:00:00.000Z' }],
    ['zone', { zone: 'Europe/Berlin; drop' }],
    ['id', { id: '1' }],
    ['client', { client: 'x' }],
    ['by', { by: '' }],
    ['', { space: 'chart:other' }],
    ['content.text', { content: { text: 'a\u0000' } }],
  ])('is refused where %s does not fit', (where, change) => {
    expect(run('journal.addEntry', { ...newEntry, ...change })).toEqual({ code: 'invalid-arguments', where });
  });

  test.each([
    { text: '', mood: 1 },
    { text: '', severity: 0 },
    { text: '', meal: 'snack' },
    { text: '', energyKcal: 0 },
    { text: '', weightKg: 58.7 },
    { text: 'x', portionG: 250.5 },
    { text: 'x'.repeat(20_000) },
    { text: '', media: [VOICE] },
    { text: '', media: [PHOTO, VOICE] },
  ])('takes %o', (content) => {
    expect(isRefusal(run('journal.addEntry', { ...newEntry, content }))).toBe(false);
  });
});

describe.each([
  ['journal.reviseEntry', 'journalRevision', { content: { text: 'again' } }],
  ['journal.addComment', 'journalComment', { body: 'hello' }],
  ['journal.addComment', 'journalComment', { body: '', media: [VOICE] }],
  ['journal.addComment', 'journalComment', { body: 'as I drew it', media: [PHOTO, VOICE] }],
  ['journal.markSeen', 'journalReview', {}],
  ['journal.markSeen', 'journalReview', { wording: newId(), comment: newId() }],
  ['journal.markNoReply', 'journalReview', { comment: newId() }],
  ['journal.react', 'journalReaction', { reaction: 'strength', wording: newId() }],
])('%s', (name, type, words) => {
  const id = newId();
  const act = { ...onEntry, id, ...words };

  test('adds a row that points at the entry, and leaves the entry alone', () => {
    const rows = run(name, act, there);
    if (isRefusal(rows)) throw new Error(rows.code);
    expect(rows.get(`journalEntry/${entry}`)).toEqual(there[0]);
    expect(rows.get(`${type}/${id}`)).toMatchObject({
      space: chartOf(client),
      by: me,
      fields: { entry, at: AT, ...words },
    });
  });

  test('is refused without the entry, twice, and where the entry is another client’s: with one answer', () => {
    const notThere = { code: 'not-there', where: 'entry' };
    expect(run(name, act)).toEqual(notThere);
    expect(run(name, act, [rowOf('journalEntry', entry, chartOf(newId()))])).toEqual(notThere);
    const gone: StoredRow = { type: 'journalEntry', id: entry, space: chartOf(client), version: 2, deleted: true };
    expect(run(name, act, [gone])).toEqual(notThere);
    expect(run(name, act, [...there, rowOf(type, id)])).toEqual({ code: 'already-there', where: 'id' });
    const dead: StoredRow = { type, id, space: chartOf(client), version: 2, deleted: true };
    expect(run(name, act, [...there, dead])).toEqual({ code: 'deleted' });
  });

  test('takes no word that it does not know', () => {
    expect(run(name, { ...act, author: newId() }, there)).toEqual({ code: 'invalid-arguments', where: '' });
  });
});

describe.each([
  ['journal.flagEntry', { note: 'Call her', dueAt: AT }, { reason: 'flag', note: 'Call her', dueAt: AT }],
  ['journal.flagEntry', {}, { reason: 'flag' }],
  ['journal.delegateEntry', { place: newId() }, { reason: 'delegation' }],
])('%s %o', (name, words, fields) => {
  const id = newId();
  const act = { ...onEntry, id, ...words };
  const colleague = newId();
  const place = (of = client): StoredRow[] =>
    'place' in words
      ? [{ ...rowOf('careTeamMember', words.place, officeOf(of)), fields: { client: of, member: colleague } }]
      : [];

  test('makes a task of the staff’s about the entry, and nothing in the chart', () => {
    const rows = after(name, act, [...there, ...place()]);
    const assignee = 'place' in words ? { assignee: colleague } : {};
    expect(rows.get(`task/${id}`)).toMatchObject({
      space: staffOf(client),
      by: me,
      fields: { client, about: entry, status: 'requested', at: AT, zone: 'Europe/Berlin', ...fields, ...assignee },
    });
    expect(rows.get(`journalEntry/${entry}`)).toEqual(there[0]);
  });

  test('is refused without the entry, of another client, and twice', () => {
    const notThere = { code: 'not-there', where: 'entry' };
    expect(run(name, act, place())).toEqual(notThere);
    expect(run(name, act, [rowOf('journalEntry', entry, chartOf(newId())), ...place()])).toEqual(notThere);
    const again = [...there, ...place(), rowOf('task', id, staffOf(client))];
    expect(run(name, act, again)).toEqual({ code: 'already-there', where: 'id' });
  });
});

test('an entry is given only to somebody who is on that client’s care team', () => {
  const place = newId();
  const act = { ...onEntry, id: newId(), place };
  const elsewhere = newId();
  const row = {
    ...rowOf('careTeamMember', place, officeOf(elsewhere)),
    fields: { client: elsewhere, member: newId() },
  };
  for (const rows of [there, [...there, row]]) {
    expect(run('journal.delegateEntry', act, rows)).toEqual({ code: 'not-there', where: 'place' });
  }
});

test('"no reply needed" is the staff’s, and the review that goes with it has the same id', () => {
  const id = newId();
  const rows = after('journal.markNoReply', { ...onEntry, id }, there);
  expect(rows.get(`journalNoReply/${id}`)).toMatchObject({ space: staffOf(client), fields: { entry } });
  expect(rows.get(`journalReview/${id}`)).toMatchObject({ space: chartOf(client), fields: { entry } });
});

describe.each([
  ['journal.takeBackReview', 'journalReview'],
  ['journal.withdrawReaction', 'journalReaction'],
])('%s', (name, type) => {
  const id = newId();
  const act = { ...authored, id, client };

  test('leaves nothing of it', () => {
    expect(after(name, act, [rowOf(type, id)]).get(`${type}/${id}`)).toMatchObject({ deleted: true });
  });

  test('is refused where it is not there, gone, or another client’s', () => {
    const notThere = { code: 'not-there', where: 'id' };
    const gone: StoredRow = { type, id, space: chartOf(client), version: 2, deleted: true };
    for (const rows of [[], [gone], [rowOf(type, id, chartOf(newId()))]])
      expect(run(name, act, rows)).toEqual(notThere);
  });
});

test('taking a review back takes with it that no reply was needed', () => {
  const id = newId();
  const rows = [rowOf('journalReview', id), rowOf('journalNoReply', id, staffOf(client))];
  const left = after('journal.takeBackReview', { ...authored, id, client }, rows);
  expect(left.get(`journalNoReply/${id}`)).toMatchObject({ deleted: true });
});

describe('journal.snoozeEntry and journal.wakeEntry', () => {
  const id = newId();
  const act = { ...authored, id, entry, until: AT, wording: entry };
  const row = { ...rowOf('journalSnooze', id, userOf(me)), fields: { entry, until: AT, at: AT, zone: 'UTC' } };

  test('are the reader’s own, in the own space, once', () => {
    expect(after('journal.snoozeEntry', act).get(`journalSnooze/${id}`)).toMatchObject({
      space: userOf(me),
      fields: { entry, until: AT, wording: entry },
    });
    expect(run('journal.snoozeEntry', act, [row])).toEqual({ code: 'already-there', where: 'id' });
    expect(after('journal.wakeEntry', { ...authored, id }, [row]).get(`journalSnooze/${id}`)).toMatchObject({
      deleted: true,
    });
  });

  test('nobody wakes another one’s', () => {
    const other = newId();
    const theirs = { ...row, space: userOf(other) };
    expect(run('journal.wakeEntry', { ...authored, id }, [theirs])).toEqual({ code: 'not-there', where: 'id' });
    expect(run('journal.wakeEntry', { ...authored, id })).toEqual({ code: 'not-there', where: 'id' });
  });
});

describe('journal.chooseReceipts', () => {
  const act = { ...authored, client, receipts: 'reply' };

  test('keeps one choice a client, the last', () => {
    const first = after('journal.chooseReceipts', act).get(`journalReceipts/${client}`);
    expect(first).toMatchObject({ space: chartOf(client), fields: { client, receipts: 'reply' } });
    const rows = first ? [first] : [];
    for (const receipts of ['reply', 'never']) {
      const next = after('journal.chooseReceipts', { ...act, receipts }, rows).get(`journalReceipts/${client}`);
      expect(next).toMatchObject({ fields: { client, receipts } });
    }
  });

  test('takes no other word', () => {
    const wrong = { ...act, receipts: 'sometimes' };
    expect(run('journal.chooseReceipts', wrong)).toEqual({ code: 'invalid-arguments', where: 'receipts' });
  });
});

test('an act without a mutator is refused, whatever its name', () => {
  for (const name of ['journal.nothing', 'toString', '__proto__', 'constructor', '']) {
    expect(run(name, {})).toEqual({ code: 'unknown-mutator' });
  }
});

test('what the protective view keeps from a client is declared of entries and of their later wordings', () => {
  const hidden = ['energyKcal', 'portionG', 'weightKg', 'exerciseKcal', 'ownSensitive'];
  const paths = hidden.map((name) => `content.${name}`);
  for (const type of ['journalEntry', 'journalRevision']) {
    expect(declared.recordTypes[type]?.sensitive).toEqual({ fields: paths });
  }
});

test('a comment says something, in words or otherwise, and names all its files', () => {
  const id = newId();
  const act = (said: JsonObject) => run('journal.addComment', { ...onEntry, id, ...said }, there);
  for (const said of [{ body: ' ' }, { body: '', media: [] }, { media: [VOICE] }, { body: 'x'.repeat(10_001) }])
    expect(act(said)).toMatchObject({ code: 'invalid-arguments' });
  const { files } = declared.mutators['journal.addComment'] ?? {};
  const filesOf = (said: JsonObject) => files?.({ ...onEntry, ...said } as typeof authored);
  expect(filesOf({ body: '', media: [PHOTO, VOICE] })).toEqual([PHOTO.id, THUMB.id, VOICE.id]);
  expect(filesOf({ body: 'words alone' })).toEqual([]);
});

describe('journal.giveUpFile', () => {
  const id = newId();
  const act = { ...onEntry, id, file: A };
  const comment = newId();
  const colleague = newId();
  const said: StoredRow = { ...rowOf('journalComment', comment), by: colleague, fields: { entry, body: 'x' } };

  test('says of one file of an entry that it will not come', () => {
    const rows = after('journal.giveUpFile', act, there);
    expect(rows.get(`journalGivenUp/${id}`)).toMatchObject({
      space: chartOf(client),
      by: me,
      fields: { entry, file: A },
    });
    expect(run('journal.giveUpFile', { ...act, file: 'a' }, there)).toMatchObject({ code: 'invalid-arguments' });
    expect(run('journal.giveUpFile', act, [...there, rowOf('journalGivenUp', id)])).toMatchObject({
      code: 'already-there',
    });
  });

  test('is judged by who wrote what names the file: the entry, or the comment', () => {
    const { reads, resource } = declared.mutators['journal.giveUpFile'] ?? {};
    const judged = (given: JsonObject, rows = [...there, said]) => {
      const args = given as typeof authored;
      const known: ReadSet = new Map(reads?.(args).map((ref) => [rowKey(ref), null]));
      for (const row of rows) known.set(rowKey(row), row);
      return resource?.(args, new MemoryTx(known, { by: me, at: AT, device: 'd', base: 0, version: 0 }));
    };
    expect(judged(act)).toMatchObject({ type: 'journalGivenUp', space: chartOf(client), author: me });
    expect(judged({ ...act, comment })).toMatchObject({ space: chartOf(client), author: colleague });
    const elsewhere: StoredRow = { ...said, fields: { entry: newId(), body: 'x' } };
    expect(judged({ ...act, comment }, [...there, elsewhere])).toEqual({ code: 'not-there', where: 'comment' });
    expect(judged({ ...act, comment: newId() })).toEqual({ code: 'not-there', where: 'comment' });
    expect(judged({ ...act, comment }, [])).toEqual({ code: 'not-there', where: 'entry' });
  });
});

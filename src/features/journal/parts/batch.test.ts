import { expect, test } from 'vitest';
import type { EntryView } from '../queries.ts';
import type { Marks } from '../queries-inbox.ts';
import { batchOf } from './batch.ts';

const AT = '2026-11-01T08:00:00.000Z';
const VOICE = { id: 'a'.repeat(64), key: 'k'.repeat(43), size: 9, type: 'audio/webm', seconds: 42 } as const;
const NO_MARKS: Marks = { flag: undefined, delegated: undefined, noReply: false, snooze: undefined };

function entry(id: string, change: Partial<EntryView> = {}): EntryView {
  return {
    id,
    client: 'ana',
    by: 'ana',
    kind: 'mood',
    at: AT,
    zone: 'UTC',
    arrivedAt: AT,
    content: { text: '', mood: 3 },
    wordings: [],
    comments: [],
    reviews: [],
    reactions: [],
    receipts: 'seen',
    delivery: 'sent',
    news: 'entry',
    unread: [id],
    ...change,
  };
}

test('only answers go in; words, flags, crisis words, comments, what is snoozed or to be opened do not, and are counted', () => {
  const media = { text: '', mood: 3, photos: ['a'] } as EntryView['content'];
  const comment = { id: 'c', by: 'ana', at: AT, zone: 'UTC', body: 'Hello?', delivery: 'sent' as const };
  const marks = new Map<string, Marks>([
    ['flagged', { ...NO_MARKS, flag: 'task' }],
    ['snoozed', { ...NO_MARKS, snooze: { id: 's', until: AT } }],
  ]);
  const all = [
    entry('mood'),
    entry('own number', { content: { text: '', sleepH: 7.5, own: { a: 3 } } }),
    entry('severity', { kind: 'symptom', content: { text: '  ', severity: 0, weightKg: 58.7 } }),
    entry('seen', { news: null, content: { text: 'words' } }),
    entry('words', { content: { text: 'words', mood: 3 } }),
    entry('more words', { content: { text: 'more words' } }),
    entry('own words', { content: { text: '', own: { a: 'My sister' } } }),
    entry('a line', { content: { text: '', medicine: 'Sertraline 50 mg' } }),
    entry('crisis', { content: { text: '', own: { a: 'about suicide' } } }),
    entry('comment', { news: 'comment', comments: [comment], unread: ['c'] }),
    entry('media', { content: media }),
    entry('spoken', { content: { text: '', mood: 3, media: [VOICE] } }),
    entry('flagged'),
    entry('snoozed'),
  ];
  const batch = batchOf(all, ({ id }) => marks.get(id));
  expect(batch.entries.map(({ id }) => id)).toEqual(['mood', 'own number', 'severity']);
  expect(batch.left).toEqual([
    ['crisis', 1],
    ['flag', 1],
    ['snooze', 1],
    ['comment', 1],
    ['words', 4],
    ['media', 2],
  ]);
});

test('what the client said under it or in a wording that nobody has read keeps an entry out, whatever else is new', () => {
  const said = { id: 'c', by: 'ana', at: AT, zone: 'UTC', body: 'Hello?', delivery: 'sent' as const };
  const wording = (id: string, content: Partial<EntryView['content']>) => {
    return { id, at: AT, zone: 'UTC', content: { text: '', ...content } };
  };
  const [words, photo] = [
    wording('w', { text: 'words' }),
    wording('p', { text: '', photos: ['a'] } as EntryView['content']),
  ];
  const now = wording('n', { mood: 3 });
  const all = [
    entry('commented', { comments: [said], unread: ['commented', 'c'] }),
    entry('answered', { news: 'wording', comments: [said], wordings: [words, now], unread: ['n'] }),
    entry('emptied', { wordings: [words, now], unread: ['w', 'n'] }),
    entry('photo gone', { wordings: [photo, now], unread: ['p', 'n'] }),
    entry('commented on the way', { news: 'wording', comments: [said], wordings: [words, now], unread: ['c', 'n'] }),
  ];
  const batch = batchOf(all, () => undefined);
  expect(batch.entries.map(({ id }) => id)).toEqual(['answered']);
  expect(batch.left).toEqual([
    ['comment', 2],
    ['words', 1],
    ['media', 1],
  ]);
});

test('where nothing waits, nothing is left out', () => {
  expect(batchOf([entry('seen', { news: null })], () => undefined)).toEqual({ entries: [], left: [] });
});

import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { kindSetting, withoutSensitiveQuestions } from '../../features/entry-kind/schema.ts';
import { memberSample } from '../../features/member/samples.ts';
import { declared } from '../../features/shared.ts';
import { chartOf, PRACTICE, PUBLIC, userOf } from '../../features/space-names.ts';
import { NOTHING_YET } from '../../sync/client/database.ts';
import type { DeviceStore } from '../../sync/client/device-store.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { mediaIn } from './media-in.ts';
import type { ExportHead, ExportRecords } from './export-shape.ts';
import { writeExport } from './write-export.ts';
import type { ExportOptions } from './write-export.ts';

const ANA = newId();
const ANA_MEMBER = newId();
const LEE = newId();
const SPACE = chartOf(ANA);
const ground = { declared, cipher: { token: (word: string) => word } };
const HOSTILE = ['"quoted"\\ \u2028\u0000', '</script>', 'مرحبا 👩‍⚕️ 今日', '\ud83d lone', 'e\u0301'];

let store: DeviceStore;
let version = 0;

beforeEach(async () => {
  store = new MemoryDisk().open();
  const sealing = { keyId: 'k', publicKey: 'p' };
  await store.putState({
    ...NOTHING_YET,
    device: newId(),
    lastN: 0,
    sealing,
    spaces: [{ space: SPACE, hash: 'self.1' }],
  });
  await put('member', memberSample({ name: 'Dr. Lee' }), { id: LEE, space: PRACTICE });
});

async function put(type: string, fields: Row['fields'], change: Partial<Row> = {}): Promise<Row> {
  version += 1;
  const at = new Date(Date.UTC(2026, 1, 1) + version * 60_000).toISOString();
  const row = { id: newId(), type, space: SPACE, version, by: ANA_MEMBER, at, fields, ...change };
  await store.rows.put([toLocalRow(ground, row)]);
  return row;
}

const entry = (text: string, content: object = {}, change: Partial<Row> = {}) => {
  const written = { client: ANA, kind: 'food', at: '2026-02-01T08:00:00.000Z', zone: 'Asia/Kathmandu' };
  return put('journalEntry', { ...written, content: { text, ...content } }, change);
};

async function exported(change: Partial<ExportOptions> = {}) {
  const told: { done: number; total: number }[] = [];
  const blob = await writeExport({
    reader: createReader(store, ground, ANA_MEMBER),
    declared,
    client: ANA,
    practice: 'Harbor Care',
    media: { namedIn: mediaIn, open: async () => null },
    spaces: [SPACE],
    besides: {
      space: PUBLIC,
      types: ['entryKind'],
      shown: (fields) => withoutSensitiveQuestions(kindSetting.parse(fields)),
    },
    readme: 'Léame ✓',
    savedAt: '2026-03-01T10:00:00.000Z',
    zone: 'Europe/Madrid',
    signal: new AbortController().signal,
    onProgress: (progress) => told.push(progress),
    breathe: () => Promise.resolve(),
    ...change,
  });
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const text = (path: string) => strFromU8(must(files[path], path));
  const records = (type: string) => JSON.parse(text(`records/${type}.json`)) as ExportRecords;
  return { told, files, text, records, head: JSON.parse(text('export.json')) as ExportHead };
}

test('what is read from the file are the rows of the device, every letter of them', async () => {
  const entries = [];
  for (let i = 0; i < 250; i++) entries.push(await entry(`${HOSTILE[i % HOSTILE.length]} ${i}`, { energyKcal: i }));
  const unsent = await entry('Not sent', {}, { version: 0 });
  const said = { entry: unsent.id, at: '2026-02-01T09:00:00.000Z', zone: 'Europe/Berlin', body: HOSTILE.join('\n') };
  const comment = await put('journalComment', said, { by: LEE });
  const { head, records, text, told } = await exported();
  const shown = ({ id, space, by, at, version: of, fields }: Row) => ({ id, space, by, at, sent: of > 0, fields });
  expect(records('journalEntry')).toEqual({
    type: 'journalEntry',
    schemaVersion: 1,
    rows: [...entries, unsent].map(shown),
  });
  expect(records('journalComment').rows).toEqual([shown(comment)]);
  expect(text('README.txt')).toBe('Léame ✓');
  expect(head).toMatchObject({
    format: 'interlude-export',
    version: 1,
    savedAt: '2026-03-01T10:00:00.000Z',
    zone: 'Europe/Madrid',
    practice: 'Harbor Care',
    client: ANA,
    isPartial: false,
    people: { [LEE]: 'Dr. Lee' },
    files: [],
  });
  const counts = Object.fromEntries(head.records.map(({ type, count }) => [type, count]));
  expect(counts).toMatchObject({ journalEntry: 251, journalComment: 1, journalReview: 0 });
  expect(told.at(-1)).toEqual({ done: 252, total: 252 });
});

test('what the practice’s own questions ask is told with the answers', async () => {
  const kind = await put('entryKind', { kind: 'food', isOn: true, questions: [] }, { space: PUBLIC });
  expect((await exported()).records('entryKind').rows).toMatchObject([{ id: kind.id, fields: kind.fields }]);
});

test('there is a file of every type that this release knows, empty or not', async () => {
  const { head, records } = await exported();
  expect(head.records.map(({ type }) => type).sort()).toEqual(Object.keys(declared.recordTypes).sort());
  expect(records('contact').rows).toEqual([]);
});

test('what is not of the asked spaces is not in it', async () => {
  await put('practice', { name: 'Elsewhere' }, { space: PUBLIC });
  await entry('Somebody else', {}, { space: chartOf(newId()) });
  const { text, head } = await exported();
  expect(head.records.map(({ count }) => count)).not.toContain(1);
  expect(text('records/journalEntry.json')).not.toContain('Somebody else');
});

test('what is kept from a protected client is not in the file, though the device still has it', async () => {
  await entry('Sandwich', { energyKcal: 4321, portionG: 287, weightKg: 58.7 });
  const state = await store.state();
  await store.putState({ ...state, spaces: [{ space: SPACE, hash: 'self-strict.1', strict: true }] });
  const { files, head, text } = await exported();
  expect(head.isPartial).toBe(true);
  expect(text('records/journalEntry.json')).toContain('Sandwich');
  for (const bytes of Object.values(files))
    expect(strFromU8(bytes)).not.toMatch(/energyKcal|portionG|weightKg|4321|58\.7/);
});

test('photos that entries name go along, byte for byte and once; what is not to be had is named', async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(10_000));
  const photo = (id: string) => ({ id, key: 'k', size: bytes.length, type: 'image/jpeg' });
  await entry('with a photo', { media: [photo('here')] });
  await entry('with it again, and another', { media: [photo('here'), photo('gone')] });
  const asked: string[] = [];
  const { files, head } = await exported({
    media: {
      namedIn: mediaIn,
      async open(space, { id }) {
        asked.push(`${space} ${id}`);
        return id === 'here' ? bytes : null;
      },
    },
  });
  expect(files['files/here.jpg']).toEqual(bytes);
  expect(head.files).toEqual([{ path: 'files/here.jpg', bytes: 10_000 }]);
  expect(head.missing).toEqual(['gone']);
  expect(asked).toEqual([`${SPACE} here`, `${SPACE} gone`]);
});

test('called off, it ends', async () => {
  for (let i = 0; i < 300; i++) await entry(`n ${i}`);
  const calling = new AbortController();
  const written = exported({ signal: calling.signal, onProgress: ({ done }) => done >= 100 && calling.abort() });
  await expect(written).rejects.toThrow(/abort/i);
});

test('what its reader alone can open is in it opened and labelled; what is locked is counted, its keys are not in it', async () => {
  const space = userOf(ANA_MEMBER);
  const spaces = [SPACE, space].map((one) => ({
    space: one,
    hash: 'self.1',
    ...(one === SPACE && { strict: true as const }),
  }));
  await store.putState({ ...(await store.state()), spaces });
  const sealed = { at: '2026-02-01T08:00:00.000Z', key: newId(), sealed: 'AAAA' };
  const wrap = { kind: 'code', salt: 'c2FsdA', sealed: 'zq-wrap' };
  const open = await put('privateEntry', sealed, { space });
  await put('privateEntry', { ...sealed, sealed: 'BBBB' }, { space });
  await put('privateEntryWrap', { key: sealed.key, wrap }, { space });
  const says = { private: true, kind: 'food', content: { text: 'Only mine', energyKcal: 643 } };
  const own = {
    space,
    types: ['privateEntry', 'privateEntryRevision'],
    open: async ({ fields }: Row) => (fields['sealed'] === 'AAAA' ? says : null),
  };
  const { records, head, files } = await exported({ own });
  // Without what is kept from her, as everywhere.
  const shown = { private: true, kind: 'food', content: { text: 'Only mine' } };
  expect(records('privateEntry').rows).toMatchObject([{ id: open.id, space, fields: shown }]);
  expect(head).toMatchObject({ closed: 1, isPartial: true });
  const all = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join();
  for (const trace of ['AAAA', 'BBBB', 'zq-wrap', '643']) expect(all).not.toContain(trace);
  expect((await exported()).head.closed).toBe(0);
});

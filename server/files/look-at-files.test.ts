import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { chartOf } from '../../src/features/space-names.ts';
import { client, EffectWorld, member } from '../effects/effects.fixture.ts';
import { createDiskStore } from './disk-store.ts';
import { createExaminer } from './examine/examiner.ts';
import { RECORDED } from './examine/recorded-media.fixture.ts';
import { createFileTable } from './file-table.ts';
import { filesNamedIn, lookAtFiles, practicesToLookAt } from './look-at-files.ts';

let world: EffectWorld;
const examiner = createExaminer();
const going = new AbortController().signal;
beforeAll(async () => {
  world = await EffectWorld.open();
});
afterAll(async () => {
  await examiner.close();
  await world.remove();
});

interface SealedFile {
  readonly id: string;
  readonly key: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

function sealed(plain: Uint8Array): SealedFile {
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const bytes = new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
  const id = createHash('sha256').update(bytes).digest('hex');
  return { id, key: key.toString('base64url'), size: bytes.length, bytes };
}

function partsOf() {
  const looked: string[] = [];
  const counted = {
    examine: (...asked: Parameters<typeof examiner.examine>) => {
      looked.push(asked[0].key);
      return examiner.examine(...asked);
    },
  };
  const fileStore = createDiskStore(world.dataDir, 0);
  return { database: world.database, fileStore, examiner: counted, log: world.log, now: () => new Date(), looked };
}

/** As if a device had sent it: the bytes, and its row. */
async function arrive({ id, bytes }: SealedFile): Promise<void> {
  const place = { practice: world.practice, upload: id, size: bytes.length };
  const { fileStore } = partsOf();
  async function* all() {
    yield bytes;
  }
  await fileStore.append(place, all());
  await fileStore.finish(place, id);
  const row = { id, file: id, space: chartOf(client('ana')), by: member('ana'), bytes: bytes.length };
  await createFileTable(world.database).close(world.practice, row);
}

/** An entry of Ana's with a photo, whatever lies under its name. */
async function write(whole: SealedFile, thumb: SealedFile): Promise<void> {
  const refOf = ({ id, key, size }: SealedFile) => ({ id, key, size });
  const photo = { ...refOf(whole), type: 'image/jpeg', width: 9, height: 7, thumb: refOf(thumb) };
  const content = { text: '', media: [photo] };
  await world.act('ana', 'journal.addEntry', { id: newId(), client: client('ana'), kind: 'photo', content });
}

const faultOf = async ({ id }: SealedFile) =>
  (await createFileTable(world.database).find(world.practice, id)).map(({ fault }) => fault);

test('what came and is named is looked at once, whichever came first; what is no photo has its fault noted', async () => {
  const parts = partsOf();
  await lookAtFiles(parts, world.practice, going);
  const [good, bad, late] = [
    sealed(RECORDED.jpeg),
    sealed(Buffer.from('<svg onload="alert(1)"/>')),
    sealed(RECORDED.jpeg),
  ];
  await arrive(good);
  // Not named by any row yet: there is no key.
  await lookAtFiles(parts, world.practice, going);
  expect(parts.looked).toEqual([]);
  await write(good, bad);
  await lookAtFiles(parts, world.practice, going);
  await arrive(bad);
  expect(await practicesToLookAt(world.database)).toEqual([world.practice]);
  await lookAtFiles(parts, world.practice, going);
  await arrive(late);
  await write(late, good);
  await lookAtFiles(parts, world.practice, going);
  expect(parts.looked).toEqual([good.key, bad.key, late.key]);
  expect([await faultOf(good), await faultOf(bad), await faultOf(late)]).toEqual([[null], ['type'], [null]]);
  expect(await practicesToLookAt(world.database)).toEqual([]);
  const told = world.logged.filter((line) => line.includes('file-refused'));
  expect(told.length).toBe(1);
  expect(told[0]).not.toContain(bad.id);
});

test('weather keeps a file to be looked at again, and no other from being looked at', async () => {
  const parts = partsOf();
  const [first, second] = [sealed(RECORDED.jpeg), sealed(RECORDED.jpeg)];
  await arrive(first);
  await arrive(second);
  await write(first, second);
  const examine = (...asked: Parameters<typeof examiner.examine>) =>
    asked[0].key === first.key ? Promise.reject(new Error('no process')) : parts.examiner.examine(...asked);
  await lookAtFiles({ ...parts, examiner: { examine } }, world.practice, going);
  expect(parts.looked).toEqual([second.key]);
  expect(await practicesToLookAt(world.database)).toEqual([world.practice]);
  await lookAtFiles(parts, world.practice, going);
  expect(parts.looked).toEqual([second.key, first.key]);
  expect(await practicesToLookAt(world.database)).toEqual([]);
});

test('a server that ends in the midst of it waits for no file; what was in hand and what is left, the next looks at', async () => {
  const parts = partsOf();
  const files = [sealed(RECORDED.jpeg), sealed(RECORDED.jpeg)] as const;
  for (const file of files) await arrive(file);
  await write(...files);
  const ending = new AbortController();
  const examine = (...asked: Parameters<typeof examiner.examine>) => {
    const answer = parts.examiner.examine(...asked);
    ending.abort();
    return answer;
  };
  await lookAtFiles({ ...parts, examiner: { examine } }, world.practice, ending.signal);
  expect([parts.looked.length, await faultOf(files[0]), await faultOf(files[1])]).toEqual([1, [null], [null]]);
  expect(await practicesToLookAt(world.database)).toEqual([world.practice]);
  await lookAtFiles(parts, world.practice, going);
  expect(parts.looked.slice(1).toSorted()).toEqual(files.map(({ key }) => key).toSorted());
  expect(await practicesToLookAt(world.database)).toEqual([]);
});

test('a file that no row opens is not looked at', async () => {
  const parts = partsOf();
  await arrive(sealed(RECORDED.jpeg));
  await lookAtFiles(parts, world.practice, going);
  expect(parts.looked).toEqual([]);
  expect(await practicesToLookAt(world.database)).toEqual([]);
});

test('files are found wherever they are named', () => {
  const [one, other] = [sealed(RECORDED.jpeg), sealed(RECORDED.jpeg)];
  const named = ({ id, key }: SealedFile) => ({ id, key });
  const fields = { a: [{ ...named(one), thumb: { ...named(other), size: 3 } }], id: one.id, b: null, key: 'x' };
  expect(filesNamedIn(fields)).toContainEqual(named(one));
  expect(filesNamedIn(fields)).toContainEqual(named(other));
  expect(filesNamedIn({ id: one.id, key: 7 })).toEqual([]);
  expect(filesNamedIn({ id: 'not-one', key: 'k' })).toEqual([]);
});

// `npm run record`: records this release into `recorded/<release>.json`. A digest that an earlier recording has under the same
// name and version must not change: give the arguments a new version and an upcaster. Only of rows, and of arguments that no
// release is out with yet, may it be said that they have widened: `npm run record -- --widens journal.addEntry@1`.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToBase64url } from '../../base/base64url.ts';
import { must } from '../../base/must.ts';
import { declared } from '../../features/shared.ts';
import type { Name, RecordedClinic } from '../../../server/testing/clinic.ts';
import { startMemoryServer, USER_HEADER } from '../../../server/testing/sync-server.ts';
import type { MemoryBackup } from '../../../server/store/memory-store.ts';
import { exportPrivateKey } from '../core/sealing-key.ts';
import { isTombstone } from '../core/record.ts';
import { PROTOCOLS, RELEASE } from '../core/versions.ts';
import { Device } from './devices.ts';
import { memoryMedium } from './medium.ts';
import { MemoryDisk } from './memory-device.ts';
import { scenesOf } from './recorded-acts.ts';
import type { Scene } from './recorded-acts.ts';
import { digestsOf, diskToJson, readRecordings, RECORDED, textOfRecording } from './recording.ts';
import type { RecordedCall, RecordedStep, Recording } from './recording.ts';

const HOUR_MS = 3_600_000;

/** One recording of this release. */
async function record(): Promise<Recording> {
  const startMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const timeOf = (scene: number) => new Date(startMs + scene * HOUR_MS);
  let now = timeOf(0);
  const { clinic: people, sealing, store } = await startMemoryServer();
  const clinic = clinicOf(people, store.backup());
  const server = await startMemoryServer({ recorded: { clinic, sealing }, now: () => now });
  const epoch = must(await server.store.practice('willow'), 'the practice').epoch;
  const devices = new Map<Name, { device: Device; disk: MemoryDisk }>();
  const steps: RecordedStep[] = [];
  const deviceOf = async (who: Name) => {
    const { member, user, practice } = clinic.people[who];
    const disk = new MemoryDisk();
    const door = { deliver: (request: Request) => server.fetch(request), headers: { [USER_HEADER]: user } };
    const options = { declared, medium: memoryMedium(disk), now: () => now };
    const made = devices.get(who) ?? { device: await Device.setUp({ member, practice }, door, options), disk };
    devices.set(who, made);
    return made;
  };
  for (const [i, scene] of scenesOf(clinic, (index) => timeOf(index).toISOString()).entries()) {
    now = timeOf(i);
    const at = now.toISOString();
    const { device, disk } = await deviceOf(scene.who);
    const before = device.wire.crossed.length;
    const refused = (await device.rejections()).length;
    const told = () => device.wire.crossed.slice(before).map((crossed) => callOf(scene.who, at, crossed));
    await device.visit();
    await write(device, scene);
    if (!scene.locked) {
      const kept = {
        kind: 'outbox',
        who: scene.who,
        at,
        disk: diskToJson(disk),
        shown: await shownOn(device),
      } as const;
      steps.push(...told(), kept);
    }
    const sent = scene.locked ? 0 : device.wire.crossed.length - before;
    await device.visit();
    steps.push(...told().slice(sent));
    await expectAsSaid(device, scene, refused);
  }
  const stored = must(
    server.store.backup().find(({ slug }) => slug === 'willow'),
    'the practice',
  );
  return {
    release: RELEASE,
    recordedAt: new Date().toISOString(),
    protocols: PROTOCOLS,
    digests: digestsOf(declared),
    sealing: { ...sealing, privateKey: bytesToBase64url(await exportPrivateKey(sealing.privateKey)) },
    epoch,
    clinic,
    steps,
    rows: [...stored.rows.values()].map(({ row, shape }) => ({ row, shape })),
  };
}

function clinicOf(
  { people, practiceIds }: RecordedClinic | Omit<RecordedClinic, 'rows'>,
  backup: MemoryBackup,
): RecordedClinic {
  const rowsOf = (practice: string) =>
    backup
      .filter(({ slug }) => slug === practice)
      .flatMap(({ rows }) => [...rows.values()])
      .flatMap(({ row, author: by, shape }) => {
        if (isTombstone(row)) return [];
        const { type, id, space, fields } = row;
        return [{ type, id, space, by, shape, fields }];
      });
  return { people, practiceIds, rows: { willow: rowsOf('willow'), harbor: rowsOf('harbor') } };
}

async function write(device: Device, { acts, locked }: Scene): Promise<void> {
  if (locked) device.lock();
  for (const { name, args, discarded } of acts) {
    if (locked) await device.actLocked(name, args, device.nowText());
    else {
      const refusal = await device.act(name, args);
      if (refusal !== undefined) throw new Error(`${name} was refused on its own device: ${refusal.code}`);
    }
    if (discarded) await device.discard((await device.state()).lastN);
  }
  if (!locked) return;
  if ((await device.sendLocked()) > 0) throw new Error('something stayed on the lock screen');
  await device.unlock();
}

async function shownOn(device: Device) {
  const types = Object.keys(declared.recordTypes);
  const shown = await Promise.all(types.map(async (type) => [type, await device.rows(type)] as const));
  return Object.fromEntries(
    shown.map(([type, rows]) => [type, rows.map(({ id, fields }) => ({ id, fields })).sort(byId)]),
  );
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

async function expectAsSaid(device: Device, { who, acts }: Scene, refusedBefore: number): Promise<void> {
  const refused = (await device.rejections()).length - refusedBefore;
  if (refused !== acts.filter((act) => act.refused).length)
    throw new Error(`${who}: other acts were refused than said`);
  if ((await device.store.outbox.count()) > 0) throw new Error(`${who}: something was not sent`);
}

function callOf(who: Name, at: string, call: Device['wire']['crossed'][number]): RecordedCall {
  const body = JSON.parse(call.body) as RecordedCall['body'];
  const answer = JSON.parse(call.answer) as RecordedCall['answer'];
  return { kind: 'call', who, at, path: call.path, body, status: call.status, answer };
}

/** What an earlier recording, or the present one, says otherwise under the same name and version. */
function changed(now: Recording['digests']): string[] {
  const known = readRecordings().map(({ digests }) => ({ ...digests.records, ...digests.mutators }));
  const newest = Object.assign({}, ...known) as Record<string, string>;
  return Object.entries({ ...now.records, ...now.mutators })
    .filter(([key, digest]) => newest[key] !== undefined && newest[key] !== digest)
    .map(([key]) => key);
}

const widened = process.argv.slice(2).filter((word) => word !== '--widens');
const wrong = changed(digestsOf(declared)).filter((key) => !widened.includes(key));
if (wrong.length > 0) {
  process.stderr.write(
    `Changed without a new version: ${wrong.join(', ')}\nRaise the version and add an upcaster; or, where everything old still fits, name them after --widens.\n`,
  );
  process.exitCode = 1;
} else {
  const file = join(RECORDED, `${RELEASE}.json`);
  writeFileSync(file, textOfRecording(await record()));
  process.stdout.write(`Recorded ${file}\n`);
}

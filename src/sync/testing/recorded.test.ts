// What devices of earlier releases have said and held, against today's server and today's app: answered as it was, shown as it
// was, with the same rows in the end.

import { afterEach, describe, expect, test } from 'vitest';
import { base64urlToBytes } from '../../base/base64url.ts';
import { must } from '../../base/must.ts';
import { declared } from '../../features/shared.ts';
import { onEachStore } from '../../../server/testing/each-store.ts';
import type { StartServer } from '../../../server/testing/each-store.ts';
import { USER_HEADER } from '../../../server/testing/sync-server.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { isTombstone } from '../core/record.ts';
import { importPrivateKey } from '../core/sealing-key.ts';
import { inPresentShape } from '../core/shapes.ts';
import { rowKey } from '../core/tx.ts';
import { Device } from './devices.ts';
import { memoryMedium } from './medium.ts';
import { diskFromJson, partsOf, readRecordings } from './recording.ts';
import type { RecordedCall, RecordedOutbox, RecordedRows, RecordedStep, Recording } from './recording.ts';

/** Today's server with what the recording began with. */
class Replay {
  readonly #recording: Recording;
  readonly server: SyncServer;
  readonly #epoch: string;
  readonly clock: { now: Date };

  private constructor(recording: Recording, made: { server: SyncServer; epoch: string; clock: { now: Date } }) {
    this.#recording = recording;
    this.server = made.server;
    this.#epoch = made.epoch;
    this.clock = made.clock;
  }

  static async start(start: StartServer, recording: Recording): Promise<Replay> {
    const { clinic, sealing } = recording;
    const clock = { now: new Date(recording.recordedAt) };
    const bytes = must(base64urlToBytes(sealing.privateKey) ?? undefined, 'a key');
    const recorded = { clinic, sealing: { ...sealing, privateKey: await importPrivateKey(bytes) } };
    const server = await start({ recorded, now: () => clock.now });
    const { epoch } = must((await server.store.practice('willow')) ?? undefined, 'the practice');
    return new Replay(recording, { server, epoch, clock });
  }

  /** The same in this life of the server. */
  here<T>(recorded: T): T {
    return JSON.parse(JSON.stringify(recorded).replaceAll(this.#recording.epoch, this.#epoch)) as T;
  }

  async say(call: RecordedCall): Promise<{ status: number; answer: RecordedCall['answer'] }> {
    this.clock.now = new Date(call.at);
    const headers = { [USER_HEADER]: this.#recording.clinic.people[call.who].user };
    const body = JSON.stringify(this.here(call.body));
    const request = new Request(`http://interlude.test${call.path}`, { method: 'POST', headers, body });
    const response = await this.server.fetch(request);
    return { status: response.status, answer: (await response.json()) as RecordedCall['answer'] };
  }

  async sayAll(steps: readonly RecordedStep[]): Promise<void> {
    for (const step of steps) if (step.kind === 'call') await this.say(step);
  }

  /** The device with what it held, under today's app. */
  device({ who, at, disk }: RecordedOutbox): Promise<Device> {
    this.clock.now = new Date(at);
    const { member, user, practice } = this.#recording.clinic.people[who];
    const door = { deliver: (request: Request) => this.server.fetch(request), headers: { [USER_HEADER]: user } };
    const medium = memoryMedium(diskFromJson(this.here(disk)));
    return Device.onMedium({ member, practice }, door, { declared, medium, now: () => this.clock.now });
  }

  /** What is stored now of the rows that the recording ended with. */
  async stored(): Promise<object[]> {
    const refs = this.#recording.rows.map(({ row }) => row);
    const key = { memberId: this.#recording.epoch, device: this.#recording.epoch };
    const { rows } = await this.server.store.readBatch(this.#recording.clinic.practiceIds.willow, {
      key,
      refs,
      ns: [],
    });
    return refs.map((ref) => ({ ...must(rows.get(rowKey(ref)) ?? undefined, ref.type) }));
  }

  /** The rows of the recording as this release would have stored them. */
  expected(): object[] {
    return this.#recording.rows.map(({ row, shape }) =>
      isTombstone(row)
        ? { ...row }
        : { ...row, fields: inPresentShape(declared.recordTypes[row.type], row.fields, shape) },
    );
  }
}

/** Rows of one commit come together, in no order that means anything; some have one id. */
const keyOf = ({ id, version, type = '' }: RecordedRows[number] & { readonly type?: string }) =>
  `${id} ${version} ${type}`;
const sorted = (rows: RecordedRows) => rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** What of an answer an old device lives by; later servers may say more. */
function essence({ path, status, answer }: Pick<RecordedCall, 'path' | 'status' | 'answer'>): object {
  const { protocol, lastN, results, version, rows = [], fill, cursor, more, error } = answer;
  if (status !== 200) return { status, code: error?.code };
  if (path.endsWith('/hello')) return { status, protocol, lastN, version };
  if (!path.endsWith('/pull')) return { status, results, version };
  const filled = fill && { rows: sorted(fill.rows), before: fill.before };
  return { status, cursor, more, rows: sorted(rows), ...(filled && { fill: filled }) };
}

onEachStore((start) => {
  describe.each(readRecordings().map((recording) => [recording.release, recording] as const))('%s', (_, recording) => {
    let replay: Replay;
    afterEach(() => expect(replay.server.bugs).toEqual([]));

    test('every request is answered as it was, and leaves the same rows', async () => {
      replay = await Replay.start(start, recording);
      for (const step of recording.steps) {
        if (step.kind !== 'call') continue;
        const { status, answer } = await replay.say(step);
        expect(essence({ ...step, status, answer }), `${step.who} ${step.path}`).toMatchObject(
          essence(replay.here(step)),
        );
      }
      expect(await replay.stored()).toMatchObject(replay.expected());
    });

    test('what was sent comes a second time without effect, as after an answer that was lost', async () => {
      replay = await Replay.start(start, recording);
      await replay.sayAll(recording.steps);
      const before = await replay.stored();
      const isSent = (step: RecordedStep) => step.kind === 'call' && /\/(push|parcels)$/.test(step.path);
      for (const step of recording.steps.filter(isSent) as RecordedCall[]) {
        const { answer } = await replay.say(step);
        expect(answer.results).toEqual(step.answer.results);
      }
      expect(await replay.stored()).toEqual(before);
    });

    const outboxes = recording.steps.flatMap((step, i) => (step.kind === 'outbox' ? [[step.who, i] as const] : []));

    test.each(outboxes)(
      'an outbox of %s (step %i) is shown, sent and answered by today’s app as it was',
      async (_who, i) => {
        const step = recording.steps[i] as RecordedOutbox;
        replay = await Replay.start(start, recording);
        await replay.sayAll(recording.steps.slice(0, i));
        const shapes = shapesIn(recording);
        const device = await replay.device(step);
        for (const [type, rows] of Object.entries(step.shown)) {
          const shown = (await device.rows(type)).map(({ id, fields }) => ({ id, fields }));
          expect(
            shown.sort((a, b) => (a.id < b.id ? -1 : 1)),
            type,
          ).toMatchObject(
            rows.map(({ id, fields }) => ({
              id,
              fields: inPresentShape(declared.recordTypes[type], fields, shapes[type] ?? 1),
            })),
          );
        }
        // What was refused in a scene before is still there.
        const refusedBefore = await codesOn(device);
        await device.visit();
        await replay.sayAll(recording.steps.slice(i + 1));
        expect(await device.unsent()).toEqual([]);
        expect(await codesOn(device)).toEqual([...refusedBefore, ...refusedIn(recording, step)].sort());
        expect(await replay.stored()).toMatchObject(replay.expected());
      },
    );

    test.each(outboxes)('an outbox of %s (step %i) can be sent by who has no key, as parcels', async (_who, i) => {
      const step = recording.steps[i] as RecordedOutbox;
      replay = await Replay.start(start, recording);
      await replay.sayAll(recording.steps.slice(0, i));
      const device = await replay.device(step);
      device.lock();
      await device.sendLocked();
      await device.unlock();
      await replay.sayAll(recording.steps.slice(i + 1));
      expect(await replay.stored()).toMatchObject(replay.expected());
    });
  });
});

const codesOn = async (device: Device): Promise<string[]> =>
  (await device.rejections()).map(({ mid, code }) => `${mid} ${code}`).sort();

/** The shape that each type had in the release. */
function shapesIn({ digests }: Recording): Record<string, number> {
  const parts = Object.keys(digests.records).map(partsOf);
  return Object.fromEntries(parts.map(({ name, version }) => [name, version]));
}

/** `mid code` of what the device was told to be refused, until then and by its next push. */
function refusedIn({ steps }: Recording, { who, disk }: RecordedOutbox): string[] {
  const mids = new Set(disk.outbox.map(({ mid }) => mid));
  return steps.flatMap((step) => {
    if (step.kind !== 'call' || step.who !== who) return [];
    return (step.answer.results ?? []).flatMap(({ mid, result, code = '' }) =>
      result === 'refused' && mids.has(mid) ? [`${mid} ${code}`] : [],
    );
  });
}

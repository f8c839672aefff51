// Every call to the database fails once while a device goes through a day's work; which way it fails goes round.
//
// Budget: 2.5 minutes. `SHIFT=1` and `SHIFT=2` let each call fail in the two other ways.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { openSealingSession } from '../../src/sync/core/parcel.ts';
import { helloAnswer, pullAnswer, pushAnswer } from '../../src/sync/core/protocol.ts';
import { entryOf } from '../../src/sync/testing/people.ts';
import type { Name } from '../testing/clinic.ts';
import { startTestDatabases } from '../testing/database.ts';
import type { TestDatabases } from '../testing/database.ts';
import { CALL_FAULTS, failingDatabase } from '../testing/failing-calls.ts';
import type { FailingDatabase } from '../testing/failing-calls.ts';
import { faultsSince, versionOf } from '../testing/kept.ts';
import { startPgServer, USER_HEADER } from '../testing/sync-server.ts';
import type { SyncServer } from '../testing/sync-server.ts';
import type { Acknowledged } from '../testing/wire-device.ts';

const CALLS = 200;
const shift = Number(process.env['SHIFT'] ?? 0);

let databases: TestDatabases;
let database: FailingDatabase;
let server: SyncServer;
beforeAll(async () => {
  databases = await startTestDatabases();
  database = failingDatabase(await databases.fresh());
  server = await startPgServer(database);
});
afterAll(() => databases.remove());

interface Asked {
  readonly answer: unknown;
  /** How often the answer was "not now" before. */
  readonly again: number;
}

/** Asks until it is answered. Anything else than an answer or `try-again` is thrown. */
async function ask(call: string, name: Name, body: JsonObject): Promise<Asked> {
  const { member, user, practice } = server.clinic.people[name];
  for (let again = 0; again < 3; again++) {
    const request = new Request(`http://interlude.test/sync/${practice}/${call}`, {
      method: 'POST',
      headers: { [USER_HEADER]: user },
      body: JSON.stringify({ membership: member, ...body }),
    });
    const response = await server.fetch(request);
    const answer = (await response.json()) as { error?: { code: string } };
    if (response.status === 200) return { answer, again };
    if (response.status < 500 || answer.error?.code !== 'try-again')
      throw new Error(`${call} was answered ${response.status} ${answer.error?.code}`);
  }
  throw new Error(`${call} was never answered`);
}

const mutationOf = (n: number) => {
  const args = entryOf(server, 'ana', `words ${n}`);
  return { n, mid: newId(), name: 'journal.addEntry', v: 1, args, base: 0, at: args.at };
};

class Day {
  readonly device = newId();
  readonly acknowledged: Acknowledged[] = [];
  again = 0;
  #n = 0;

  /** Says hello, writes in both ways, reads, and is read. */
  async live(): Promise<void> {
    const hello = helloAnswer.parse(await this.#ask('hello', { protocols: [1], build: 'test' }));
    for (let round = 0; round < 4; round++) {
      const wasStruck = this.again > 0;
      await this.#push(3);
      await this.#parcels(2);
      await this.#read('ana', hello);
      // One round more has shown that all is well again.
      if (wasStruck) break;
    }
    await this.#read('lee', hello);
  }

  async #push(count: number): Promise<void> {
    const mutations = this.#make(count);
    const { results } = pushAnswer.parse(await this.#ask('push', { mutations }));
    this.#take(mutations, results);
    expect(pushAnswer.parse(await this.#ask('push', { mutations })).results).toEqual(results);
  }

  async #parcels(count: number): Promise<void> {
    const session = await openSealingSession(server.sealing);
    const mutations = this.#make(count);
    const { member: user } = server.clinic.people.ana;
    const parcels = mutations.map((mutation) => {
      const header = { user, device: this.device, n: mutation.n, mid: mutation.mid, kind: 'mutation' as const };
      const sealed = session.seal(header, new TextEncoder().encode(JSON.stringify(mutation)));
      return { header, sealed: Buffer.from(sealed).toString('base64url') };
    });
    this.#take(mutations, pushAnswer.parse(await this.#ask('parcels', { parcels })).results);
  }

  /** Live from a little before, with a fill and a ladder; then as a device that has all. */
  async #read(name: Name, { epoch, version }: { epoch: string; version: number }): Promise<void> {
    const space = `chart:${server.clinic.people.ana.client}`;
    const from = { epoch, cursor: version, digest: '', ladder: [space] };
    const fill = { spaces: [space], before: version };
    const page = pullAnswer.parse(await this.#ask('pull', { ...from, fill }, name));
    const wanted = this.acknowledged.map(({ entry }) => entry);
    expect(page.rows.map(({ id }) => id).filter((id) => wanted.includes(id))).toEqual(wanted);
    await this.#ask('pull', { ...from, cursor: page.cursor, fill: null }, name);
  }

  async #ask(call: string, body: JsonObject, name: Name = 'ana'): Promise<unknown> {
    const { answer, again } = await ask(call, name, { device: this.device, ...body });
    this.again += again;
    return answer;
  }

  #make(count: number) {
    return Array.from({ length: count }, () => mutationOf((this.#n += 1)));
  }

  #take(mutations: ReturnType<typeof mutationOf>[], results: ReturnType<typeof pushAnswer.parse>['results']): void {
    const { member } = server.clinic.people.ana;
    expect(results.map(({ n, mid, result }) => [n, mid, result])).toEqual(
      mutations.map(({ n, mid }) => [n, mid, 'applied']),
    );
    for (const [i, result] of results.entries()) {
      if (result.result !== 'applied') continue;
      const { n, mid, version } = result;
      const entry = must(mutations[i], 'a mutation').args.id;
      this.acknowledged.push({ member, device: this.device, n, mid, entry, version });
    }
  }
}

test('a day has more calls than are let fail', async () => {
  database.fail(0, 'refused');
  const day = new Day();
  await day.live();
  expect(day.again).toBe(0);
  expect(database.calls).toBeGreaterThan(CALLS);
});

test(
  `each of ${CALLS} calls fails once: weather, and nothing is lost or done twice`,
  { timeout: 600_000 },
  async () => {
    const since = await versionOf(database, 'willow');
    const acknowledged: Acknowledged[] = [];
    for (let n = 1; n <= CALLS; n++) {
      const fault = must(CALL_FAULTS[(n + shift) % CALL_FAULTS.length], 'a fault');
      database.fail(n, fault);
      const day = new Day();
      await day.live().catch((error: unknown) => {
        throw new Error(`with call ${n} ${fault}`, { cause: error });
      });
      expect(day.again, `call ${n} ${fault}`).toBe(1);
      acknowledged.push(...day.acknowledged);
    }
    expect(await faultsSince(database, { slug: 'willow', since, acknowledged })).toEqual([]);
    // PostgreSQL's own faults are called so, and its driver's; no bug of ours is among them.
    expect(new Set(server.bugs.map((bug) => (bug instanceof Error ? bug.name : bug)))).toEqual(
      new Set(['error', 'Error']),
    );
  },
);

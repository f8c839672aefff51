// 500 devices that come back at once, as after a restart of the server: each opens its socket, waits until the server listens,
// then pulls. They are devices of four people, fetched up to the practice's last version. There is no reference. Targets: 95
// of 100 within 10 s, and nobody is answered 5xx or turned away.

import { signInTo } from '../server/testing/wire-device.ts';
import type { WirePerson } from '../server/testing/wire-device.ts';
import { BenchServer } from './ground/bench-server.ts';
import { CrowdDevice } from './ground/crowd.ts';
import { median, ms, percentile, printTable, ROUNDS, seconds } from './ground/figures.ts';

const DEVICES = 500;
const PEOPLE = ['ana', 'ben', 'lee', 'dana'];
const TARGET_MS = 10_000;

const server = await BenchServer.open();
try {
  const people: WirePerson[] = [];
  for (const key of PEOPLE) people.push(await signInTo(server.way, key));
  const crowd = Array.from({ length: DEVICES }, (_, i) => {
    const who = people[i % people.length];
    if (who === undefined) throw new Error('nobody is signed in');
    return new CrowdDevice(server.way, who);
  });
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round += 1) rounds.push(await comeBack(crowd));
  const p95 = median(rounds.map(({ taken }) => percentile(taken, 95)));
  const refused = rounds.reduce((sum, one) => sum + one.refused, 0);
  printTable(`${DEVICES} devices come back at once: socket and pull`, [
    { what: '95 of 100 within', figure: seconds(p95), target: '<= 10.00 s', isMet: p95 <= TARGET_MS },
    { what: 'one half within', figure: ms(median(rounds.map(({ taken }) => median(taken)))) },
    { what: 'refused or failed, in all rounds', figure: String(refused), target: '0', isMet: refused === 0 },
  ]);
} finally {
  await server.remove();
}

async function comeBack(crowd: readonly CrowdDevice[]): Promise<{ taken: number[]; refused: number }> {
  let refused = 0;
  const taken = await Promise.all(
    crowd.map(async (device) => {
      const startedAt = performance.now();
      try {
        await device.listen();
        if ((await device.pull({ epoch: null, cursor: null })).status !== 200) refused += 1;
      } catch {
        refused += 1;
      }
      return performance.now() - startedAt;
    }),
  );
  await Promise.all(crowd.map((device) => device.leave()));
  return { taken, refused };
}

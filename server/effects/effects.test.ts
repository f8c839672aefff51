import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { SMTPServer } from 'smtp-server';
import { demoId } from '../ops/demo-people.ts';
import { client, EffectWorld, member, PUBLIC_URL } from './effects.fixture.ts';
import { subjectFor } from './letter.ts';
import { sendLetter } from './mail.ts';
import { createMailer } from './mailer.ts';
import { settleDue } from './settle.ts';

const MORNING = new Date('2026-06-11T13:00:00.000Z');

let world: EffectWorld;
const ending: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await EffectWorld.open();
}, 240_000);
beforeEach(() => world.clear());
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => world?.remove());

/** Letters that were decided on, with what became of them. */
const letters = () =>
  world.rows<{ member_id: string; state: string }>('select member_id, state from mail order by member_id');
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 50_000, interval: 100 });

/** Dr. Lee has commented; Ana, and for her entry Dr. Lee, are to be told, and it is the next morning. */
async function untilMorning(): Promise<void> {
  const entry = await world.write('ana', { text: 'Soup at noon' });
  await world.comment('lee', 'ana', entry, 'Sounds good, Ana');
  await world.comment('lee', 'ana', entry, 'And the walk?');
  await world.look();
  world.clock = MORNING;
}

test('two comments become one letter to the client, by jobs on two nodes, with nothing of them inside', async () => {
  await untilMorning();
  ending.push(world.node().begin(), world.node().begin());
  await until(async () => expect((await letters()).map(({ state }) => state)).toEqual(['kept', 'kept']));
  // Her entry is news to her provider.
  expect((await letters()).map((one) => one.member_id)).toEqual([member('ana'), member('lee')].sort());
  const found = await world.letters();
  expect(found.map((letter) => /^To: (.*)\r$/m.exec(letter)?.[1]).sort()).toEqual([
    'ana@demo.test',
    'dr.lee@demo.test',
  ]);
  for (const letter of found) {
    expect(letter).toContain('Subject: New activity in Interlude');
    expect(letter).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
    expect(letter.replace(/^To: .*$/m, '')).not.toMatch(
      /Soup|Sounds|walk|Ana|Torres|Lee|Harbor|comment|entry|journal|demo\.test/i,
    );
  }
  // Another day without news, and news within the same day, bring no other.
  await world.comment('lee', 'ana', await world.write('ana'));
  await world.look();
  world.clock = new Date(MORNING.getTime() + 6 * 3_600_000);
  const node = world.node();
  ending.push(node.begin());
  node.committed(demoId('practice harbor-care'));
  const due = `select from notice_member where due_at <= '${world.clock.toISOString()}'`;
  await until(async () => expect(await world.rows(due)).toEqual([]));
  expect((await letters()).length).toBe(2);
});

test('who is left in peace since is told nothing, whether it was to be decided or waited to be sent', async () => {
  const pause = (reason?: string) =>
    world.act('lee', 'client.pauseContact', { client: client('ana'), ...(reason && { reason }) });
  const settle = () => settleDue({ ...world.parts, subjectFor, sendJob: async () => undefined }, world.practice);
  const waiting = async () => (await letters()).filter(({ state }) => state === 'waiting').map((one) => one.member_id);
  await untilMorning();
  await pause('In hospital.');
  try {
    await settle();
    expect(await waiting()).toEqual([member('lee')]);
    await pause();
    await untilMorning();
    world.clock = new Date(MORNING.getTime() + 24 * 3_600_000);
    await settle();
    expect(await waiting()).toContain(member('ana'));
    await pause('In hospital.');
    const own = await world.rows<{ id: string }>(`select id from mail where member_id = '${member('ana')}'`);
    for (const { id } of own) await sendLetter(world.parts, { practice: world.practice, id }, { isLast: false });
    expect((await letters()).find((one) => one.member_id === member('ana'))?.state).toBe('called-off');
    expect(await world.letters()).toEqual([]);
  } finally {
    await pause();
  }
});

/** A real SMTP server; `refuses` says of an address what it answers. */
async function mailServer(port: number, refuses: (address: string) => number | null = () => null) {
  const taken: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const code = refuses(address);
      done(code === null ? null : Object.assign(new Error('no'), { responseCode: code }));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        for (const { address } of envelope.rcptTo) taken.push({ to: address, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  ending.push(close);
  return { taken, close, port: (server.server.address() as AddressInfo).port };
}

const bySmtp = (port: number) => ({
  mailer: createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    dataDir: world.dataDir,
    from: 'Interlude <no-reply@care.test>',
    publicUrl: PUBLIC_URL,
  }),
});

test('by SMTP: once over two nodes; an address that is refused is not asked again; no outbox', async () => {
  const { taken, port } = await mailServer(0, (address) => (address.startsWith('dr.lee') ? 550 : null));
  await untilMorning();
  ending.push(world.node(bySmtp(port)).begin(), world.node(bySmtp(port)).begin());
  await until(async () => expect((await letters()).map(({ state }) => state).sort()).toEqual(['refused', 'sent']));
  expect(taken.map(({ to }) => to)).toEqual(['ana@demo.test']);
  expect(taken[0]?.text).toMatch(/^Message-ID: <[0-9a-f-]{36}@localhost>/im);
  expect(await world.letters()).toEqual([]);
});

test('a mail server that is away is waited for: the letter waits and comes once', async () => {
  const gone = await mailServer(0);
  await gone.close();
  await untilMorning();
  await world.choose('lee', { switches: { 'entry.mail': false } });
  const node = world.node(bySmtp(gone.port)).begin();
  await until(async () => {
    const jobs = await world.rows<{ state: string }>(
      `select state from jobs.job where name = 'mail' and retry_count >= 0 and state = 'retry'`,
    );
    expect(jobs.length).toBe(1);
  });
  await node();
  expect((await letters()).map(({ state }) => state)).toEqual(['waiting']);
  const { taken } = await mailServer(gone.port);
  // What it waits for is not the test's to wait for.
  await world.rows(`update jobs.job set start_after = now() where name = 'mail'`);
  ending.push(world.node(bySmtp(gone.port)).begin());
  await until(async () => expect((await letters()).map(({ state }) => state)).toEqual(['sent']));
  expect(taken.map(({ to }) => to)).toEqual(['ana@demo.test']);
});

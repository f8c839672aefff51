// The ways of an entry between people and devices, in one process, with the real engine on both sides.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { startMemoryServer } from '../../../server/testing/sync-server.ts';
import { SignInNeeded, Weather, WireError } from '../client/wire.ts';
import type { Device } from './devices.ts';
import { DexieMedium } from './medium.ts';
import { ADD_ENTRY, commentsOn, deviceOf, entriesOn, entryOf, onEntry } from './people.ts';

let server: Awaited<ReturnType<typeof startMemoryServer>>;
beforeEach(async () => {
  server = await startMemoryServer();
});
afterEach(() => expect(server.bugs).toEqual([]));

const MARKER = 'zq-marker-of-health';

function mediumOf(device: Device): DexieMedium {
  if (device.medium instanceof DexieMedium) return device.medium;
  throw new Error('a device in IndexedDB');
}

async function write(device: Device, text: string, name: Name = 'ana') {
  const entry = entryOf(server, name, text);
  expect(await device.act(ADD_ENTRY, entry)).toBeUndefined();
  return entry;
}

describe('an entry written without a network', () => {
  test('is shown at once, is there after a restart, and arrives once when the network is back', async () => {
    const phone = await deviceOf(server, 'ana');
    await phone.exchange();
    phone.wire.online = false;
    await write(phone, MARKER);
    expect(await entriesOn(phone)).toEqual([MARKER]);
    await expect(phone.exchange()).rejects.toBeInstanceOf(Weather);
    await phone.restart();
    expect(await entriesOn(phone)).toEqual([MARKER]);
    expect(await phone.unsent()).toHaveLength(1);
    phone.wire.online = true;
    await phone.exchange();
    expect(await entriesOn(phone)).toEqual([MARKER]);
    expect(await phone.store.outbox.count()).toBe(0);
    expect(await phone.store.bases.count()).toBe(0);
    const laptop = await deviceOf(server, 'ana');
    await laptop.exchange();
    expect(await entriesOn(laptop)).toEqual([MARKER]);
  });

  test('arrives once where the answer was lost, the request doubled or very late', async () => {
    for (const fault of ['lose-answer', 'twice', 'late', 'lose-request'] as const) {
      const phone = await deviceOf(server, 'ana');
      await write(phone, fault);
      phone.wire.faults.push(fault);
      await phone.exchange().catch((error: unknown) => expect(error).toBeInstanceOf(Weather));
      await phone.exchange();
      await phone.wire.deliverLate();
      await phone.exchange();
      expect(await phone.store.outbox.count()).toBe(0);
      expect(await phone.rejections()).toEqual([]);
    }
    const laptop = await deviceOf(server, 'ana');
    await laptop.exchange();
    expect(await entriesOn(laptop)).toEqual(['late', 'lose-answer', 'lose-request', 'twice']);
  });

  test('stays on the screen between its acceptance and the pull that shows it, on a fresh device too', async () => {
    const phone = await deviceOf(server, 'ana');
    await write(phone, 'first words');
    await phone.push();
    expect(await entriesOn(phone)).toEqual(['first words']);
    phone.wire.faults.push('none', 'lose-answer');
    await phone.pull().catch(() => undefined);
    expect(await entriesOn(phone)).toEqual(['first words']);
    await phone.pull();
    expect(await entriesOn(phone)).toEqual(['first words']);
    expect(await phone.store.outbox.count()).toBe(0);
  });
});

describe('between Ana and Dr. Lee', () => {
  test('he finds it, marks it seen and comments; she sees both', async () => {
    const [phone, desktop] = [await deviceOf(server, 'ana'), await deviceOf(server, 'lee')];
    await desktop.exchange();
    const entry = await write(phone, MARKER);
    await phone.exchange();
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual([MARKER]);
    expect(await desktop.act('journal.markSeen', onEntry(server, 'lee', entry))).toBeUndefined();
    expect(
      await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'Thank you.' })),
    ).toBeUndefined();
    await desktop.exchange();
    await phone.exchange();
    expect(await commentsOn(phone)).toEqual(['Thank you.']);
    expect(await phone.rows('journalReview')).toMatchObject([{ by: server.clinic.people.lee.member }]);
  });

  test('she learns that he has it only when his device has really come that far', async () => {
    const [phone, laptop, desktop] = [
      await deviceOf(server, 'ana'),
      await deviceOf(server, 'ana'),
      await deviceOf(server, 'lee'),
    ];
    const chart = `chart:${server.clinic.people.ana.client}`;
    await desktop.exchange();
    await laptop.exchange();
    await write(phone, MARKER);
    await phone.exchange();
    const [row] = await phone.rows('journalEntry');
    const version = must(row, 'the entry').version;
    const has = async (device: Device) => (await device.reader.deliveredThrough(chart)) >= version;
    expect(await has(phone)).toBe(false);
    desktop.wire.faults.push('lose-answer');
    await desktop.pull().catch(() => undefined);
    await phone.exchange();
    expect(await has(phone)).toBe(false);
    await desktop.exchange();
    await phone.exchange();
    await laptop.exchange();
    expect(await has(phone)).toBe(true);
    expect(await has(laptop)).toBe(true);
  });

  test('a device that is still filling has nothing yet', async () => {
    const [phone, chart] = [await deviceOf(server, 'ana'), `chart:${server.clinic.people.ana.client}`];
    for (let i = 0; i < 520; i++) await write(phone, `entry ${i}`);
    await phone.exchange();
    const desktop = await deviceOf(server, 'lee');
    desktop.wire.faults.push('none', 'none', 'lose-request');
    await desktop.pull().catch(() => undefined);
    expect((await entriesOn(desktop)).length).toBeGreaterThan(0);
    await phone.exchange();
    expect(await phone.reader.deliveredThrough(chart)).toBe(0);
    await desktop.exchange();
    await phone.exchange();
    expect(await phone.reader.deliveredThrough(chart)).toBeGreaterThan(0);
  });
});

describe('nobody else', () => {
  const others = ['okafor', 'ben', 'support', 'admin', 'owner', 'prospect', 'harborProvider', 'harborClient'] as const;

  test.each(others)('%s gets nothing: no row, no answer, no refusal holds a word of it', async (name) => {
    const [phone, lee, other] = [
      await deviceOf(server, 'ana'),
      await deviceOf(server, 'lee'),
      await deviceOf(server, name),
    ];
    await other.exchange();
    const entry = await write(phone, MARKER);
    await phone.exchange();
    await lee.exchange();
    await lee.act('journal.addComment', onEntry(server, 'lee', entry, { body: `${MARKER} too` }));
    await lee.exchange();
    await other.exchange();
    const fresh = await deviceOf(server, name);
    await fresh.exchange();
    for (const act of ['journal.markSeen', 'journal.addComment', 'journal.reviseEntry']) {
      const words =
        act === 'journal.addComment' ? { body: 'x' } : act === 'journal.markSeen' ? {} : { content: { text: 'x' } };
      await forge(other, act, onEntry(server, name, entry, words));
    }
    await forge(other, ADD_ENTRY, { ...entry, id: newId(), by: other.desk.memberId, content: { text: 'forged' } });
    await other.exchange();
    expect(await other.rejections()).toHaveLength(4);
    for (const device of [other, fresh]) {
      expect(await device.opened()).not.toContain(MARKER);
      expect(JSON.stringify(device.wire.crossed.map(({ answer }) => answer))).not.toContain(MARKER);
      expect((await device.state()).spaces.map(({ space }) => space)).not.toContain(
        `chart:${server.clinic.people.ana.client}`,
      );
    }
  });
});

/** Queues an act that an honest app would not offer, past the device's own checks. */
async function forge(device: Device, name: string, args: Parameters<Device['act']>[1]): Promise<void> {
  await device.actLocked(name, args, new Date().toISOString());
  await device.restart();
}

describe('a refusal', () => {
  test('comes back with its words, its effect is taken back, and later work goes on', async () => {
    const [desktop, phone] = [await deviceOf(server, 'lee'), await deviceOf(server, 'ana')];
    const entry = await write(phone, 'for Lee');
    await phone.exchange();
    await desktop.exchange();
    await server.clinic.setCare('lee', 'ana', false);
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'too late' }));
    await desktop.push();
    expect(await commentsOn(desktop)).toEqual([]);
    expect(await desktop.rejections()).toMatchObject([
      { code: 'not-there', mutation: { name: 'journal.addComment', args: { body: 'too late' } } },
    ]);
    await server.clinic.setCare('lee', 'ana', true);
    await desktop.exchange();
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'in time' }));
    await desktop.exchange();
    await phone.exchange();
    expect(await commentsOn(phone)).toEqual(['in time']);
  });

  test('in the middle of a batch leaves what is before and after', async () => {
    const phone = await deviceOf(server, 'ana');
    await phone.exchange();
    await write(phone, 'before');
    await server.clinic.setStatus('ana', 'prospect');
    await write(phone, 'refused');
    await phone.push();
    await server.clinic.setStatus('ana', 'active');
    await write(phone, 'after');
    await phone.exchange();
    expect(await entriesOn(phone)).toEqual(['after']);
    expect((await phone.rejections()).map(({ mutation }) => JSON.stringify(mutation?.args))).toEqual([
      expect.stringContaining('before'),
      expect.stringContaining('refused'),
    ]);
  });

  test('meets who writes under another name or into another journal', async () => {
    const phone = await deviceOf(server, 'ben');
    const ana = server.clinic.people.ana;
    await forge(phone, ADD_ENTRY, entryOf(server, 'ana', 'as Ana'));
    await forge(phone, ADD_ENTRY, { ...entryOf(server, 'ben', 'into hers'), client: ana.client });
    await phone.exchange();
    expect((await phone.rejections()).map(({ code }) => code).sort()).toEqual(['not-allowed', 'not-author']);
    const hers = await deviceOf(server, 'ana');
    await hers.exchange();
    expect(await entriesOn(hers)).toEqual([]);
  });
});

describe('words that a database cannot hold', () => {
  test.each([
    ['a null character', 'a\u0000b'],
    ['half of a pair', 'a\ud83dz'],
  ])('%s: are refused on the device, and block nothing where an old app has queued them', async (_, text) => {
    const phone = await deviceOf(server, 'ana');
    const bad = entryOf(server, 'ana', text);
    expect(await phone.act(ADD_ENTRY, bad)).toEqual({ code: 'invalid-arguments', where: 'content.text' });
    const mutation = { n: 1, mid: newId(), name: ADD_ENTRY, v: 1, args: bad, base: 0, at: new Date().toISOString() };
    const { device } = await phone.state();
    const body = JSON.stringify({ membership: phone.desk.memberId, device, mutations: [mutation] });
    const answer = await phone.wire.send('/sync/willow/push', { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ results: [{ result: 'refused', code: 'invalid-arguments' }] });
  });
});

describe('a copied database', () => {
  test('goes on as a device of its own, and the work of both arrives once', async () => {
    const phone = await deviceOf(server, 'ana');
    await phone.exchange();
    await write(phone, 'sent before');
    await phone.exchange();
    await write(phone, 'waiting on both');
    const twin = await phone.copy();
    await write(phone, 'on the phone');
    await write(twin, 'on the twin');
    await phone.exchange();
    await twin.exchange();
    await phone.exchange();
    const all = ['on the phone', 'on the twin', 'sent before', 'waiting on both'];
    expect(await entriesOn(phone)).toEqual(all);
    expect(await entriesOn(twin)).toEqual(all);
    expect([...(await phone.rejections()), ...(await twin.rejections())]).toEqual([]);
    expect((await twin.state()).device).not.toBe((await phone.state()).device);
    expect([await phone.store.outbox.count(), await twin.store.outbox.count()]).toEqual([0, 0]);
    await write(twin, 'later');
    await twin.exchange();
    await phone.exchange();
    expect(await entriesOn(phone)).toEqual(['later', ...all]);
  });
});

describe('two copies of a device that hold the same unsent work', () => {
  test('and both have to take new numbers, send it once', async () => {
    const phone = await deviceOf(server, 'ana');
    await phone.exchange();
    const twin = await phone.copy();
    await write(twin, 'shared');
    const fourth = await twin.copy();
    await write(phone, 'first');
    await phone.exchange();
    await twin.exchange();
    await fourth.exchange();
    await twin.exchange();
    expect(await entriesOn(fourth)).toEqual(['first', 'shared']);
    expect([...(await twin.rejections()), ...(await fourth.rejections())]).toEqual([]);
    await write(twin, 'twin');
    await write(fourth, 'fourth');
    await twin.exchange();
    await fourth.exchange();
    expect(await entriesOn(fourth)).toEqual(['first', 'fourth', 'shared', 'twin']);
  });
});

describe('another life of the server', () => {
  test('is filled anew: what it does not have goes, what is unsent or unconfirmed stays and is sent', async () => {
    const [phone, laptop] = [await deviceOf(server, 'ana'), await deviceOf(server, 'ana')];
    await write(phone, 'in the backup');
    await phone.exchange();
    const backup = server.store.backup();
    await write(laptop, 'after the backup');
    await laptop.exchange();
    await phone.exchange();
    await write(phone, 'accepted, not shown');
    await phone.push();
    server.store.restore(backup, newId());
    await write(phone, 'unsent');
    await phone.pull();
    expect(await entriesOn(phone)).toEqual(['accepted, not shown', 'in the backup', 'unsent']);
    await phone.exchange();
    expect(await phone.store.outbox.count()).toBe(0);
    const fresh = await deviceOf(server, 'ana');
    await fresh.exchange();
    expect(await entriesOn(fresh)).toEqual(['accepted, not shown', 'in the backup', 'unsent']);
  });

  test('that lost nothing answers what it had answered before, and nothing comes back refused', async () => {
    const [phone, desktop] = [await deviceOf(server, 'ana'), await deviceOf(server, 'lee')];
    const entry = await write(phone, 'hers');
    await phone.exchange();
    await desktop.exchange();
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'accepted, not shown' }));
    await desktop.push();
    await server.clinic.setCare('lee', 'ana', false);
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'refused' }));
    await desktop.push();
    server.store.restore(server.store.backup(), newId());
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'refused too' }));
    await desktop.exchange();
    expect((await desktop.rejections()).map(({ mutation }) => mutation?.args.body).sort()).toEqual([
      'refused',
      'refused too',
    ]);
    expect(await desktop.store.outbox.count()).toBe(0);
  });

  test('with older rows than the device had shows the older rows', async () => {
    const desktop = await deviceOf(server, 'lee');
    const backup = server.store.backup();
    const { client, member, user } = server.clinic.people.ana;
    const fields = { legalName: 'Renamed', birthDate: '1990-01-01', status: 'active', memberId: member, userId: user };
    await server.clinic.write('willow', [{ type: 'client', id: client, space: `office:${client}`, fields }]);
    await desktop.exchange();
    expect(await desktop.reader.get('client', client)).toMatchObject({ fields: { legalName: 'Renamed' } });
    server.store.restore(backup, newId());
    await desktop.exchange();
    expect(await desktop.reader.get('client', client)).toMatchObject({ fields: { legalName: 'Legal ana' } });
  });
});

describe('spaces', () => {
  test('one that is gained is filled from the newest, one that is lost is dropped', async () => {
    const phone = await deviceOf(server, 'ben');
    for (let i = 0; i < 510; i++) await write(phone, `entry ${String(i).padStart(3, '0')}`, 'ben');
    await phone.exchange();
    const desktop = await deviceOf(server, 'lee');
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual([]);
    await server.clinic.setCare('lee', 'ben', true);
    desktop.wire.faults.push('none', 'none', 'lose-request');
    await desktop.pull().catch(() => undefined);
    const some = await entriesOn(desktop);
    expect(some.at(-1)).toBe('entry 509');
    expect(some.length).toBeGreaterThan(490);
    expect(some.length).toBeLessThan(501);
    await desktop.exchange();
    expect(await entriesOn(desktop)).toHaveLength(510);
    await server.clinic.setCare('lee', 'ben', false);
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual([]);
    expect(await desktop.opened()).not.toContain('entry 0');
  });

  test('one that is lost and comes back keeps unsent work in view', async () => {
    const [phone, desktop] = [await deviceOf(server, 'ana'), await deviceOf(server, 'lee')];
    const entry = await write(phone, 'hers');
    await phone.exchange();
    await desktop.exchange();
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'unsent' }));
    await server.clinic.setCare('lee', 'ana', false);
    await desktop.pull();
    expect(await entriesOn(desktop)).toEqual([]);
    expect(await desktop.unsent()).toHaveLength(1);
    await server.clinic.setCare('lee', 'ana', true);
    await desktop.pull();
    expect(await entriesOn(desktop)).toEqual(['hers']);
    expect(await commentsOn(desktop)).toEqual(['unsent']);
    await desktop.exchange();
    expect(await commentsOn(desktop)).toEqual(['unsent']);
    expect(await desktop.store.outbox.count()).toBe(0);
  });

  test('what is written after a provider has left is never in a page for him, however the two interleave', async () => {
    const [phone, desktop] = [await deviceOf(server, 'ana'), await deviceOf(server, 'lee')];
    await desktop.exchange();
    const pull = server.store.pull.bind(server.store);
    let once = true;
    server.store.pull = async (practiceId, ask) => {
      if (once) {
        once = false;
        await server.clinic.setCare('lee', 'ana', false);
        await write(phone, MARKER);
        await phone.push();
      }
      return pull(practiceId, ask);
    };
    await desktop.exchange();
    expect(once).toBe(false);
    expect(JSON.stringify(desktop.wire.crossed)).not.toContain(MARKER);
    expect(await desktop.opened()).not.toContain(MARKER);
  });
});

describe('one person on the device of another', () => {
  test("B's session never sends A's outbox", async () => {
    const phone = await deviceOf(server, 'ana');
    await write(phone, MARKER);
    for (const other of ['ben', 'lee'] as const) {
      const theirs = await deviceOf(server, other);
      const swapped = phone.wire.door.headers;
      Object.assign(swapped, theirs.wire.door.headers);
      await expect(phone.exchange()).rejects.toBeInstanceOf(SignInNeeded);
      await expect(phone.sendLocked()).rejects.toBeInstanceOf(SignInNeeded);
      expect(await phone.unsent()).toHaveLength(1);
    }
    Object.assign(phone.wire.door.headers, { 'x-test-user': 'user-harborClient' });
    await expect(phone.exchange()).rejects.toBeInstanceOf(WireError);
    Object.assign(phone.wire.door.headers, { 'x-test-user': 'user-ana' });
    await phone.exchange();
    expect(await phone.store.outbox.count()).toBe(0);
  });
});

describe('a quick entry on the lock screen', () => {
  test('travels as a parcel, arrives once, and is shown after the unlock', async () => {
    const [phone, desktop] = [await deviceOf(server, 'ana'), await deviceOf(server, 'lee')];
    await phone.exchange();
    phone.lock();
    const entry = entryOf(server, 'ana', MARKER);
    await phone.actLocked(ADD_ENTRY, entry, String(entry.at));
    expect(JSON.stringify(await mediumOf(phone).raw(phone.membership.id))).not.toContain(MARKER);
    expect(await phone.sendLocked()).toBe(0);
    expect(await phone.sendLocked()).toBe(0);
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual([MARKER]);
    await phone.unlock();
    expect(await entriesOn(phone)).toEqual([MARKER]);
    await phone.exchange();
    expect(await entriesOn(phone)).toEqual([MARKER]);
    expect(await phone.store.outbox.count()).toBe(0);
    expect(await phone.rejections()).toEqual([]);
  });

  test('waits between open work in its place, and all arrive in order', async () => {
    const phone = await deviceOf(server, 'ana');
    await write(phone, '1');
    phone.lock();
    const entry = entryOf(server, 'ana', '2');
    await phone.actLocked(ADD_ENTRY, entry, String(entry.at));
    await phone.unlock();
    expect(await entriesOn(phone)).toEqual(['1', '2']);
    await write(phone, '3');
    await phone.exchange();
    const rows = await phone.rows('journalEntry');
    const byVersion = [...rows].sort((a, b) => a.version - b.version);
    expect(byVersion.map((row) => (row.fields.content as { text: string }).text)).toEqual(['1', '2', '3']);
    expect(await phone.store.outbox.count()).toBe(0);
  });

  test('everything unsent goes as parcels too, and is refused where a header was altered', async () => {
    const phone = await deviceOf(server, 'ana');
    await write(phone, 'one');
    await write(phone, 'two');
    phone.lock();
    const medium = mediumOf(phone);
    const { outbox = [] } = await medium.raw(phone.membership.id);
    const [first] = outbox as { n: number; header: { mid: string }; mid: string }[];
    const other = newId();
    await medium.tamper(phone.membership.id, 'outbox', [
      { ...must(first, 'an entry'), mid: other, header: { ...first?.header, mid: other } },
    ]);
    expect(await phone.sendLocked()).toBe(1);
    const answers = phone.wire.crossed.find(({ path }) => path.endsWith('/parcels'))?.answer;
    expect(JSON.parse(answers ?? '')).toMatchObject({
      results: [
        { n: 1, result: 'refused', code: 'parcel-unreadable' },
        { n: 2, result: 'applied' },
      ],
    });
  });

  test('a parcel of another member, device or number is refused', async () => {
    const phone = await deviceOf(server, 'ana');
    await write(phone, 'one');
    const [entry] = await phone.unsent();
    const { header, parcel } = must(entry, 'an entry');
    const sealed = Buffer.from(parcel).toString('base64url');
    const changes = [{ user: server.clinic.people.ben.member }, { device: newId() }, { mid: newId() }];
    for (const change of changes) {
      const { device } = header;
      const body = JSON.stringify({
        membership: header.user,
        device,
        parcels: [{ header: { ...header, ...change }, sealed }],
      });
      const fresh = await deviceOf(server, 'ana');
      const used = body.replaceAll(device, (await fresh.state()).device);
      const answer = await fresh.wire.send('/sync/willow/parcels', { method: 'POST', body: used });
      expect(await answer.json()).toMatchObject({ results: [{ result: 'refused', code: 'parcel-unreadable' }] });
    }
    const laptop = await deviceOf(server, 'ana');
    await laptop.exchange();
    expect(await entriesOn(laptop)).toEqual([]);
  });
});

describe('an unsent act that its author gives up', () => {
  test('goes from the screen, is never sent, and leaves no gap', async () => {
    const phone = await deviceOf(server, 'ana');
    await write(phone, 'kept');
    await write(phone, MARKER);
    await write(phone, 'also kept');
    const [, middle] = await phone.unsent();
    await phone.discard(must(middle, 'an entry').n);
    expect(await entriesOn(phone)).toEqual(['also kept', 'kept']);
    await phone.exchange();
    expect(await entriesOn(phone)).toEqual(['also kept', 'kept']);
    expect(await phone.store.outbox.count()).toBe(0);
    expect(await phone.rejections()).toEqual([]);
    expect(phone.wire.crossed.map(({ body }) => body).join()).toContain('also kept');
    expect(JSON.stringify(phone.wire.crossed)).not.toContain(MARKER);
  });

  test('takes what was built on it along', async () => {
    const phone = await deviceOf(server, 'ana');
    const entry = await write(phone, 'given up');
    await phone.act('journal.reviseEntry', onEntry(server, 'ana', entry, { content: { text: 'reworded' } }));
    await phone.discard(1);
    expect(await entriesOn(phone)).toEqual([]);
    expect(await phone.rows('journalRevision')).toEqual([]);
    await phone.exchange();
    expect(await phone.rejections()).toMatchObject([{ code: 'not-there', mutation: { name: 'journal.reviseEntry' } }]);
  });
});

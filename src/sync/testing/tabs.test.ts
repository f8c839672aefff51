// Two tabs on one store, spaces that come and go while others are filled, and rows that a device has lost without a word.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import type { Space } from '../core/record.ts';
import { boardDeviceOf, exchangeAll, startBoardServer } from './cards.ts';
import type { Device } from './devices.ts';
import { ADD_ENTRY, entriesOn, entryOf, onEntry } from './people.ts';

const DAY_MS = 24 * 60 * 60_000;

let server: Awaited<ReturnType<typeof startBoardServer>>;
let clock: number;
beforeEach(async () => {
  server = await startBoardServer();
  clock = Date.UTC(2026, 0, 5, 9);
});
afterEach(() => expect(server.bugs).toEqual([]));

const now = () => new Date(clock);
const write = (device: Device, text: string, name: 'ana' | 'ben' = 'ana') =>
  device.act(ADD_ENTRY, entryOf(server, name, text));
const chartOf = (name: 'ana' | 'ben'): Space => `chart:${server.clinic.people[name].client}`;

interface Asked {
  readonly fill: { readonly spaces: readonly Space[] } | null;
  readonly check?: { readonly space: Space };
}

/** The pulls that have crossed since `from`. */
function pullsOf(device: Device, from = 0): Asked[] {
  const pulls = device.wire.crossed.slice(from).filter(({ path }) => path.endsWith('/pull'));
  return pulls.map(({ body }) => JSON.parse(body) as Asked);
}

describe('two tabs whose pages cross', () => {
  test('lead nothing back: the older page is dropped, and each shows what the newer brought', async () => {
    const [phone, desktop] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'lee')];
    await write(phone, 'one');
    await exchangeAll(phone, desktop);
    const other = await desktop.otherTab();
    await write(phone, 'two');
    await phone.exchange();
    desktop.wire.faults.push('held');
    const late = desktop.pull();
    await expect.poll(() => desktop.wire.held).toBe(1);
    await write(phone, 'three');
    await phone.exchange();
    await other.pull();
    const { cursor } = await other.state();
    desktop.wire.release();
    await late;
    expect((await desktop.state()).cursor).toBe(cursor);
    for (const tab of [desktop, other]) expect(await entriesOn(tab)).toEqual(['one', 'three', 'two']);
  });

  test('send what is unsent once, and keep nothing in the queue', async () => {
    const [phone, desktop] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'lee')];
    await phone.exchange();
    const other = await phone.otherTab();
    await write(phone, 'of one tab');
    await write(other, 'of the other');
    await Promise.all([phone.exchange(), other.exchange()]);
    await desktop.exchange();
    for (const device of [phone, other, desktop]) {
      expect(await entriesOn(device)).toEqual(['of one tab', 'of the other']);
      expect(await device.rejections()).toEqual([]);
    }
    expect(await phone.store.outbox.count()).toBe(0);
  });
});

describe('a space that is gained while another is still filling', () => {
  async function halfFilled() {
    const [ana, ben] = [await boardDeviceOf(server, 'ana'), await boardDeviceOf(server, 'ben')];
    for (let i = 0; i < 1010; i++) await write(ana, `Ana ${i}`);
    await write(ben, 'Ben', 'ben');
    await exchangeAll(ana, ben);
    const desktop = await boardDeviceOf(server, 'lee');
    desktop.wire.faults.push('none', 'none', 'lose-request');
    await desktop.pull().catch(() => undefined);
    expect((await desktop.state()).fills).toHaveLength(1);
    await server.clinic.setCare('lee', 'ben', true);
    return desktop;
  }

  test('is filled first, and the other goes on where it was', async () => {
    const desktop = await halfFilled();
    const from = desktop.wire.crossed.length;
    await desktop.exchange();
    expect(await entriesOn(desktop)).toHaveLength(1011);
    const fills = pullsOf(desktop, from).flatMap(({ fill }) =>
      fill === null ? [] : [fill.spaces.includes(chartOf('ben'))],
    );
    expect(fills).toEqual([false, true, false]);
    expect((await desktop.state()).fills).toEqual([]);
  });

  test('leaves nothing of the other where that is lost meanwhile', async () => {
    const desktop = await halfFilled();
    desktop.wire.faults.push('none', 'lose-request');
    await desktop.pull().catch(() => undefined);
    expect((await desktop.state()).fills).toHaveLength(2);
    await server.clinic.setCare('lee', 'ana', false);
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual(['Ben']);
    expect((await desktop.state()).fills).toEqual([]);
    expect(await desktop.opened()).not.toContain('Ana 1');
  });
});

describe('a row that a device has lost without a word', () => {
  /** Two devices of Dr. Lee's that have compared every space today, and one entry of each client. */
  async function compared() {
    const [ana, ben] = [await boardDeviceOf(server, 'ana', now), await boardDeviceOf(server, 'ben', now)];
    const [desktop, tablet] = [await boardDeviceOf(server, 'lee', now), await boardDeviceOf(server, 'lee', now)];
    await server.clinic.setCare('lee', 'ben', true);
    await write(ana, 'of Ana');
    const entry = entryOf(server, 'ben', 'of Ben');
    await ben.act(ADD_ENTRY, entry);
    await exchangeAll(ana, ben);
    for (let i = 0; i < 12; i++) await exchangeAll(desktop, tablet);
    return { desktop, tablet, entry };
  }

  async function lose(device: Device, text: string): Promise<void> {
    const row = (await device.rows('journalEntry')).find(({ fields }) => JSON.stringify(fields).includes(text));
    await device.store.rows.delete([`journalEntry/${must(row, 'the row').id}`]);
  }

  test('is found by the daily comparison, and only that space is fetched again', async () => {
    const { desktop, tablet } = await compared();
    await lose(desktop, 'of Ana');
    const [from, beside] = [desktop.wire.crossed.length, tablet.wire.crossed.length];
    await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual(['of Ben']);
    clock += DAY_MS + 1;
    for (let i = 0; i < 12; i++) await exchangeAll(desktop, tablet);
    expect(await entriesOn(desktop)).toEqual(['of Ana', 'of Ben']);
    const fills = pullsOf(desktop, from).flatMap(({ fill }) => (fill === null ? [] : [fill.spaces]));
    expect(fills).toEqual([[chartOf('ana')]]);
    expect(pullsOf(tablet, beside).filter(({ fill }) => fill !== null)).toEqual([]);
  });

  test('is still due where somebody was writing while the server compared', async () => {
    const { desktop, entry } = await compared();
    await lose(desktop, 'of Ana');
    // Hers is the one whose turn it is.
    const { [chartOf('ana')]: _, ...others } = (await desktop.state()).checked;
    await desktop.store.putState({ ...(await desktop.state()), checked: others });
    desktop.wire.faults.push('none', 'held');
    const pulling = desktop.pull();
    await expect.poll(() => desktop.wire.held).toBe(1);
    expect(pullsOf(desktop).at(-1)?.check?.space).toBe(chartOf('ana'));
    await desktop.act('journal.addComment', onEntry(server, 'lee', entry, { body: 'meanwhile' }));
    desktop.wire.release();
    await pulling;
    for (let i = 0; i < 12; i++) await desktop.exchange();
    expect(await entriesOn(desktop)).toEqual(['of Ana', 'of Ben']);
  });
});

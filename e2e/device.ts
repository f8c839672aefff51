// A device: a browser profile on disk with a network of its own. Every device uses the one address, whatever the port of the
// server, since host rules lead each browser through its own proxy: `localhost` stays a secure origin and the Origin rule holds as
// it is. Offline is the proxy cutting everything, below service workers and sockets, and besides what a system tells its browser.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../.ci/browser.ts';
import { isAlive } from '../server/testing/processes.ts';
import { FaultProxy } from '../server/testing/fault-proxy.ts';
import { Traffic } from './traffic.ts';

/** For a folder of hundreds of files: Node's own copy costs ten times as much. */
const run = promisify(execFile);

export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1280, height: 800 };

const FAKE_MICROPHONE = '--use-fake-device-for-media-stream';
const MICROPHONE = {
  beeps: [FAKE_MICROPHONE, '--use-fake-ui-for-media-stream'],
  denied: [FAKE_MICROPHONE, '--deny-permission-prompts'],
} as const;

/** Where the app is for every browser. */
export const ORIGIN = 'http://localhost:4173';
/** The variable that names the profile of a browser that has been to the app. */
export const VISITED = 'VISITED_PROFILE';

export interface DeviceOptions {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
  /** One that beeps, and that may be used without asking; none where it may not be used. Without this, nobody is asked. */
  readonly microphone?: 'beeps' | 'denied';
  /** A browser that shows notices. */
  readonly showsNotices?: boolean;
  /** Its browser has never been to the app. */
  readonly isNew?: boolean;
  /** The profile of a closed browser that it begins with. */
  readonly profile?: string | undefined;
}

export class Device {
  readonly origin = ORIGIN;
  readonly profile: string;
  readonly proxy: FaultProxy;
  readonly traffic = new Traffic();
  readonly #options: DeviceOptions;
  readonly #serverPort: number;
  #context: BrowserContext | null = null;
  #page: Page | null = null;
  #isOffline = false;

  /**
   * A device that nobody has signed in on, its browser open on an empty page. It has the app, as anybody's who has once seen its first
   * screen, where such a profile lies ready: fetching all of it takes a third of what beginning with a device costs.
   */
  static async take(serverPort: number, options: DeviceOptions): Promise<Device> {
    const visited = options.isNew ? undefined : process.env[VISITED];
    const profile = await newProfile(options.profile ?? visited);
    const device = new Device({ serverPort, profile, proxy: await FaultProxy.to(serverPort), options });
    await device.open();
    return device;
  }

  /** Another device with all that this one, which is closed, holds: its profile is copied. It has a network if this one has. */
  async copy(): Promise<Device> {
    if (this.#context !== null) throw new Error('the browser of this device is open');
    const serverPort = this.#serverPort;
    const profile = await newProfile(this.profile);
    const proxy = await FaultProxy.to(serverPort);
    const device = new Device({ serverPort, profile, proxy, options: this.#options });
    device.#isOffline = this.#isOffline;
    if (this.#isOffline) proxy.cut();
    await device.open();
    return device;
  }

  private constructor(given: { serverPort: number; profile: string; proxy: FaultProxy; options: DeviceOptions }) {
    this.#serverPort = given.serverPort;
    this.profile = given.profile;
    this.proxy = given.proxy;
    this.#options = given.options;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('the browser of this device is closed');
    return this.#page;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** Opens the browser, with the network as it is. */
  async open(): Promise<void> {
    const rule = `MAP ${new URL(this.origin).host} 127.0.0.1:${this.proxy.port}`;
    const { microphone, showsNotices = false, isNew: _, profile: __, ...options } = this.#options;
    const context = await chromium.launchPersistentContext(this.profile, {
      ...options,
      offline: this.#isOffline,
      acceptDownloads: true,
      args: [...CHROMIUM_FLAGS, ...(microphone ? MICROPHONE[microphone] : []), `--host-resolver-rules=${rule}`],
      executablePath: findChromium({ whole: showsNotices }) ?? chromium.executablePath(),
    });
    this.#context = context;
    this.traffic.watch(context);
    this.#page = context.pages()[0] ?? (await context.newPage());
  }

  /** Goes to an address of the app. */
  async visit(path: string): Promise<void> {
    await this.page.goto(this.origin + path);
  }

  /** Another tab, which takes the first one's place here. */
  async newTab(): Promise<Page> {
    this.#page = await this.context.newPage();
    return this.#page;
  }

  /** The network is gone, and the system says so. */
  async goOffline(): Promise<void> {
    this.#isOffline = true;
    this.proxy.cut();
    await this.context.setOffline(true);
  }

  async goOnline(): Promise<void> {
    this.#isOffline = false;
    this.proxy.restore();
    await this.#context?.setOffline(false);
  }

  /** The person closes the browser. */
  async close(): Promise<void> {
    await this.traffic.settled();
    await this.#context?.close();
    this.#context = null;
    this.#page = null;
  }

  /** Closes and opens it at once: a browser writes what is new among its cookies when it closes, or half a minute later. */
  async restart(): Promise<void> {
    await this.close();
    await this.open();
  }

  /** The browser is killed: nothing more is written. */
  async kill(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.context.once('close', () => resolve()));
    const pids = await browserProcesses(this.profile);
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went with its parent.
      }
    }
    await closed;
    while (pids.some(isAlive)) await new Promise((resolve) => setImmediate(resolve));
    this.#context = null;
    this.#page = null;
  }

  /** A passkey reader in the page that is open now. */
  async plugInAuthenticator(): Promise<CDPSession> {
    const cdp = await this.context.newCDPSession(this.page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
        automaticPresenceSimulation: true,
      },
    });
    return cdp;
  }

  async remove(): Promise<void> {
    if (this.#context !== null) await this.close();
    await this.proxy.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A new folder with what a profile holds whose browser is closed, or with nothing. */
async function newProfile(like?: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'interlude-device-'));
  if (like !== undefined) await run('cp', ['-a', `${like}/.`, profile]);
  return profile;
}

/** The browser of this profile and everything below it. */
async function browserProcesses(profile: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(readStat));
  const parentOf = new Map(stats.flatMap((stat) => (stat === null ? [] : [[stat.pid, stat.parent] as const])));
  const roots = new Set<number>();
  for (const pid of parentOf.keys()) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`--user-data-dir=${profile}`)) roots.add(pid);
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (roots.has(pid) || isBelow(parentOf.get(pid)));
  return [...parentOf.keys()].filter(isBelow);
}

async function readStat(pid: number): Promise<{ pid: number; parent: number } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const parent = /\) \S (\d+)/.exec(stat)?.[1];
  return parent === undefined ? null : { pid, parent: Number(parent) };
}

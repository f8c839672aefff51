// A phone on a slow line: a browser with a profile of its own that reaches the server through `SlowNetwork`, its page slowed
// down. The server keeps its own address, so `localhost` stays a secure origin.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { BrowserContext, Page } from 'playwright';
import { CHROMIUM_FLAGS, provideChromium } from '../../.ci/browser.ts';
import { takeMarks } from './page-marks.ts';
import { SlowNetwork } from './slow-network.ts';

const SCREEN = { width: 360, height: 740 };

export class Phone {
  readonly network: SlowNetwork;
  readonly #profile: string;
  readonly #origin: URL;
  readonly #slowdown: number;
  #context: BrowserContext | null = null;

  /** A new phone, its browser closed. `slowdown` is of the page's own thread; the browser slows no worker. */
  static async take(serverPort: number, { slowdown }: { slowdown: number }): Promise<Phone> {
    const profile = await mkdtemp(join(tmpdir(), 'interlude-phone-'));
    return new Phone({ profile, serverPort, slowdown, network: await SlowNetwork.to(serverPort) });
  }

  private constructor(given: { profile: string; serverPort: number; slowdown: number; network: SlowNetwork }) {
    this.network = given.network;
    this.#profile = given.profile;
    this.#origin = new URL(`http://localhost:${given.serverPort}`);
    this.#slowdown = given.slowdown;
  }

  /** Opens the browser, with nothing in it yet. */
  async open(): Promise<Page> {
    const context = await chromium.launchPersistentContext(this.#profile, {
      viewport: SCREEN,
      args: [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP ${this.#origin.host} 127.0.0.1:${this.network.port}`],
      executablePath: provideChromium(),
    });
    this.#context = context;
    await takeMarks(context);
    const page = context.pages()[0] ?? (await context.newPage());
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: this.#slowdown });
    return page;
  }

  /** Goes to an address of the app and does not wait for it. */
  async visit(page: Page, path: string): Promise<void> {
    await page.goto(new URL(path, this.#origin).href, { waitUntil: 'commit' });
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  async remove(): Promise<void> {
    await this.close();
    await this.network.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

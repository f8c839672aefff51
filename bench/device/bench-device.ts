// A browser with a profile of its own, on the page of the measurements, its line metered. What it keeps stays when it is
// closed and opened again, as on a phone.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { BrowserContext, CDPSession, Page, Response } from 'playwright';
import { CHROMIUM_FLAGS, provideChromium } from '../../.ci/browser.ts';
import { must } from '../../src/base/must.ts';
import { LineMeter } from './line-meter.ts';
import type { BenchPage } from './page.ts';

type Call = keyof BenchPage;

/** A request and its answer. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly answerHeaders: Record<string, string>;
  readonly answer: Buffer;
}

export class BenchDevice {
  readonly meter: LineMeter;
  readonly #profile: string;
  readonly #port: number;
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  /** A new device, its page open, on the server at this port. */
  static async take(port: number): Promise<BenchDevice> {
    const profile = await mkdtemp(join(tmpdir(), 'interlude-bench-device-'));
    const device = new BenchDevice({ profile, port, meter: await LineMeter.to(port) });
    await device.open();
    return device;
  }

  private constructor({ profile, port, meter }: { profile: string; port: number; meter: LineMeter }) {
    this.meter = meter;
    this.#profile = profile;
    this.#port = port;
  }

  async open(): Promise<void> {
    const args = [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP localhost:${this.#port} 127.0.0.1:${this.meter.port}`];
    const executablePath = provideChromium();
    this.#context = await chromium.launchPersistentContext(this.#profile, { args, executablePath });
    this.#page = this.#context.pages()[0] ?? (await this.#context.newPage());
    await this.#page.goto(`http://localhost:${this.#port}/`);
    await this.#page.waitForFunction(() => window.benchPage !== undefined);
  }

  /** Calls the page by name. */
  call<Name extends Call>(
    name: Name,
    ...given: Parameters<BenchPage[Name]>
  ): Promise<Awaited<ReturnType<BenchPage[Name]>>> {
    const page = must(this.#page, 'an open page');
    type Asked = { called: Name; argument: Parameters<BenchPage[Name]>[0] };
    const asked: Asked = { called: name, argument: given[0] };
    return page.evaluate(({ called, argument }) => {
      const ask = window.benchPage?.[called] as ((argument: unknown) => Promise<never>) | undefined;
      if (ask === undefined) throw new Error(`the page knows no ${String(called)}`);
      return ask(argument);
    }, asked as never);
  }

  /** From now on the page's own thread is so many times slower. */
  async slowDown(rate: number): Promise<void> {
    const cdp = await this.cdp();
    await cdp.send('Emulation.setCPUThrottlingRate', { rate });
  }

  async goOffline(isOffline: boolean): Promise<void> {
    await must(this.#context, 'an open browser').setOffline(isOffline);
  }

  /** Keeps every request from now on; the returned function gives them, with their answers, and stops. */
  async listen(): Promise<() => Promise<Heard[]>> {
    const page = must(this.#page, 'an open page');
    const heard: Promise<Heard>[] = [];
    const hear = (response: Response) => void heard.push(heardOf(response));
    page.on('response', hear);
    return async () => {
      page.off('response', hear);
      return Promise.all(heard);
    };
  }

  cdp(): Promise<CDPSession> {
    return must(this.#context, 'an open browser').newCDPSession(must(this.#page, 'an open page'));
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = this.#page = null;
  }

  async remove(): Promise<void> {
    await this.close();
    await this.meter.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function heardOf(response: Response): Promise<Heard> {
  const request = response.request();
  return {
    method: request.method(),
    path: new URL(request.url()).pathname,
    headers: await request.allHeaders(),
    body: request.postData() ?? '',
    answerHeaders: await response.allHeaders(),
    answer: await response.body(),
  };
}

// Everything that a device sends, gets and says: addresses, bodies as the page reads them, socket frames, console, bugs.

import { gunzipSync } from 'node:zlib';
import type { BrowserContext, Page, Request } from '@playwright/test';

export class Traffic {
  /** Addresses of all requests and pages. */
  readonly addresses: string[] = [];
  readonly sent: string[] = [];
  readonly got: string[] = [];
  readonly consoleLines: string[] = [];
  /** Errors that nobody caught. */
  readonly bugs: string[] = [];
  /** Answers of the server whose body could not be kept; a check of what came must find none. */
  readonly unread: string[] = [];
  readonly #reading = new Set<Promise<void>>();

  watch(context: BrowserContext): void {
    context.on('request', (request) => {
      this.addresses.push(request.url());
      this.sent.push(bodyText(request.postDataBuffer()));
    });
    // Not at 'response': a body whose end a dead network swallows never comes.
    context.on('requestfinished', (request) => this.#keep(request));
    context.on('console', (message) => this.consoleLines.push(message.text()));
    context.on('weberror', (error) => this.bugs.push(error.error().stack ?? String(error.error())));
    context.on('page', (page) => this.#watchPage(page));
    for (const page of context.pages()) this.#watchPage(page);
  }

  /** Resolves when all answers so far have been read. */
  async settled(): Promise<void> {
    while (this.#reading.size > 0) await Promise.all(this.#reading);
  }

  #watchPage(page: Page): void {
    page.on('framenavigated', (frame) => this.addresses.push(frame.url()));
    page.on('websocket', (socket) => {
      this.addresses.push(socket.url());
      socket.on('framesent', ({ payload }) => this.sent.push(payload.toString()));
      socket.on('framereceived', ({ payload }) => this.got.push(payload.toString()));
    });
  }

  #keep(request: Request): void {
    // The app's own files are the same for everybody, and their bodies many.
    if (new URL(request.url()).pathname.startsWith('/assets/')) return;
    const reading = this.#read(request).finally(() => this.#reading.delete(reading));
    this.#reading.add(reading);
  }

  async #read(request: Request): Promise<void> {
    try {
      const response = await request.response();
      if (response !== null) this.got.push((await response.body()).toString('utf8'));
    } catch {
      // The page went while its answer came.
      if (/\/(sync|api)\//.test(request.url())) this.unread.push(request.url());
    }
  }
}

function bodyText(body: Buffer | null): string {
  if (body === null) return '';
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  return (isGzip ? gunzipSync(body) : body).toString('utf8');
}

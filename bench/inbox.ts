// A caseload of 100,000 entries, all but a few hundred of them seen, on a laptop whose page is 4 times slower: how long its
// Inbox takes from the derived key to the list, what the look through all that lies below holds up, how fast a key answers, and
// how even the frames are while one scrolls. There is no reference. `ROWS=10000` is for a quick look.

import { CLIENT_FOLDER } from '../server/ops/client-build.ts';
import { builtApp } from '../server/testing/built-app.ts';
import { BenchServer } from './ground/bench-server.ts';
import { median, ms, percentile, printTable, ROUNDS, seconds } from './ground/figures.ts';
import { Laptop, scrollFrames, stepKeys } from './ground/laptop.ts';

const ROWS = Number(process.env['ROWS'] ?? 100_000);
const UNSEEN_EACH = 150;
const STEP = 250;
const SLOWDOWN = 4;
const LOOK_MS = 20_000;
const PULL_LIMIT_MS = 20 * 60_000;
const KEYS = 10;

interface Round {
  readonly list: number;
  readonly blocks: readonly number[];
  readonly step: number;
  readonly seen: number;
  readonly frames: readonly number[];
}

await builtApp();
const server = await BenchServer.open({ app: CLIENT_FOLDER });
const laptop = await Laptop.take(server.port);
try {
  await fillBoth(ROWS / 2);
  const rows = ROWS * 2 - UNSEEN_EACH * 2;
  await laptop.pull({ email: 'dr.lee@demo.test', home: /inbox$/, rows, limitMs: PULL_LIMIT_MS });
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) rounds.push(await measured());
  const of = (figure: (one: Round) => number) => median(rounds.map(figure));
  const longest = (blocks: readonly number[]) => Math.max(0, ...blocks);
  printTable(`Inbox over ${ROWS} entries, page ${SLOWDOWN}x slower`, [
    { what: 'key derived to the list', figure: seconds(of(({ list }) => list)) },
    {
      what: `longest block of the page's thread in ${seconds(LOOK_MS)} after it`,
      figure: ms(of(({ blocks }) => longest(blocks))),
      more: `${of(({ blocks }) => blocks.length)} blocks over 50 ms`,
    },
    { what: 'j to the next frame, 95 of 100 within', figure: ms(of(({ step }) => step)) },
    { what: 'e to "Seen", 95 of 100 within', figure: ms(of(({ seen }) => seen)) },
    {
      what: 'frame while scrolling, 95 of 100 within',
      figure: ms(of(({ frames }) => percentile(frames, 95))),
      more: `median ${ms(of(({ frames }) => median(frames)))}, longest ${ms(of(({ frames }) => Math.max(...frames)))}`,
    },
  ]);
} finally {
  await server.remove();
  await laptop.remove();
}

/** Both charts side by side, as they are written: what is of one time lies together. */
async function fillBoth(each: number): Promise<void> {
  for (let first = 0; first < each; first += STEP) {
    const unseen = Math.min(STEP, Math.max(0, UNSEEN_EACH - (each - first - STEP)));
    for (const key of ['ana', 'ben']) await server.fillChart(key, STEP, { reader: 'lee', unseen, first });
  }
}

function measured(): Promise<Round> {
  const opening = { path: '/inbox', row: '[data-entry]', slowdown: SLOWDOWN, lookMs: LOOK_MS, from: 'list' } as const;
  return laptop.opened(opening, async (page, { list, blocks }) => {
    const step = await page.evaluate(stepKeys, KEYS);
    const seen = await page.evaluate(seenKeys, KEYS);
    const frames = await page.evaluate(scrollFrames, 200);
    const round = { list, blocks, step: percentile(step, 95), seen: percentile(seen, 95), frames };
    process.stdout.write(`list ${seconds(list)}, j ${ms(round.step)}, e ${ms(round.seen)}\n`);
    return round;
  });
}

// What follows is self-contained: its text is what reaches the page.

/** Marks entries one by one, from the top; until each says that it was seen. */
async function seenKeys(count: number): Promise<number[]> {
  const taken: number[] = [];
  const items = [...document.querySelectorAll<HTMLElement>('[data-entry]')].slice(0, count);
  for (const item of items) {
    item.focus();
    const startedAt = performance.now();
    item.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', code: 'KeyE', bubbles: true, cancelable: true }));
    while (item.textContent.includes('Unseen')) await new Promise((resolve) => requestAnimationFrame(resolve));
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

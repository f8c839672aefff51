import { expect, it } from 'vitest';
import { createLog } from './log.ts';
import type { Log, LogLevel } from './log.ts';

const ID = '0190f3a0-7b1c-7c3e-9d2a-1a2b3c4d5e6f';
const CANARY = 'zebra-canary anorexia 61.5';

function logging(work: (log: Log) => void, least: LogLevel = 'info'): Record<string, unknown>[] {
  const lines: string[] = [];
  work(createLog({ least, write: (line) => lines.push(line) }));
  return lines.map((line) => {
    expect(line.endsWith('\n')).toBe(true);
    return JSON.parse(line) as Record<string, unknown>;
  });
}

it('writes one line of JSON with what is on the list', () => {
  const event = { code: 'request', method: 'POST', route: '/sync/:practice/push', status: 200, ms: 4, practice: ID };
  const [line] = logging((log) => log.info(event));
  expect(line).toMatchObject({ level: 'info', ...event });
  expect(Object.keys(line ?? {})).toEqual(['at', 'level', ...Object.keys(event)]);
});

const STRAY: Record<string, unknown>[] = [
  { body: CANARY },
  { message: 'short' },
  { constructor: 'x' },
  { practice: 'harbor-care' },
  { user: 'ana@demo.test' },
  { route: '/p/Jane Doe' },
  { route: `/clients/${ID}` },
  { route: '/api/me?name=ana' },
  { method: CANARY },
  { status: '200' },
  { ms: Number.NaN },
  { fault: CANARY },
  { count: { text: CANARY } },
  { reason: ['a'] },
];

it.each(STRAY)('drops %j', (extra) => {
  const [line] = logging((log) => log.warn({ code: 'x', ...extra }));
  expect(Object.keys(line ?? {})).toEqual(['at', 'level', 'code']);
});

it('tells of an error its name, code and places, never its message', () => {
  const error = Object.assign(
    new TypeError(`bad ${CANARY}\n    at ${CANARY} (server/chart.ts:1:1)\n    at x (${import.meta.filename}:9:9)`),
    {
      code: '23505',
      detail: CANARY,
    },
  );
  const [line] = logging((log) => log.error({ code: 'request-failed' }, error));
  expect(line).toMatchObject({ level: 'error', code: 'request-failed', error: 'TypeError', fault: '23505' });
  const places = line?.['places'] as string[];
  expect(places[0]).toMatch(/^server\/log\.test\.ts:\d+$/);
  expect(places).not.toContain('server/log.test.ts:9');
  expect(JSON.stringify(line)).not.toMatch(/zebra|anorexia|chart/);
});

it('says nothing of what was thrown when it is no error', () => {
  const [line] = logging((log) => log.error({ code: 'uncaught' }, CANARY));
  expect(line).toMatchObject({ error: 'string' });
  expect(JSON.stringify(line)).not.toContain('zebra');
});

it('keeps silent below its level', () => {
  const lines = logging((log) => (log.info({ code: 'a' }), log.warn({ code: 'b' }), log.error({ code: 'c' })), 'warn');
  expect(lines.map((line) => line['code'])).toEqual(['b', 'c']);
});

// The server's log: one line of JSON per event. Only the keys listed here pass, and only with values of their form; all
// else is dropped, so that no health data, address or secret can slip in by a careless call. An error gives its name,
// its short code and the places in our code, never its message, which may quote data.

export type LogLevel = 'info' | 'warn' | 'error';

/** Whatever does not stand in the list of keys is dropped without a word. */
export interface LogEvent {
  readonly code: string;
  readonly [key: string]: unknown;
}

export interface Log {
  info(event: LogEvent): void;
  warn(event: LogEvent): void;
  /** `error` is described by name, code and places only. */
  error(event: LogEvent, error?: unknown): void;
}

const LEVELS: readonly LogLevel[] = ['info', 'warn', 'error'];
const FRAMES = 8;
const ROOT = new URL('..', import.meta.url).pathname;

const shortCode = (value: unknown) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,47}$/.test(value);
const number = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const either = (value: unknown) => number(value) || shortCode(value);
const id = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
// A pattern names its parts (`:practice`); an address with an id, a name or a query in it is not one.
const route = (value: unknown) =>
  typeof value === 'string' && value.length <= 120 && /^(?:\/(?::?[a-z][A-Za-z-]*(?:\.json)?|\*)?)+$/.test(value);

const KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  code: shortCode,
  method: (value) => typeof value === 'string' && /^[A-Z]{3,7}$/.test(value),
  route,
  status: number,
  ms: number,
  bytes: number,
  count: number,
  attempt: number,
  version: number,
  pid: number,
  port: number,
  signal: shortCode,
  exit: either,
  fault: shortCode,
  reason: shortCode,
  migration: shortCode,
  mutator: (value) => typeof value === 'string' && /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(value),
  practice: id,
  member: id,
  user: id,
  device: id,
  session: id,
  document: id,
};

/** A log that writes events of at least this level, each as one line given to `write` (default: standard output). */
export function createLog({
  least = 'info',
  write = toStdout,
}: { least?: LogLevel; write?: (line: string) => void } = {}): Log {
  const put = (level: LogLevel, event: LogEvent, error?: unknown) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const described = error === undefined ? {} : describe(error);
    write(`${JSON.stringify({ at: new Date().toISOString(), level, ...allowed(event), ...described })}\n`);
  };
  return {
    info: (event) => put('info', event),
    warn: (event) => put('warn', event),
    error: (event, error) => put('error', event, error),
  };
}

/** An error's name, short code and the places it came through, without its message. */
export function describe(error: unknown): { error: string; fault?: string; places?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const fault = (error as { code?: unknown }).code;
  return {
    error: shortCode(error.name) ? error.name : 'Error',
    ...(typeof fault === 'string' && /^[A-Z0-9_]{3,40}$/.test(fault) && { fault }),
    places: placesOf(error),
  };
}

function allowed(event: LogEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event).filter(([key, value]) => Object.hasOwn(KEYS, key) && KEYS[key]?.(value) === true),
  );
}

function placesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  // The message stands first and may itself look like a frame.
  const frames = stack.slice(stack.indexOf(error.message) + error.message.length);
  const places = frames.matchAll(/^ {4}at (?:[^\n]*\()?(?:file:\/\/)?([^\s():]*):(\d+):\d+\)?$/gm);
  return [...places].flatMap(([, file = '', line]) => placeOf(file, line ?? '0')).slice(0, FRAMES);
}

function placeOf(file: string, line: string): string[] {
  if (!file.startsWith(ROOT)) return [];
  const place = file.slice(ROOT.length);
  return /^[\w@./+-]+\.[cm]?[jt]sx?$/.test(place) ? [`${place}:${line}`] : [];
}

function toStdout(line: string): void {
  process.stdout.write(line);
}

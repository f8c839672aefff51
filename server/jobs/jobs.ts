// What is done after a commit, by pg-boss on the server's own database: each job by one node at a time, again where a node was
// killed with it, later where it met weather. A job can be written in the transaction that made it necessary. Promises: the server
// starts and serves without it where the database is away, and an end waits for the job that is under way.

import { setMaxListeners } from 'node:events';
import PgBoss from 'pg-boss';
import { CompiledQuery, sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Database, PracticeTx } from '../store/database.ts';
import { JOBS_SCHEMA } from '../store/backup/stored-tables.ts';

/** Names of queues are in the database: they stay. */
const QUEUES = {
  /** One waits for a practice, however many ask. */
  look: { policy: 'short' },
  settle: { policy: 'short' },
  sweep: { policy: 'short' },
  files: { policy: 'short' },
  /** What a broadcast says; one waits for each. */
  say: { policy: 'short' },
  chains: { policy: 'short' },
  /** What follows from time alone; one waits for a practice. */
  clock: { policy: 'short' },
  /** The letter of an invitation. */
  invite: { retryLimit: 12, retryDelay: 30, retryBackoff: true },
  mail: { retryLimit: 12, retryDelay: 30, retryBackoff: true },
  push: { retryLimit: 6, retryDelay: 10, retryBackoff: true },
} as const satisfies Record<string, Partial<PgBoss.Queue>>;

export type JobName = keyof typeof QUEUES;

export interface JobData {
  readonly practice: string;
  readonly id?: string;
}

export interface Job {
  readonly name: JobName;
  readonly data: JobData | Record<string, never>;
  readonly startAfter?: Date;
  /** However often it is asked for in that time, and whatever has become of it, there is one. */
  readonly onceInSeconds?: number;
}

/** Writes a job in the caller's transaction, as the last thing in it: from here on it is behind no wall. */
export type SendJob = (tx: PracticeTx, job: Job) => Promise<void>;

/** `isLast`: it is not tried again. `signal`: the node is ending, and work in pieces begins no other; what is left is asked for again. */
export type Work = (data: JobData, about: { readonly isLast: boolean; readonly signal: AbortSignal }) => Promise<void>;

export interface JobParts {
  readonly database: Database;
  readonly log: Log;
  readonly work: Readonly<Record<JobName, Work>>;
  /** How long between two looks for jobs, in seconds; at least 0.5. */
  readonly pollSeconds?: number;
}

export interface Jobs {
  /** Sends a job now; nothing happens where jobs cannot be taken: a sweep finds what was missed. */
  send(job: Job): Promise<void>;
  readonly sendIn: SendJob;
  /** Starts working, in the background; the returned function ends it. */
  begin(): () => Promise<void>;
}

const SWEEP_S = 60;
/** A job that runs for longer was killed with its node. */
const EXPIRE_S = 120;
const MAINTAIN_S = 30;
const START_AGAIN_MS = 5000;
const END_MS = 4000;

export function createJobs(parts: JobParts): Jobs {
  const { database, log } = parts;
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    schema: JOBS_SCHEMA,
    expireInSeconds: EXPIRE_S,
    maintenanceIntervalSeconds: MAINTAIN_S,
    schedule: false,
    deleteAfterDays: 3,
  });
  boss.on('error', (error) => log.warn({ code: 'jobs-weather', fault: faultOf(error) }));
  let isOpen = false;
  const send = async (job: Job, options: PgBoss.SendOptions = {}) => {
    await boss.send(job.name, job.data, { ...optionsOf(job), ...options });
  };
  return {
    send: async (job) => {
      if (isOpen) await send(job).catch((error: unknown) => log.warn({ code: 'job-not-sent', fault: faultOf(error) }));
    },
    sendIn: async (tx, job) => {
      // The practices' role may not enter the jobs' schema.
      await sql`reset role`.execute(tx);
      await send(job, {
        db: { executeSql: async (text, values) => tx.executeQuery(CompiledQuery.raw(text, values)) } as PgBoss.Db,
      });
    },
    begin() {
      const ending = new AbortController();
      const { signal } = ending;
      // Each queue waits on it.
      setMaxListeners(Object.keys(QUEUES).length + 2, signal);
      const working = start(parts, boss, signal).then(async (open) => {
        isOpen = open;
        if (!open) return;
        const names = Object.keys(QUEUES) as JobName[];
        await Promise.all([
          askForSweeps(boss, log, signal),
          ...names.map((name) => take(parts, boss, { name, signal })),
        ]);
      });
      return async () => {
        ending.abort();
        const waited = new AbortController();
        // What is under way may still hand on what it leaves.
        await Promise.race([working, pause(END_MS, waited.signal)]);
        isOpen = false;
        // Else its timer would hold the process open for as long.
        waited.abort();
        await boss.stop({ graceful: true, timeout: END_MS, wait: true });
      };
    },
  };
}

function optionsOf({ data, startAfter, onceInSeconds }: Job): PgBoss.SendOptions {
  const key = [data.practice, data.id].filter((part) => part !== undefined).join(' ');
  const once = onceInSeconds !== undefined && { singletonSeconds: onceInSeconds };
  return { ...(key !== '' && { singletonKey: key }), ...(startAfter && { startAfter }), ...once };
}

/** Tries until it has started or is to end. Whether it has. */
async function start({ log }: JobParts, boss: PgBoss, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await boss.start();
      for (const [name, queue] of Object.entries(QUEUES)) await boss.createQueue(name, { name, ...queue });
      return true;
    } catch (error) {
      if (!signal.aborted) log.warn({ code: 'jobs-not-started', fault: faultOf(error) });
      await pause(START_AGAIN_MS, signal);
    }
  }
  return false;
}

/**
 * Takes a queue's jobs one by one until it is to end. In place of pg-boss's own loop, which does not wait for the note that a job
 * is done: where the database is away at that moment, that would end the process.
 */
async function take(parts: JobParts, boss: PgBoss, { name, signal }: { name: JobName; signal: AbortSignal }) {
  const { log, pollSeconds = 2 } = parts;
  while (!signal.aborted) {
    const job = await nextOf(boss, name, log);
    if (job === undefined) await pause(pollSeconds * 1000, signal);
    else await carryOut(parts, boss, { name, job, signal });
  }
}

/** Undefined where there is none, or it cannot be asked for now. */
async function nextOf(boss: PgBoss, name: JobName, log: Log): Promise<Taken['job'] | undefined> {
  try {
    return (await boss.fetch<JobData>(name, { includeMetadata: true, batchSize: 1 }))[0];
  } catch (error) {
    log.warn({ code: 'jobs-weather', fault: faultOf(error) });
    return undefined;
  }
}

type Taken = { readonly name: JobName; readonly job: PgBoss.JobWithMetadata<JobData>; readonly signal: AbortSignal };

/** What is not noted is done again when its time has run out: each piece of work bears that. */
async function carryOut({ work, log }: JobParts, boss: PgBoss, { name, job, signal }: Taken): Promise<void> {
  try {
    try {
      await work[name](job.data, { isLast: job.retryCount >= job.retryLimit, signal });
      await boss.complete(name, job.id);
    } catch (error) {
      log.warn({ code: 'job-failed', reason: name, attempt: job.retryCount, fault: faultOf(error) });
      // Only its name is kept: what a mail server or a push service says may quote an address.
      await boss.fail(name, job.id, { fault: faultOf(error) });
    }
  } catch (error) {
    log.warn({ code: 'jobs-weather', fault: faultOf(error) });
  }
}

/** Asks for a sweep at the start, and then every minute: for one, however many servers ask. */
async function askForSweeps(boss: PgBoss, log: Log, signal: AbortSignal): Promise<void> {
  for (let once = {}; !signal.aborted; once = { singletonSeconds: SWEEP_S }) {
    await boss
      .send('sweep', {}, once)
      .catch((error: unknown) => log.warn({ code: 'job-not-sent', fault: faultOf(error) }));
    await pause(SWEEP_S * 1000, signal);
  }
}

function faultOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

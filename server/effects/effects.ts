// What follows from a commit, outside of the rows: who is told, by mail and by push. Accepting says only that there is something
// new in a practice; all else is found from the rows themselves, so that nothing is lost where that word is.

import { sql } from 'kysely';
import type { NoticeRule } from '../../src/features/notification/schema.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { Viewers } from '../accept/viewer.ts';
import { createJobs } from '../jobs/jobs.ts';
import type { JobData, Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { Hand } from '../relay/hand.ts';
import type { Database } from '../store/database.ts';
import type { Shapes, Store } from '../store/store.ts';
import { automaticWork, lookForCauses } from './automatic/look.ts';
import { tellProgress } from './automatic/own-rows.ts';
import { saySome } from './automatic/say.ts';
import { practicesWithCover, settleCover } from './clock/cover.ts';
import type { ClockParts } from './clock/parts.ts';
import { settlePassedOn } from './clock/passed-on.ts';
import { practicesThatOwe, settleQueueAges } from './clock/queue-ages.ts';
import type { Passed } from './automatic/say.ts';
import { invitationsToSend, practicesThatInvite, sendInvitation } from './invitations.ts';
import type { InvitationParts } from './invitations.ts';
import type { ScheduledParts } from './scheduled/parts.ts';
import { practicesWithScheduled, sayScheduled } from './scheduled/go.ts';
import { planByRules } from './scheduled/rules.ts';
import { subjectFor } from './letter.ts';
import { sendLetter } from './mail.ts';
import type { Mailer } from './mailer.ts';
import { beginNotices, lookAtNews } from './news.ts';
import { sendPush } from './push/send-push.ts';
import type { PushWay } from './push/send-push.ts';
import { settleDue } from './settle.ts';

export interface EffectParts {
  readonly database: Database;
  readonly store: Store;
  readonly declared: Declarations;
  readonly shapes: Shapes;
  readonly rules: readonly NoticeRule[];
  readonly viewers: Viewers;
  readonly publicUrl: string;
  readonly mailer: Mailer;
  readonly push: PushWay;
  offUrlFor(practiceId: string, member: string): string;
  /** What the letter of an invitation opens with. */
  readonly secretOf: InvitationParts['secretOf'];
  /** Where there are files that nobody has looked at, and what looks at a practice's. */
  readonly files: {
    practices(): Promise<readonly string[]>;
    lookAt(practiceId: string, signal: AbortSignal): Promise<void>;
  };
  /** How the practice says something by itself, and who hears of what it has written. */
  readonly hand: Hand;
  readonly onRows: ClockParts['onRows'];
  /** Where there are documents whose logs are due to be checked, and what checks a practice's. */
  readonly chains: {
    practices(): Promise<readonly string[]>;
    check(practiceId: string, signal: AbortSignal): Promise<void>;
  };
  readonly log: Log;
  now(): Date;
  readonly pollSeconds?: number;
}

export interface Effects {
  /** To be called after a commit; does not wait for anything. */
  committed(practiceId: string): void;
  /** To be called where a file has arrived. */
  stored(practiceId: string): void;
  /** Starts working; the returned function ends it, once what is under way is done. */
  begin(): () => Promise<void>;
}

/** A burst of commits is one look. */
const BURST_MS = 500;
/** What is due sooner is not left to the sweep of each minute. */
const SOON_MS = 90_000;
/** A job is another node's when it has lasted too long. */
const SAY_MS = 45_000;
const LETTERS_KEPT_DAYS = 30;
/** A job is forgotten after half a day; until then it waits for the mail server by itself. */
const LETTER_ONCE_S = 12 * 3600;

export function createEffects(parts: EffectParts): Effects {
  const { database, log, now } = parts;
  const jobs: Jobs = createJobs({
    database,
    log,
    ...(parts.pollSeconds && { pollSeconds: parts.pollSeconds }),
    work: {
      look: async ({ practice }, { signal }) => {
        while (!signal.aborted && (await lookAtNews(parts, practice)));
        await sayAtOnce(practice, signal);
        if (!signal.aborted) await settleAll(practice);
        if (!signal.aborted) await byTheClock(practice);
        await askForLetters(practice);
      },
      settle: ({ practice }) => settleAll(practice),
      clock: ({ practice }) => byTheClock(practice),
      say: ({ practice, id = '' }, { signal }) => sayToMany(practice, id, signal),
      sweep: () => sweep(),
      files: ({ practice }, { signal }) => parts.files.lookAt(practice, signal),
      chains: ({ practice }, { signal }) => parts.chains.check(practice, signal),
      invite: (data, about) => sendInvitation(parts, named(data), about),
      mail: (data, about) => sendLetter(parts, named(data), about),
      push: (data, about) => sendPush({ ...parts.push, database, now }, named(data), about),
    },
  });
  const automatic: ScheduledParts = { ...parts, sendJob: jobs.sendIn };

  /** A job for each that waits, and no second: a letter that the mail server does not take now keeps nothing else waiting. */
  async function askForLetters(practice: string): Promise<void> {
    for (const id of await invitationsToSend(parts, practice))
      await jobs.send({ name: 'invite', data: { practice, id }, onceInSeconds: LETTER_ONCE_S });
  }

  /** Welcomes and answers; what goes to many has jobs of its own. */
  async function sayAtOnce(practice: string, signal: AbortSignal): Promise<void> {
    for (let isMore = true; isMore && !signal.aborted;) {
      const looked = await lookForCauses(automatic, practice);
      for (const broadcast of looked.broadcasts) await tellProgress(automatic, practice, broadcast);
      isMore = looked.isMore;
    }
    let after: Passed | null = null;
    do after = await saySome(automatic, practice, { broadcast: null, after });
    while (!signal.aborted && after !== null);
  }

  /** For a while, or until this node ends: what is left then is another job's. */
  async function sayToMany(practice: string, broadcast: string, signal: AbortSignal): Promise<void> {
    const until = performance.now() + SAY_MS;
    let after: Passed | null = null;
    let isMore = true;
    while (isMore && !signal.aborted && performance.now() < until) {
      after = await saySome(automatic, practice, { broadcast, after });
      isMore = after !== null;
      await tellProgress(automatic, practice, broadcast);
    }
    if (isMore) await jobs.send({ name: 'say', data: { practice, id: broadcast } });
  }

  /** What has become due by itself since the last look, and when that is next. */
  async function byTheClock(practice: string): Promise<void> {
    // Who stands in owes the answers, and who is left the rest.
    const begun = await settleCover(parts, practice);
    await settlePassedOn(parts, practice);
    await planByRules(parts, practice);
    const next = [begun, await sayScheduled(automatic, practice), await settleQueueAges(parts, practice)];
    const startAfter = next.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
    if (startAfter === undefined || startAfter.getTime() > now().getTime() + SOON_MS) return;
    await jobs.send({ name: 'clock', data: { practice }, startAfter });
  }

  const settling = { ...parts, subjectFor, sendJob: jobs.sendIn };

  async function settleAll(practice: string): Promise<void> {
    const next = await settleDue(settling, practice);
    if (next === null || next.getTime() > now().getTime() + SOON_MS) return;
    await jobs.send({ name: 'settle', data: { practice }, startAfter: next });
  }

  async function sweep(): Promise<void> {
    await beginNotices(database);
    const { rows } = await sql<{ id: string; behind: boolean; due: boolean }>`
      select p.id, p.version > c.through as behind,
        exists (select from notice_member m where m.practice_id = p.id and m.due_at <= ${now()}) as due
      from practice p join notice_cursor c on c.practice_id = p.id`.execute(database.db);
    for (const { id, behind, due } of rows) {
      if (behind) await jobs.send({ name: 'look', data: { practice: id } });
      else if (due) await jobs.send({ name: 'settle', data: { practice: id } });
    }
    const byClock = [
      ...(await practicesWithCover(database, now(), SOON_MS)),
      ...(await practicesWithScheduled(database, now(), SOON_MS)),
      ...(await practicesThatOwe(database)),
    ];
    for (const practice of await practicesThatInvite(database)) await askForLetters(practice);
    for (const practice of new Set(byClock)) await jobs.send({ name: 'clock', data: { practice } });
    for (const { practice, broadcast } of await automaticWork(database, now())) {
      if (broadcast === null) await jobs.send({ name: 'look', data: { practice } });
      else await jobs.send({ name: 'say', data: { practice, id: broadcast } });
    }
    for (const practice of await parts.files.practices()) await jobs.send({ name: 'files', data: { practice } });
    for (const practice of await parts.chains.practices()) await jobs.send({ name: 'chains', data: { practice } });
    await sql`delete from mail where at < ${now()}::timestamptz - make_interval(days => ${LETTERS_KEPT_DAYS})`.execute(
      database.db,
    );
  }

  const waiting = new Map<string, NodeJS.Timeout>();
  const soon = (name: 'look' | 'files', practice: string) => {
    const key = `${name} ${practice}`;
    if (waiting.has(key)) return;
    const send = () => {
      waiting.delete(key);
      void jobs.send({ name, data: { practice } });
    };
    waiting.set(key, setTimeout(send, BURST_MS).unref());
  };
  return {
    committed: (practice) => soon('look', practice),
    stored: (practice) => soon('files', practice),
    begin() {
      const end = jobs.begin();
      return async () => {
        for (const timer of waiting.values()) clearTimeout(timer);
        await end();
        parts.mailer.close();
      };
    },
  };
}

function named({ practice, id = '' }: JobData): { practice: string; id: string } {
  return { practice, id };
}

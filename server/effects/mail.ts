// Sends the letters that were written. A letter is held by its row's lock while it is on its way: no other node sends it, and the
// lock of a killed node goes with its connection. Between a mail server's "yes" and the note of it lies the one moment in which a
// kill sends it twice, then under the same Message-ID.

import { sql } from 'kysely';
import { takesLetters } from '../../src/base/sign-in-name.ts';
import { isWanted, NOTICES, NOTIFICATION } from '../../src/features/notification/schema.ts';
import type { NoticeKind, NotificationSettings } from '../../src/features/notification/schema.ts';
import { inPractice } from '../store/database.ts';
import type { Database, PracticeTx } from '../store/database.ts';
import { letterIn } from './letter.ts';
import type { Mailer } from './mailer.ts';
import { BUSY, isBusy } from './busy.ts';
import { userOfMember } from './news.ts';
import { isQuiet } from './quiet.ts';

export interface MailParts {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly publicUrl: string;
  /** Where a member turns all e-mail off. */
  offUrlFor(practiceId: string, member: string): string;
  now(): Date;
}

type Letter = { readonly member_id: string; readonly subject: string };

/** Sends one letter, if it still waits. Throws where it met weather and is to be tried again; `isLast` gives it up instead. */
export async function sendLetter(
  parts: MailParts,
  { practice, id }: { practice: string; id: string },
  { isLast }: { isLast: boolean },
): Promise<void> {
  const { database } = parts;
  const fault = await inPractice(database, practice, async (tx) => {
    const found = await sql<Letter>`select member_id, subject from mail
      where practice_id = ${practice} and id = ${id} and state = 'waiting' for update skip locked`.execute(tx);
    const letter = found.rows[0];
    if (letter === undefined) return (await isBusy(tx, 'mail', { practice, id })) ? { error: BUSY } : null;
    try {
      const { state, body } = await sendTo(parts, tx, { practice, id, letter });
      await end(tx, { practice, id, state, body, at: parts.now() });
      return null;
    } catch (error) {
      if (isLast) await end(tx, { practice, id, state: 'given-up', body: null, at: parts.now() });
      return { error };
    }
  });
  // oxlint-disable-next-line typescript/only-throw-error -- what the mail server threw, as it was
  if (fault !== null) throw fault.error;
}

async function sendTo(
  parts: MailParts,
  tx: PracticeTx,
  { practice, id, letter }: { practice: string; id: string; letter: Letter },
): Promise<{ state: string; body: string | null }> {
  const member = letter.member_id;
  const to = await addressOf(parts.database, practice, member);
  if (to === null) return { state: 'called-off', body: null };
  const quiet = await sql<{ is: boolean }>`select ${isQuiet(practice, member)} as is`.execute(tx);
  const settings = await sql<Chosen>`
    select fields ->> 'language' as language, fields -> 'switches' as switches from row
    where practice_id = ${practice} and type = ${NOTIFICATION} and id = ${member} and fields is not null`.execute(tx);
  const isFor = quiet.rows[0]?.is !== true && wantsLetters(settings.rows[0]?.switches ?? undefined);
  if (!isFor || (await hasNewer(tx, { practice, id, member }))) return { state: 'called-off', body: null };
  const offUrl = parts.offUrlFor(practice, member);
  const { text, html } = letterIn(settings.rows[0]?.language ?? undefined, { app: `${parts.publicUrl}/`, off: offUrl });
  const state = await parts.mailer.send({ id, to, subject: letter.subject, text, html, offUrl });
  return { state, body: state === 'kept' ? text : null };
}

interface Chosen {
  readonly language: NotificationSettings['language'] | null;
  readonly switches: NotificationSettings['switches'] | null;
}

/** She may have turned them off while it waited. */
const wantsLetters = (switches: NotificationSettings['switches'] | undefined): boolean =>
  (Object.keys(NOTICES) as NoticeKind[]).some((kind) => isWanted(switches, kind, 'mail'));

/** What waited for the mail server together with a later one says nothing that that one does not say. */
async function hasNewer(
  tx: PracticeTx,
  { practice, id, member }: { practice: string; id: string; member: string },
): Promise<boolean> {
  const { rows } =
    await sql`select from mail where practice_id = ${practice} and member_id = ${member} and state = 'waiting'
    and day > (select day from mail where practice_id = ${practice} and id = ${id})`.execute(tx);
  return rows.length > 0;
}

/** The address that a member signs in with; null for who has left, and who signs in by a name. */
async function addressOf(database: Database, practice: string, member: string): Promise<string | null> {
  const user = await userOfMember(database, practice, member);
  if (user === null) return null;
  const found = await sql<{ email: string }>`select email from identity."user" where id::text = ${user}`.execute(
    database.db,
  );
  const email = found.rows[0]?.email ?? null;
  return email !== null && takesLetters(email) ? email : null;
}

async function end(
  tx: PracticeTx,
  { practice, id, state, body, at }: { practice: string; id: string; state: string; body: string | null; at: Date },
): Promise<void> {
  await sql`update mail set state = ${state}, body = ${body}, done_at = ${at}
    where practice_id = ${practice} and id = ${id}`.execute(tx);
}

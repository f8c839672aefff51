// Goes through the rows that were committed since the last look, and notes who is to be told. The cursor moves in the transaction
// that writes the notices: each row is looked at once, whatever is killed, on however many nodes, at a cost of what is new.
// Who is told must be able to read the row as it stands: policies and projection are asked as a pull asks them.

import { sql } from 'kysely';
import { must } from '../../src/base/must.ts';
import type { NoticeKind, NoticeRule, Told } from '../../src/features/notification/schema.ts';
import { NOTIFICATION } from '../../src/features/notification/schema.ts';
import { clientKey, clientOfSpace, directIn, memberKey } from '../../src/features/space-names.ts';
import type { Row, StoredRow } from '../../src/sync/core/record.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { visible } from '../accept/visible.ts';
import type { Viewers } from '../accept/viewer.ts';
import type { Log } from '../log.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { PracticeState, Shapes, Store } from '../store/store.ts';
import { STORED_COLUMNS, toStoredRow } from '../store/stored-row.ts';
import type { StoredColumns } from '../store/stored-row.ts';
import { FETCH_MS } from './plan.ts';
import { isWeather } from './weather.ts';

export interface NewsParts {
  readonly database: Database;
  readonly store: Store;
  readonly declared: Declarations;
  readonly shapes: Shapes;
  readonly rules: readonly NoticeRule[];
  readonly viewers: Pick<Viewers, 'within'>;
  readonly log: Log;
  now(): Date;
}

/** Versions in one look: a bounded number of rows and one short transaction. */
const VERSIONS = 200;

/** What came before a practice was first looked at is no news. To be called once the database is as the start wants it. */
export async function beginNotices({ db }: Database): Promise<void> {
  await sql`insert into notice_cursor select id, version from practice on conflict do nothing`.execute(db);
}

/** Looks at the next piece of what is new; true where there is more. */
export async function lookAtNews(parts: NewsParts, practiceId: string): Promise<boolean> {
  const { state, version, through, upTo, rows } = await read(parts, practiceId);
  if (upTo <= through) return false;
  const found: Notice[] = [];
  for (const row of rows) found.push(...(await noticesUnlessFault(parts, state, row)));
  const chose = rows.filter(({ type }) => type === NOTIFICATION).map(({ id }) => id);
  await write(parts, { practiceId, through, upTo, found, chose });
  return upTo < version;
}

async function read({ database, store }: NewsParts, practiceId: string) {
  const found = await inPractice(database, practiceId, async (tx) => {
    // First how far the practice has come, then the rows up to there: what is committed meanwhile is the next look's.
    const stood = await sql<{ slug: string; version: number; through: number }>`
      select p.slug, p.version, coalesce(c.through, p.version) as through from practice p
      left join notice_cursor c on c.practice_id = p.id where p.id = ${practiceId}`.execute(tx);
    const { slug, version, through } = must(stood.rows[0], 'the practice');
    const upTo = Math.min(version, through + VERSIONS);
    const rows = await sql<Changed>`
      select ${STORED_COLUMNS}, r.changed_at from row r where practice_id = ${practiceId}
        and version > ${through} and version <= ${upTo} order by version`.execute(tx);
    return { slug, version, through, upTo, rows: rows.rows };
  });
  return { ...found, state: must(await store.practice(found.slug), 'the practice') };
}

/** `changed_at`: when the row was written last. */
type Changed = StoredColumns & { readonly changed_at: Date };

interface Notice {
  readonly member: string;
  readonly source: string;
  readonly kind: NoticeKind;
  readonly version: number;
  /** When it was taken in. */
  readonly at: string;
}

/** A row that this program cannot read keeps nobody from hearing of the others. What the database throws is weather. */
async function noticesUnlessFault(parts: NewsParts, state: PracticeState, row: Changed): Promise<Notice[]> {
  try {
    return await noticesOf(parts, state, row);
  } catch (error) {
    if (isWeather(error)) throw error;
    parts.log.error({ code: 'notice-rule-failed', practice: state.id, reason: row.type }, error);
    return [];
  }
}

async function noticesOf(parts: NewsParts, state: PracticeState, changed: Changed): Promise<Notice[]> {
  const rule = parts.rules.find(({ type }) => type === changed.type);
  const client = directIn(changed.space)?.client ?? clientOfSpace(changed.space);
  if (rule === undefined || (client === null && !(rule.own && changed.space.startsWith('user:')))) return [];
  const stored = toStoredRow(changed, parts.shapes);
  if (isTombstone(stored)) return [];
  const row = rule.follows ? { ...stored, at: changed.changed_at.toISOString() } : stored;
  const tuples = client === null ? [] : await tuplesOf(parts, state.id, client);
  const isByClient = tuples.some(({ relation, subject }) => relation === 'self' && subject === memberKey(row.by));
  const around = {
    isByClient,
    read: await alsoRead(parts, state.id, client === null ? undefined : rule.reads?.(client)),
  };
  const notices: Notice[] = [];
  for (const { kind, to, except = [] } of rule.told(row, around)) {
    for (const member of membersFor(to, tuples)) {
      const isAuthor = !rule.follows && member === row.by;
      const isTold = !isAuthor && (await maySee(parts, state, { member, row, except }));
      if (isTold) notices.push({ member, source: row.id, kind, version: row.version, at: row.at });
    }
  }
  return notices;
}

type ClientTuples = readonly { readonly relation: string; readonly subject: string }[];

function tuplesOf({ database }: NewsParts, practiceId: string, client: string): Promise<ClientTuples> {
  return inPractice(database, practiceId, (tx) =>
    tx
      .selectFrom('relation')
      .select(['relation', 'subject'])
      .distinct()
      .where('practice_id', '=', practiceId)
      .where((where) =>
        where.or([
          where.and([where('object', '=', clientKey(client)), where('relation', 'in', ['self', 'care_team'])]),
          where.and([where('object', '=', 'practice'), where('relation', '=', 'support')]),
        ]),
      )
      .execute(),
  );
}

const RELATIONS = { client: 'self', team: 'care_team', desk: 'support' } as const;

function membersFor(to: Told['to'], tuples: ClientTuples): string[] {
  if (typeof to === 'object') return [to.member];
  const relation = RELATIONS[to];
  return tuples.filter((tuple) => tuple.relation === relation).map(({ subject }) => subject.replace(/^member:/, ''));
}

async function alsoRead(
  { store }: NewsParts,
  practiceId: string,
  ref: { type: string; id: string } | undefined,
): Promise<Row | undefined> {
  if (ref === undefined) return undefined;
  const nobody = { memberId: ref.id, device: ref.id };
  const { rows } = await store.readBatch(practiceId, { key: nobody, refs: [ref], ns: [] });
  const [row] = rows.values();
  return row && !isTombstone(row) ? row : undefined;
}

async function maySee(
  { database, viewers, declared }: NewsParts,
  state: PracticeState,
  { member, row, except }: { member: string; row: StoredRow; except: readonly string[] },
): Promise<boolean> {
  const user = await userOfMember(database, state.id, member);
  const viewer = user === null || except.includes(user) ? null : await viewers.within(state, user);
  // A person may be another member of the practice as well.
  return viewer?.principal.memberId === member && visible(declared, viewer, row).length > 0;
}

/** The sign-in of a member; null for who has none, or has left. */
export async function userOfMember(database: Database, practiceId: string, member: string): Promise<string | null> {
  const found = await inPractice(database, practiceId, (tx) =>
    tx
      .selectFrom('relation')
      .select('subject')
      .where('practice_id', '=', practiceId)
      .where('object', '=', memberKey(member))
      .where('relation', '=', 'user')
      .executeTakeFirst(),
  );
  return found?.subject.replace(/^user:/, '') ?? null;
}

interface Look {
  readonly practiceId: string;
  readonly through: number;
  readonly upTo: number;
  readonly found: readonly Notice[];
  /** Who has chosen anew what he wants to hear of. */
  readonly chose: readonly string[];
}

/** Notices and cursor in one; where another node was faster, nothing: that one has written them. */
async function write({ database, now }: NewsParts, { practiceId, through, upTo, found, chose }: Look): Promise<void> {
  const at = now();
  await inPractice(database, practiceId, async (tx) => {
    const moved = await sql`
      insert into notice_cursor (practice_id, through) values (${practiceId}, ${upTo})
      on conflict (practice_id) do update set through = excluded.through where notice_cursor.through = ${through}`.execute(
      tx,
    );
    if (moved.numAffectedRows !== 1n) return;
    await sql`
      insert into notice (practice_id, member_id, source, kind, version, at, push, mail)
      select ${practiceId}, member_id, source, kind, version, at, true, true
      from unnest(${found.map((n) => n.member)}::uuid[], ${found.map((n) => n.source)}::uuid[],
        ${found.map((n) => n.kind)}::text[], ${found.map((n) => n.version)}::bigint[], ${found.map((n) => n.at)}::timestamptz[])
        as told (member_id, source, kind, version, at)
      on conflict (practice_id, member_id, source, kind) do update
        set version = greatest(notice.version, excluded.version), at = excluded.at, push = true, mail = true`.execute(
      tx,
    );
    const urgent = found.filter(({ kind }) => kind === 'risk').map(({ member }) => member);
    const others = found.map(({ member }) => member).filter((member) => !urgent.includes(member));
    const due = [
      ...[...new Set(urgent)].map((member) => ({ member, at })),
      ...[...new Set(others)].map((member) => ({ member, at: new Date(at.getTime() + FETCH_MS) })),
    ];
    await sql`
      insert into notice_member (practice_id, member_id, due_at)
      select ${practiceId}, member_id, due_at
      from unnest(${due.map((one) => one.member)}::uuid[], ${due.map((one) => one.at)}::timestamptz[]) as due (member_id, due_at)
      on conflict (practice_id, member_id) do update set due_at = least(notice_member.due_at, excluded.due_at)`.execute(
      tx,
    );
    await sql`update notice_member set due_at = ${at}
      where practice_id = ${practiceId} and member_id = any(${chose}::uuid[]) and due_at is not null`.execute(tx);
  });
}

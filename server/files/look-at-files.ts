// Opens each stored file once, in a process without rights, by the key in a row that names it, and notes what is wrong with it: such a
// file is given out no more. Which rows name files is noted from what was committed since the last look; no noun is known here.
// What is private to a person has its key in what only she can open: it stays unopened. Done by a job, as often as it is asked: what
// was noted is not noted again, and what was looked at not looked at again.

import { sql } from 'kysely';
import type { Json, JsonObject } from '../../src/base/json.ts';
import { isFileId } from '../../src/sync/core/files.ts';
import type { Log } from '../log.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { Examiner } from './examine/examiner.ts';
import type { FileStore } from './file-store.ts';

export interface LookParts {
  readonly database: Database;
  readonly fileStore: FileStore;
  readonly examiner: Pick<Examiner, 'examine'>;
  readonly log: Log;
  now(): Date;
}

/** Versions in one piece, and files in one job: the next sweep goes on. */
const VERSIONS = 500;
const FILES = 200;

/**
 * Looks at what a practice has that was not looked at. One that cannot be looked at now keeps no other waiting: the next job tries it,
 * as it does those that are left, or in hand, where `signal` says that the server is ending.
 */
export async function lookAtFiles(parts: LookParts, practiceId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await noteNames(parts, practiceId)));
  for (const name of signal.aborted ? [] : await namesToLookAt(parts, practiceId)) {
    try {
      await lookAt({ ...parts, signal }, practiceId, name);
    } catch (error) {
      if (signal.aborted) return;
      parts.log.warn({ code: 'file-not-looked-at', practice: practiceId, fault: nameOf(error) });
    }
  }
}

/** What a store or the database says may quote an address. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Ids of the practices where there is something to look at. */
export async function practicesToLookAt({ db }: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (
      select from file f where f.practice_id = p.id and f.looked_at is null
        and (coalesce((select through from file_cursor c where c.practice_id = p.id), 0) < p.version
          or exists (select from file_name n where n.practice_id = p.id and n.file = f.id)))`.execute(db);
  return rows.map(({ id }) => id);
}

interface Named {
  readonly file: string;
  readonly type: string;
  readonly row: string;
}

/** Notes the files named in the next piece of what was committed; true where there is more. */
function noteNames({ database }: LookParts, practiceId: string): Promise<boolean> {
  return inPractice(database, practiceId, async (tx) => {
    const stood = await sql<{ version: number; through: number }>`
      select p.version, coalesce(c.through, 0) as through from practice p
      left join file_cursor c on c.practice_id = p.id where p.id = ${practiceId}`.execute(tx);
    const { version = 0, through = 0 } = stood.rows[0] ?? {};
    const upTo = Math.min(version, through + VERSIONS);
    if (upTo <= through) return false;
    const { rows } = await sql<{ type: string; id: string; fields: JsonObject }>`
      select type, id, fields from row where practice_id = ${practiceId} and version > ${through} and version <= ${upTo}
        and fields::text ~ '"[0-9a-f]{64}"'`.execute(tx);
    const named = rows.flatMap(({ type, id, fields }) =>
      filesNamedIn(fields).map((file): Named => ({ file: file.id, type, row: id })),
    );
    await sql`insert into file_name (practice_id, file, type, row)
      select ${practiceId}, file, type, row from unnest(${named.map((n) => n.file)}::text[],
        ${named.map((n) => n.type)}::text[], ${named.map((n) => n.row)}::uuid[]) as named (file, type, row)
      on conflict do nothing`.execute(tx);
    await sql`insert into file_cursor (practice_id, through) values (${practiceId}, ${upTo})
      on conflict (practice_id) do update set through = greatest(file_cursor.through, excluded.through)`.execute(tx);
    return upTo < version;
  });
}

async function namesToLookAt({ database }: LookParts, practiceId: string): Promise<Named[]> {
  // In any order: those that cannot be looked at for long do not stand before the others for ever.
  const { rows } = await inPractice(database, practiceId, (tx) =>
    sql<Named>`select * from (
        select distinct on (n.file) n.file, n.type, n.row from file f
        join file_name n on n.practice_id = f.practice_id and n.file = f.id
        where f.practice_id = ${practiceId} and f.looked_at is null order by n.file, n.type, n.row) as named
      order by random() limit ${FILES}`.execute(tx),
  );
  return rows;
}

async function lookAt(parts: LookParts & { signal: AbortSignal }, practice: string, name: Named): Promise<void> {
  const { database, fileStore, examiner, log, now, signal } = parts;
  signal.throwIfAborted();
  const key = await keyIn(parts, practice, name);
  if (key === null) {
    // The row says something else by now, or is gone.
    await inPractice(database, practice, (tx) =>
      sql`delete from file_name where practice_id = ${practice} and file = ${name.file} and type = ${name.type} and row = ${name.row}`.execute(
        tx,
      ),
    );
    return;
  }
  if ((await fileStore.stored(practice, name.file)) === null) return;
  const bytes = new Uint8Array(await new Response(await fileStore.read(practice, name.file)).arrayBuffer());
  const fault = await examiner.examine({ bytes, key }, signal);
  await inPractice(database, practice, (tx) =>
    sql`update file set looked_at = ${now()}, fault = ${fault} where practice_id = ${practice} and id = ${name.file}`.execute(
      tx,
    ),
  );
  if (fault !== null) log.warn({ code: 'file-refused', practice, reason: fault });
}

async function keyIn({ database }: LookParts, practice: string, { file, type, row }: Named): Promise<string | null> {
  const { rows } = await inPractice(database, practice, (tx) =>
    sql<{ fields: JsonObject | null }>`
      select fields from row where practice_id = ${practice} and type = ${type} and id = ${row}`.execute(tx),
  );
  return filesNamedIn(rows[0]?.fields ?? {}).find(({ id }) => id === file)?.key ?? null;
}

interface FileNamed {
  readonly id: string;
  readonly key: string;
}

/** Every file that is named anywhere in these fields: an id that is a file's, and a key beside it. */
export function filesNamedIn(fields: JsonObject): FileNamed[] {
  const found: FileNamed[] = [];
  const waiting: Json[] = [fields];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isHolder(next)) continue;
    if (!isList(next)) {
      const { id, key } = next;
      if (typeof id === 'string' && isFileId(id) && typeof key === 'string') found.push({ id, key });
    }
    for (const part of Object.values(next)) if (part !== undefined) waiting.push(part);
  }
  return found;
}

const isHolder = (value: Json): value is JsonObject | readonly Json[] => typeof value === 'object' && value !== null;
const isList = (value: JsonObject | readonly Json[]): value is readonly Json[] => Array.isArray(value);

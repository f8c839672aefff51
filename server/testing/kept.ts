// What PostgreSQL holds, against what devices were told: the judge of every campaign. It reads past the server.

import { sql } from 'kysely';
import { must } from '../../src/base/must.ts';
import type { Database } from '../store/database.ts';
import type { Acknowledged } from './wire-device.ts';

/** The practice's commit number now. */
export async function versionOf({ db }: Database, slug: string): Promise<number> {
  const found = await db.selectFrom('practice').select('version').where('slug', '=', slug).execute();
  return must(found[0], 'a practice').version;
}

interface Entered {
  readonly member_id: string;
  readonly device: string;
  readonly n: number;
  readonly mid: string;
  readonly version: number | null;
}

/**
 * What is wrong in a practice since a commit number, one line each, where only new entries were written since: something
 * acknowledged that is not there as it was said, something twice, an effect without its ledger entry or the other way round,
 * a number that nobody has or that two have. What the practice writes by itself, by its clock, has no ledger entry and is none of it.
 */
export async function faultsSince(
  database: Database,
  { slug, since, acknowledged }: { slug: string; since: number; acknowledged: readonly Acknowledged[] },
): Promise<string[]> {
  const { rows: ledger } = await sql<Entered>`
    select member_id, device, n, mid, (result->>'version')::bigint as version from ledger
    where practice_id = (select id from practice where slug = ${slug}) and (result->>'version')::bigint > ${since}
    order by (result->>'version')::bigint`.execute(database.db);
  const { rows: all } = await sql<{ id: string; version: number; device: string | null }>`
    select id, version, device from row where practice_id = (select id from practice where slug = ${slug}) and version > ${since}
    order by version`.execute(database.db);
  const rows = all.filter(({ device }) => device !== null);
  const now = await versionOf(database, slug);
  const byN = new Map(ledger.map((entry) => [`${entry.member_id} ${entry.device} ${entry.n}`, entry]));
  const rowAt = new Map(rows.map((row) => [row.id, row.version]));
  const wanted = withoutOwn(
    Array.from({ length: now - since }, (_, i) => since + 1 + i),
    { own: all.filter(({ device }) => device === null), theirs: [...rows, ...ledger] },
  );
  return [
    ...acknowledged.flatMap((one) => {
      const entry = byN.get(`${one.member} ${one.device} ${one.n}`);
      if (entry?.mid !== one.mid || entry.version !== one.version) return [`not in the ledger: ${one.mid}`];
      return rowAt.get(one.entry) === one.version ? [] : [`no effect: ${one.mid}`];
    }),
    ...differing(
      wanted,
      ledger.map(({ version }) => version ?? 0),
    ).map((at) => `ledger at ${at}`),
    ...differing(
      wanted,
      rows.map(({ version }) => version),
    ).map((at) => `effect at ${at}`),
    ...doubles(ledger.map(({ mid }) => mid)).map((mid) => `twice: ${mid}`),
    ...doubles(acknowledged.map(({ entry }) => entry)).map((entry) => `acknowledged twice: ${entry}`),
    ...(await gapsInNumbers(database, slug, since)),
  ];
}

interface Versioned {
  readonly version: number | null;
}

/** The numbers that devices' commits must have. Where the practice wrote a row by itself, its earlier writing left a number to nobody. */
function withoutOwn(
  numbers: readonly number[],
  { own, theirs }: { own: readonly Versioned[]; theirs: readonly Versioned[] },
): number[] {
  const isOwn = new Set(own.map(({ version }) => version));
  const isTheirs = new Set(theirs.map(({ version }) => version));
  return numbers.filter((number) => isTheirs.has(number) || (own.length === 0 && !isOwn.has(number)));
}

/** Devices whose numbers have a gap, or another order than that of their commits. */
async function gapsInNumbers({ db }: Database, slug: string, since: number): Promise<string[]> {
  const { rows } = await sql<{ device: string }>`
    select device from (
      select device,
        n - min(n) over (partition by member_id, device) + 1 as place,
        row_number() over (partition by member_id, device order by n) as n_place,
        row_number() over (partition by member_id, device order by (result->>'version')::bigint) as commit_place
      from ledger
      where practice_id = (select id from practice where slug = ${slug}) and (result->>'version')::bigint > ${since}
    ) numbered where place <> n_place or n_place <> commit_place group by device`.execute(db);
  return rows.map(({ device }) => `numbers of ${device}`);
}

function differing(wanted: readonly number[], found: readonly number[]): number[] {
  const length = Math.max(wanted.length, found.length);
  const at = Array.from({ length }, (_, i) => i).find((i) => wanted[i] !== found[i]);
  return at === undefined ? [] : [wanted[at] ?? found[at] ?? 0];
}

function doubles(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

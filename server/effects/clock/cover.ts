// Who stands in begins and ends by the clock: while it is his time, a place on the care team of each client whose primary provider is
// away, and before, within and after it what her device is told. All is worked out anew from what was agreed, so that it can be asked
// at any moment, however often, by any node: what stands there already is not written again.

import { sql } from 'kysely';
import { namedId } from '../../../src/base/named-id.ts';
import { COVER, endOf, phaseAt } from '../../../src/features/cover/schema.ts';
import type { Cover } from '../../../src/features/cover/schema.ts';
import { COVER_NOTICE } from '../../../src/features/cover/schema-notice.ts';
import { memberKey, officeOf } from '../../../src/features/space-names.ts';
import { caseloadOf } from '../../../src/features/spaces.ts';
import type { Row } from '../../../src/sync/core/record.ts';
import { inPracticeSnapshot } from '../../store/database.ts';
import type { Database, PracticeTx } from '../../store/database.ts';
import { practiceAt, rowsOf } from './parts.ts';
import type { ClockParts, Wanted } from './parts.ts';
import { writeWanted } from './write.ts';

const PLACE = 'careTeamMember';
const ATTEMPTS = 8;

/** Brings places and notices to where the clock has them; gives when the next one begins or ends (null: none will). */
export async function settleCover(parts: ClockParts, practiceId: string): Promise<Date | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const practice = await practiceAt(parts, practiceId);
    const now = parts.now().toISOString();
    const read = await inPracticeSnapshot(parts.database, practiceId, (tx) => readGround(parts, { tx, practiceId }));
    const wanted = wantedAt(read, now);
    if ((await writeWanted(parts, practice, { wanted, ground: read.covers })) === 'stale') continue;
    const next = read.covers
      .map(({ fields }) => fields as Cover)
      .filter(({ status }) => status === 'accepted')
      .flatMap((cover) => [cover.start, endOf(cover)])
      .filter((at) => at > now)
      .sort()[0];
    return next === undefined ? null : new Date(next);
  }
  return parts.now();
}

/**
 * Practices in which somebody stands in or begins to within `soonMs`, or did until lately, and those in which a place of it still
 * stands, however long after: who missed its moment, or was set back to before it, looks again.
 */
export async function practicesWithCover({ db }: Database, now: Date, soonMs: number): Promise<string[]> {
  const soon = new Date(now.getTime() + soonMs).toISOString();
  const lately = new Date(now.getTime() - LATELY_MS).toISOString();
  const { rows } = await sql<{ id: string }>`
    select p.id from practice p where exists (select from row r where r.practice_id = p.id and r.type = ${COVER}
      and r.fields ->> 'status' = 'accepted' and r.fields ->> 'start' <= ${soon} and r.fields ->> 'end' > ${lately})
      or exists (select from row r where r.practice_id = p.id and r.type = ${PLACE} and r.fields ? 'onBehalfOf')`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

const LATELY_MS = 7 * 86_400_000;

interface Ground {
  readonly covers: readonly Row[];
  /** Places and notices that were written by reason of a cover. */
  readonly written: readonly Row[];
  /** The clients of each provider who is away, as their primary one. */
  readonly clients: ReadonlyMap<string, readonly string[]>;
  readonly providers: ReadonlySet<string>;
  /** Who is on whose team without any cover, as `<client> <member>`. */
  readonly lasting: ReadonlySet<string>;
}

async function readGround(parts: ClockParts, at: { tx: PracticeTx; practiceId: string }): Promise<Ground> {
  const { tx, practiceId } = at;
  const covers = await rowsOf(parts, at, { type: COVER });
  const written = [
    ...(await rowsOf(parts, at, { type: PLACE, where: sql`r.fields ? 'onBehalfOf'` })),
    ...(await rowsOf(parts, at, { type: COVER_NOTICE })),
  ];
  const members = covers.map(({ fields }) => (fields as Cover).member);
  const own = await rowsOf(parts, at, {
    type: PLACE,
    where: sql`not r.fields ? 'onBehalfOf' and r.fields ->> 'member' = any(${members})`,
  });
  const lasting = new Set(own.map(({ fields }) => `${String(fields['client'])} ${String(fields['member'])}`));
  const absent = [...new Set(covers.map(({ fields }) => memberKey((fields as Cover).absent)))];
  const related = await sql<{ object: string; relation: string; subject: string }>`
    select object, relation, subject from relation where practice_id = ${practiceId}
      and (relation = 'primary' and subject = any(${absent}) or object = 'practice' and relation = 'provider')`.execute(
    tx,
  );
  const clients = new Map<string, string[]>();
  const providers = new Set<string>();
  for (const { object, relation, subject } of related.rows) {
    const member = subject.replace(/^member:/, '');
    if (relation === 'provider') providers.add(member);
    else clients.set(member, [...(clients.get(member) ?? []), object.replace(/^client:/, '')]);
  }
  return { covers, written, clients, providers, lasting };
}

function wantedAt({ covers, written, clients, providers, lasting }: Ground, now: string): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { type, id, space } of written) wanted.set(id, { type, id, space, fields: null });
  for (const { id, fields } of covers) {
    const cover = fields as Cover;
    const { absent, member, start, status } = cover;
    const end = endOf(cover);
    // What was called off before it began has never been; what has been stays told, so that who wrote then is known to have stood in.
    if (status !== 'accepted' || end <= start) continue;
    const notice = { absent, member, start, end };
    // Who is no provider now reads nothing: nobody is told that he will, only that he has.
    if (providers.has(member) || end <= now)
      wanted.set(id, { type: COVER_NOTICE, id, space: caseloadOf(absent), fields: notice });
    if (phaseAt(cover, now) !== 'now' || !providers.has(member)) continue;
    for (const client of clients.get(absent) ?? []) {
      const place = namedId(`cover ${id} ${client}`);
      const period = { start, end };
      const coverOnly = !lasting.has(`${client} ${member}`) && { coverOnly: true as const };
      const there = { client, member, primary: false, onBehalfOf: absent, period, ...coverOnly };
      wanted.set(place, { type: PLACE, id: place, space: officeOf(client), fields: there });
    }
  }
  return [...wanted.values()];
}

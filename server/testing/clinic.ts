// Two practices with people in them, written the way the office writes: rows of the declared types, by the server itself.

import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { declared as real } from '../../src/features/shared.ts';
import { officeOf, PUBLIC } from '../../src/features/space-names.ts';
import type { Role } from '../../src/features/spaces.ts';
import type { RowRef } from '../../src/sync/core/record.ts';
import { inPresentShape } from '../../src/sync/core/shapes.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import type { RowImage, Store } from '../store/store.ts';

export interface Person {
  readonly member: string;
  readonly user: string;
  readonly practice: 'willow' | 'harbor';
  /** The client record, where the person is one. */
  readonly client: string;
}

const NAMES = [
  'owner',
  'admin',
  'support',
  'lee',
  'okafor',
  'ana',
  'ben',
  'prospect',
  'harborProvider',
  'harborClient',
] as const;
export type Name = (typeof NAMES)[number];

const STAFF: Partial<Record<Name, Role>> = {
  owner: 'owner',
  admin: 'admin',
  support: 'support',
  lee: 'provider',
  okafor: 'provider',
  harborProvider: 'provider',
};

export interface Clinic {
  readonly people: Readonly<Record<Name, Person>>;
  readonly practiceIds: Readonly<Record<Person['practice'], string>>;
  /** Puts `provider` on the care team of `client`, or takes him off. */
  setCare(provider: Name, client: Name, cares: boolean): Promise<void>;
  setStatus(client: Name, status: 'prospect' | 'active'): Promise<void>;
  /** Writes rows as the server itself; `fields: null` deletes. */
  write(practice: Person['practice'], rows: readonly ServerRow[]): Promise<void>;
}

export interface ServerRow extends RowRef {
  readonly space: string;
  readonly fields: JsonObject | null;
  readonly by?: string;
  /** The shape that the fields have, where it is not the present one. */
  readonly shape?: number;
}

export interface EmptyStore {
  readonly store: Store;
  addPractice(practice: { id: string; slug: string }): Promise<void>;
}

const AT = new Date('2026-01-05T09:00:00.000Z');

/** A clinic as a recording keeps it: everybody's ids, and the rows that were there, in the shapes they had. */
export interface RecordedClinic extends Pick<Clinic, 'people' | 'practiceIds'> {
  readonly rows: Readonly<Record<Person['practice'], readonly ServerRow[]>>;
}

/** Lee cares for Ana, nobody for Ben; Okafor is off every team; the harbor is another practice. */
export async function openClinic(
  { store, addPractice }: EmptyStore,
  declared: Declarations = real,
  recorded?: RecordedClinic,
): Promise<Clinic> {
  const practiceIds = recorded?.practiceIds ?? { willow: newId(), harbor: newId() };
  for (const slug of ['willow', 'harbor'] as const) await addPractice({ id: practiceIds[slug], slug });
  const made = () => Object.fromEntries(NAMES.map((name) => [name, personOf(name)])) as Record<Name, Person>;
  const people = recorded?.people ?? made();
  const careIds = new Map<string, readonly string[]>();
  const write: Clinic['write'] = (practice, rows) =>
    writeRows({ store, declared }, { id: practiceIds[practice], slug: practice }, rows);
  const clinic: Clinic = {
    people,
    practiceIds,
    write,
    async setCare(provider, client, cares) {
      const key = `${provider} ${client}`;
      const before = careIds.get(key) ?? [];
      const { client: of, practice } = people[client];
      const row = { type: 'careTeamMember', space: officeOf(of) };
      // All that there ever was: a store that was set back has another of them than the last.
      if (!cares)
        return write(
          practice,
          before.map((id) => ({ ...row, id, fields: null })),
        );
      const id = newId();
      careIds.set(key, [...before, id]);
      await write(practice, [{ ...row, id, fields: { client: of, member: people[provider].member, primary: true } }]);
    },
    setStatus: (client, status) => write(people[client].practice, [clientRow(client, people[client], status)]),
  };
  if (recorded !== undefined) {
    for (const practice of ['willow', 'harbor'] as const) await write(practice, recorded.rows[practice]);
    return clinic;
  }
  for (const practice of ['willow', 'harbor'] as const) await write(practice, rowsOf(practice, people));
  await clinic.setCare('lee', 'ana', true);
  await clinic.setCare('harborProvider', 'harborClient', true);
  return clinic;
}

function personOf(name: Name): Person {
  return {
    member: newId(),
    user: `user-${name}`,
    practice: name.startsWith('harbor') ? 'harbor' : 'willow',
    client: newId(),
  };
}

function rowsOf(practice: Person['practice'], people: Clinic['people']): ServerRow[] {
  const here = NAMES.filter((name) => people[name].practice === practice);
  const fields = { name: practice, timezone: 'America/Chicago', currency: 'USD', crisis: {} };
  return [
    { type: 'practice', id: newId(), space: PUBLIC, fields },
    ...here.map((name) => {
      const role = STAFF[name];
      const { member: id, user } = people[name];
      if (role === undefined) return clientRow(name, people[name], name === 'prospect' ? 'prospect' : 'active');
      return { type: 'member', id, space: PUBLIC, fields: { name, userId: user, roles: [role] } };
    }),
  ];
}

function clientRow(name: Name, { client, member, user }: Person, status: string): ServerRow {
  const fields = { legalName: `Legal ${name}`, birthDate: '1990-01-01', status, memberId: member, userId: user };
  return { type: 'client', id: client, space: officeOf(client), fields };
}

async function writeRows(
  { store, declared }: { store: Store; declared: Declarations },
  practice: { id: string; slug: string },
  rows: readonly ServerRow[],
): Promise<void> {
  for (;;) {
    const state = must(await store.practice(practice.slug), 'the practice');
    const key = { memberId: newId(), device: newId() };
    const reads = await store.readBatch(practice.id, { key, refs: rows, ns: [] });
    const expected = new Map(
      rows.map((row) => [rowKey(row), { ref: row, version: reads.rows.get(rowKey(row))?.version ?? null }]),
    );
    const done = await store.commit(practice.id, {
      ledger: null,
      expect: { relationsVersion: state.relationsVersion, lastN: 0, rows: expected },
      applied: 1,
      images: rows.map((row) => imageOf(declared, row)),
      entries: [],
      receivedAt: AT,
    });
    if (done !== 'stale') return;
  }
}

function imageOf(declared: Declarations, { type, id, space, fields, by = id, shape }: ServerRow): RowImage {
  const record = must(declared.recordTypes[type], `record type ${type}`);
  const schemaVersion = shape ?? record.schemaVersion;
  const base = { type, id, space, by, schemaVersion, order: 0 };
  if (fields === null) return { ...base, fields, relations: record.relations ? [] : null };
  const now = inPresentShape(record, fields, schemaVersion);
  const kept = schemaVersion === record.schemaVersion ? record.parse(fields) : fields;
  return { ...base, fields: kept, relations: record.relations?.({ id, fields: now }) ?? null };
}

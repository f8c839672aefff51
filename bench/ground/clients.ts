// Made-up clients in the demo's practice, as the office would have taken them on: with a primary provider, a number and an address each.

import { newId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { careTeamRecord, clientRecord } from '../../src/features/client/schema.ts';
import type { Client } from '../../src/features/client/schema.ts';
import { contactRecord } from '../../src/features/contact/schema.ts';
import { officeOf } from '../../src/features/space-names.ts';
import type { RecordType } from '../../src/sync/core/record.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { demoId } from '../../server/ops/demo-people.ts';
import type { Database } from '../../server/store/database.ts';
import { createPgStore } from '../../server/store/pg-store.ts';
import type { RowImage } from '../../server/store/store.ts';

const GIVEN = ['Ana', 'Ben', 'Carla', 'Dmitri', 'Esra', 'Farid', 'Grace', 'Hugo', 'Ines', 'José', 'Kemi', 'Lucía'];
const HEAD = ['Al', 'Bor', 'Car', 'Den', 'Est', 'Fer', 'Gar', 'Hol', 'Ive', 'Jar', 'Kol', 'Mor', 'Nor', 'Ort', 'Per'];
const BODY = ['an', 'bel', 'cor', 'dal', 'eno', 'fin', 'gu', 'hen', 'ill', 'mo', 'no', 'ri', 'sto', 'ter', 'va', 'zu'];
const TAIL = ['a', 'ado', 'berg', 'ez', 'ini', 'kov', 'man', 'ock', 'sen', 'son', 'ton', 'vić', 'ward'];
const STATUSES = ['active', 'active', 'active', 'active', 'prospect', 'archived'] as const;
const PROVIDERS = ['lee', 'okafor'];
/** Clients in one commit, each of four rows. */
const STEP = 500;
const DAY_MS = 86_400_000;

/** The made-up client of this number. */
export function madeClient(n: number): Pick<Client, 'legalName' | 'birthDate' | 'status'> {
  // Primes, so that names, dates and states go through all their mixtures.
  const of = <T>(list: readonly T[], by: number): T => must(list[(n * by) % list.length], 'a part');
  const family = of(HEAD, 7919) + of(BODY, 104_729) + of(TAIL, 1_299_709);
  return {
    legalName: `${of(GIVEN, 15_485_863)} ${family}`,
    birthDate: new Date(Date.UTC(1940, 0, 1) + ((n * 7907) % 27_000) * DAY_MS).toISOString().slice(0, 10),
    status: of(STATUSES, 31),
  };
}

/** Rows that `fillClients` makes of each. */
export const ROWS_EACH = 4;

export async function fillClients(database: Database, count: number): Promise<void> {
  const store = createPgStore(database);
  for (let from = 0; from < count; from += STEP) {
    const { id, relationsVersion } = must(await store.practice('harbor-care'), 'the demo practice');
    const images = Array.from({ length: Math.min(STEP, count - from) }, (_, i) => imagesOf(from + i)).flat();
    const commit = {
      ledger: null,
      expect: { relationsVersion, lastN: 0, rows: new Map() },
      applied: images.length,
      images: images.map((image, order) => ({ ...image, order })),
      entries: [],
      receivedAt: new Date(),
    };
    if ((await store.commit(id, commit)) === 'stale') throw new Error('somebody else has written');
  }
}

function imagesOf(n: number): RowImage[] {
  const client = newId();
  const member = demoId(`member ${PROVIDERS[n % PROVIDERS.length] ?? ''}`);
  const [phone, email] = [`+1 555 ${String(1_000_000 + n).slice(-7)}`, `client.${n}@example.org`];
  return [
    imageOf(clientRecord, client, { id: client, fields: madeClient(n) }),
    imageOf(careTeamRecord, client, { id: newId(), fields: { client, member, primary: true } }),
    imageOf(contactRecord, client, { id: newId(), fields: { client, kind: 'phone', value: phone } }),
    imageOf(contactRecord, client, { id: newId(), fields: { client, kind: 'email', value: email } }),
  ];
}

function imageOf(
  { name: type, schemaVersion, parse, relations }: RecordType,
  client: string,
  { id, fields: made }: { id: string; fields: JsonObject },
): RowImage {
  const fields = parse(made);
  const by = demoId('member support');
  return {
    ...{ type, id, space: officeOf(client), by, schemaVersion, fields, order: 0 },
    relations: relations?.({ id, fields }) ?? null,
  };
}

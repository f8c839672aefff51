// Fills an empty database with the demo practices. People and practices are made as a set-up makes them; everything that a
// client or provider would have written goes through the real mutators, policies and ledger, as a push of theirs.

import { namedId } from '../../src/base/named-id.ts';
import { must } from '../../src/base/must.ts';
import { careTeamRecord, clientRecord } from '../../src/features/client/schema.ts';
import { AUTOMATIC } from '../../src/features/chat/doc-shape.ts';
import { chatSamples, openSample, readSample } from '../../src/features/chat/samples.ts';
import { STANDING_KINDS, conversationIdOf } from '../../src/features/chat/schema.ts';
import { summarySamples } from '../../src/features/chart-summary/samples.ts';
import { contactSamples } from '../../src/features/contact/samples.ts';
import { journalSamples } from '../../src/features/journal/samples.ts';
import { memberRecord } from '../../src/features/member/schema.ts';
import { protectionSample } from '../../src/features/protection/samples.ts';
import { planSampleAct } from '../../src/features/safety-plan/samples.ts';
import { declared } from '../../src/features/shared.ts';
import { officeOf, PUBLIC } from '../../src/features/space-names.ts';
import { WELCOME_DEFAULT } from '../../src/features/welcome/schema.ts';
import type { JsonObject } from '../../src/base/json.ts';
import type { Mutation } from '../../src/sync/core/mutation.ts';
import type { RecordType, RowRef } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import { pushRows } from '../accept/push-rows.ts';
import { createViewers } from '../accept/viewer.ts';
import type { Identity } from '../identity/identity.ts';
import { createPractice } from '../identity/create-practice.ts';
import { PersonRefused } from '../identity/person.ts';
import type { Database } from '../store/database.ts';
import { createPgStore } from '../store/pg-store.ts';
import type { RowImage, Store } from '../store/store.ts';
import { seedChats } from './seed-chats.ts';
import type { DemoMessage } from './seed-chats.ts';
import { DEMO_PASSWORD, DEMO_PRACTICES, demoId } from './demo-people.ts';
import type { DemoClient, DemoPractice, DemoStaff } from './demo-people.ts';

export interface SeedGround {
  readonly database: Database;
  readonly identity: Identity;
  readonly secret: Uint8Array;
}

export interface DemoAccounts {
  readonly accounts: readonly { readonly email: string; readonly who: string }[];
  readonly password: string;
}

/** How far apart in the pool of sample days two clients begin. */
const DAYS_APART = 5;
const WEEKS_MS = 28 * 86_400_000;

const memberIdOf = (key: string) => demoId(`member ${key}`);
const userIdOf = (key: string) => demoId(`user ${key}`);
const clientIdOf = (key: string) => demoId(`client ${key}`);

/** Makes what is not there yet, also where an earlier seed was killed; a practice that was seeded whole is left as it is. */
export async function seedDemo(ground: SeedGround): Promise<DemoAccounts> {
  const store = createPgStore(ground.database);
  for (const practice of DEMO_PRACTICES) {
    const mark = { key: `seeded ${practice.slug}`, value: new Date().toISOString() };
    const done = await ground.database.db.selectFrom('meta').where('key', '=', mark.key).select('key').execute();
    if (done.length > 0) continue;
    await seedPractice(ground, store, practice);
    await ground.database.db.insertInto('meta').values(mark).execute();
  }
  const people = DEMO_PRACTICES.flatMap(({ staff, clients }) => [...staff, ...clients]);
  return { accounts: people.map(({ email, who }) => ({ email, who })), password: DEMO_PASSWORD };
}

async function seedPractice(ground: SeedGround, store: Store, practice: DemoPractice): Promise<void> {
  for (const { key, email, ...person } of [...practice.staff, ...practice.clients]) {
    const name = 'name' in person ? person.name : (person.preferredName ?? person.legalName);
    await createPerson(ground.identity, { id: userIdOf(key), name, email, password: DEMO_PASSWORD });
  }
  const [owner, ...others] = practice.staff;
  const { slug, name, timezone, crisis } = practice;
  if ((await store.practice(slug)) === null) {
    const { key, roles } = owner;
    const ownerIs = { userId: userIdOf(key), memberId: memberIdOf(key), name: owner.name, roles };
    await createPractice(ground, { id: demoId(`practice ${slug}`), slug, name, timezone, crisis, owner: ownerIs });
  }
  await enrol(store, practice, [...others.map(staffRecord), ...practice.clients.flatMap(clientRecords)]);
  for (const [i, client] of practice.clients.entries()) {
    if (client.status !== 'active') continue;
    const chats = chatsOf(practice, client);
    const acts = actsOf(practice, { client, chats, from: i * DAYS_APART });
    await pushActs(store, { slug, key: client.key, acts });
    await seedChats({ database: ground.database, store }, slug, chats);
  }
}

async function createPerson(identity: Identity, person: Parameters<Identity['createUser']>[0]): Promise<void> {
  await identity.createUser(person).catch((error: unknown) => {
    if (!(error instanceof PersonRefused) || error.reason !== 'email-taken') throw error;
  });
}

interface SeedRecord extends RowRef {
  readonly recordType: RecordType;
  readonly space: string;
  readonly fields: JsonObject;
}

function staffRecord({ key, name, roles }: DemoStaff): SeedRecord {
  const fields = { name, roles, userId: userIdOf(key) };
  return { recordType: memberRecord, type: memberRecord.name, id: memberIdOf(key), space: PUBLIC, fields };
}

function clientRecords({ key, team, legalName, preferredName, birthDate, status }: DemoClient): SeedRecord[] {
  const client = clientIdOf(key);
  const fields = { legalName, preferredName, birthDate, status, memberId: memberIdOf(key), userId: userIdOf(key) };
  const space = officeOf(client);
  return [
    { recordType: clientRecord, type: clientRecord.name, id: client, space, fields },
    ...team.map((member, i) => ({
      recordType: careTeamRecord,
      type: careTeamRecord.name,
      id: demoId(`team ${key} ${member}`),
      space,
      fields: { client, member: memberIdOf(member), primary: i === 0 },
    })),
  ];
}

/** The office's part, by the owner: until there are screens for it, there are no mutators for it either. */
async function enrol(store: Store, { slug, staff }: DemoPractice, records: readonly SeedRecord[]): Promise<void> {
  const practice = must(await store.practice(slug), 'the practice just made');
  const key = { memberId: memberIdOf(staff[0].key), device: demoId('device office') };
  const { rows } = await store.readBatch(practice.id, { key, refs: records, ns: [] });
  const missing = records.filter((record) => rows.get(rowKey(record)) === null);
  const images = missing.map(({ recordType, type, id, space, fields }, order): RowImage => {
    const parsed = recordType.parse(fields);
    const { schemaVersion } = recordType;
    const relations = recordType.relations?.({ id, fields: parsed }) ?? null;
    return { type, id, space, by: memberIdOf(staff[0].key), schemaVersion, fields: parsed, order, relations };
  });
  const done = await store.commit(practice.id, {
    ledger: null,
    expect: { relationsVersion: practice.relationsVersion, lastN: 0, rows: new Map() },
    applied: images.length,
    images,
    entries: [],
    receivedAt: new Date(),
  });
  if (done === 'stale') throw new Error('another process seeds this database');
}

type DemoAct = Pick<Mutation, 'name'> & {
  readonly author: string;
  readonly args: JsonObject & { readonly at: string };
};

/** What people wrote about a client, each under the author's key, oldest first. */
function actsOf(
  { staff }: DemoPractice,
  {
    client: { key, team, contacts, isProtected, hasSummary },
    chats,
    from,
  }: { client: DemoClient; chats: readonly DemoMessage[]; from: number },
): DemoAct[] {
  const client = clientIdOf(key);
  const provider = must(team[0], 'a primary provider');
  const office = staff.find(({ roles }) => roles.includes('support'))?.key ?? provider;
  const until = new Date();
  const ids = (noun: string) => (name: string) => demoId(`${noun} ${key} ${name}`);
  const journal = journalSamples({
    client,
    by: memberIdOf(key),
    reviewer: memberIdOf(provider),
    from,
    idOf: ids('journal'),
    until,
  });
  const at = new Date(until.getTime() - WEEKS_MS).toISOString();
  const asked = { client, by: memberIdOf(office), idOf: ids('office'), at };
  const set = { id: ids('protection')('set'), client, by: memberIdOf(provider), at };
  const known = { client, by: memberIdOf(provider), idOf: ids('summary'), at };
  const plan = { id: ids('plan')('first'), client, by: memberIdOf(provider), at };
  const written = [
    ...journal,
    ...(contacts ? contactSamples({ ...asked, of: contacts }) : []),
    ...(isProtected ? [protectionSample(set)] : []),
    ...(hasSummary ? [...summarySamples(known), planSampleAct(plan)] : []),
    ...STANDING_KINDS.map((kind) => openSample({ client, by: memberIdOf(key), kind, at })),
    ...readingsOf(chats),
  ];
  const keyOf = new Map([key, provider, office].map((person) => [memberIdOf(person), person]));
  return written
    .map(({ name, args }) => ({ name, args, author: must(keyOf.get(args.by), 'an author of the demo') }))
    .sort((a, b) => (a.args.at < b.args.at ? -1 : 1));
}

/** What was said between a client and her practice, and by whom. */
function chatsOf({ staff }: DemoPractice, { key, team, chats }: DemoClient): DemoMessage[] {
  const client = clientIdOf(key);
  const provider = must(team[0], 'a primary provider');
  const office = staff.find(({ roles }) => roles.includes('support'))?.key ?? provider;
  const who = (person: string) => ({ user: userIdOf(person), member: memberIdOf(person) });
  const authors = { client: who(key), team: who(provider), desk: who(office) };
  const samples = chats === undefined ? [] : chatSamples(chats, new Date());
  const primary = memberIdOf(provider);
  const welcome: DemoMessage = {
    ...{ id: namedId(`welcome ${client} ${primary}`), conversation: conversationIdOf(client, 'care-team') },
    author: { user: AUTOMATIC, member: AUTOMATIC },
    ...{
      at: new Date(Date.now() - WEEKS_MS).toISOString(),
      body: WELCOME_DEFAULT.text,
      welcomes: { client, provider: primary },
    },
  };
  const said = samples.map(({ kind, from, at, body }, i) => {
    const conversation = conversationIdOf(client, kind);
    return { id: demoId(`message ${key} ${i}`), conversation, author: authors[from], at, body };
  });
  return [welcome, ...said];
}

/** Each has read what stands before his own newest words. */
function readingsOf(messages: readonly DemoMessage[]) {
  return messages.flatMap(({ conversation, author: { member: by }, at }, i) => {
    const isOthers = (one: DemoMessage) => one.conversation === conversation && one.author.member !== by;
    const isLast = !messages.slice(i + 1).some((one) => one.conversation === conversation && !isOthers(one));
    const others = messages.slice(0, i).filter(isOthers).length;
    return isLast && others > 0 ? [readSample({ by, conversation, others, at })] : [];
  });
}

/** In the order in which they were done, each as if it had arrived at once. */
async function pushActs(
  store: Store,
  { slug, key, acts }: { slug: string; key: string; acts: readonly DemoAct[] },
): Promise<void> {
  const viewers = createViewers(store, declared);
  const counts = new Map<string, number>();
  for (const { name, args, author } of acts) {
    const n = (counts.get(author) ?? 0) + 1;
    counts.set(author, n);
    const mid = demoId(`mutation ${key} ${author} ${n}`);
    const incoming: Mutation[] = [{ n, mid, name, v: 1, args, base: 0, at: args.at }];
    const refresh = () => viewers.find(userIdOf(author), slug);
    const device = demoId(`device ${key} ${author}`);
    const parts = { store, declared, now: () => new Date(args.at), onFault };
    const outcome = await pushRows(parts, refresh, { device, incoming });
    const result = outcome.kind === 'answered' ? outcome.results[0]?.result : outcome.kind;
    if (result !== 'applied') throw new Error(`an act of the demo about ${key} was not taken: ${result}`);
  }
}

/** The demo is written by this program's own hand: a fault in it is one to mend, not to go on from. */
function onFault({ error }: { error: unknown }): never {
  throw error;
}

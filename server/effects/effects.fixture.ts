// The demo's people on a real PostgreSQL, with the effects over it as a server has them: a clock that a test sets, letters to
// wherever it says, and as many nodes as it takes.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import * as Y from 'yjs';
import { newId } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { must } from '../../src/base/must.ts';
import { noticeRules } from '../../src/features/notices.ts';
import { messagesOf } from '../../src/features/chat/doc-fold.ts';
import type { ChatItem } from '../../src/features/chat/doc-fold.ts';
import { CHAT, MESSAGES } from '../../src/features/chat/doc-names.ts';
import { conversationIdOf } from '../../src/features/chat/schema.ts';
import type { StandingKind } from '../../src/features/chat/schema.ts';
import { careTeamRecord } from '../../src/features/client/schema.ts';
import { officeOf } from '../../src/features/space-names.ts';
import { declared } from '../../src/features/shared.ts';
import { docName } from '../../src/sync/core/doc-kind.ts';
import { pushRows } from '../accept/push-rows.ts';
import { shapesOf } from '../accept/shapes.ts';
import { createViewers } from '../accept/viewer.ts';
import { createLog } from '../log.ts';
import { demoId } from '../ops/demo-people.ts';
import type { Database } from '../store/database.ts';
import { judge } from '../relay/guard/judge.ts';
import { createRelay } from '../relay/relay.ts';
import type { Relay } from '../relay/relay.ts';
import { createPgDocLog } from '../store/pg-doc-log.ts';
import { createPgStore } from '../store/pg-store.ts';
import { startMigratedPostgres } from '../testing/database.ts';
import { demoDatabase, demoSecret } from '../testing/demo-database.ts';
import { createEffects } from './effects.ts';
import type { EffectParts } from './effects.ts';
import { createInvitationSecrets } from './invitations.ts';
import { createMailer, outboxFolder } from './mailer.ts';
import { lookAtNews } from './news.ts';
import { createOffTokens } from './off-token.ts';
import { loadVapid } from './push/vapid.ts';

export const PUBLIC_URL = 'http://localhost:8080';
/** A Wednesday noon in New York, outside of everybody's quiet hours. */
export const NOON = new Date('2026-06-10T16:00:00.000Z');
const HARBOR = demoId('practice harbor-care');

export const member = (key: string): string => demoId(`member ${key}`);
export const client = (key: string): string => demoId(`client ${key}`);

interface Saying {
  readonly body: string;
  readonly kind?: StandingKind;
  readonly id?: string;
  readonly mentions?: readonly { who: string; at: number; length: number }[];
}

export class EffectWorld {
  readonly database: Database;
  readonly dataDir: string;
  readonly secret: Uint8Array;
  /** As `DATABASE_URL` names the database. */
  readonly url: string;
  readonly practice = HARBOR;
  readonly logged: string[] = [];
  readonly log = createLog({ write: (line) => void this.logged.push(line) });
  readonly parts: EffectParts;
  readonly relay: Relay;
  clock: Date | null = NOON;
  readonly #remove: () => Promise<void>;

  static async open(): Promise<EffectWorld> {
    const postgres = await startMigratedPostgres();
    const database = await demoDatabase(postgres);
    const secret = demoSecret();
    const dataDir = await mkdtemp(join(tmpdir(), 'interlude-effects-'));
    const vapid = await loadVapid(database.db, { secret, config: { vapid: null }, publicUrl: PUBLIC_URL });
    const remove = async () => {
      await database.close();
      await postgres.remove();
      await rm(dataDir, { recursive: true, force: true });
    };
    const url = postgres.urlOf(database.pool.options.database);
    const world = new EffectWorld({ database, dataDir, secret, url, vapid, remove });
    await world.clear();
    return world;
  }

  private constructor(
    made: Pick<EffectWorld, 'database' | 'dataDir' | 'secret' | 'url'> & {
      vapid: EffectParts['push']['vapid'];
      remove: () => Promise<void>;
    },
  ) {
    this.database = made.database;
    this.dataDir = made.dataDir;
    this.secret = made.secret;
    this.url = made.url;
    this.#remove = made.remove;
    const shapes = shapesOf(declared);
    const store = createPgStore(made.database, shapes);
    const tokens = createOffTokens(made.secret);
    const now = () => this.clock ?? new Date();
    this.relay = createRelay({
      ...{ log: createPgDocLog(made.database, shapes), store, declared, judge, now },
      onTrouble: (code, error) => this.log.error({ code }, error),
      ...{ onAppended: () => undefined, onHeaders: () => undefined },
    });
    this.parts = {
      ...{ database: made.database, store, declared, shapes, rules: noticeRules, log: this.log },
      viewers: createViewers(store, declared),
      publicUrl: PUBLIC_URL,
      mailer: createMailer({
        smtpUrl: null,
        dataDir: made.dataDir,
        from: 'Interlude <no-reply@care.test>',
        publicUrl: PUBLIC_URL,
      }),
      push: { vapid: made.vapid, ownService: null },
      hand: this.relay.hand,
      onRows: () => undefined,
      files: { practices: async () => [], lookAt: async () => undefined },
      chains: { practices: async () => [], check: async () => undefined },
      offUrlFor: (practice, of) => `${PUBLIC_URL}/api/mail/off/${tokens.make({ practice, member: of })}`,
      secretOf: createInvitationSecrets(made.secret),
      now,
      pollSeconds: 0.5,
    };
  }

  /** Everything that is told and to be told is forgotten; what comes now is news. */
  async clear(): Promise<void> {
    for (const table of ['automatic_message', 'notice', 'notice_member', 'mail', 'push_message', 'push_subscription'])
      await sql`delete from ${sql.table(table)}`.execute(this.database.db);
    await sql`delete from row where type = 'notificationSettings'`.execute(this.database.db);
    await sql`update device set cursor = 0`.execute(this.database.db);
    await sql`insert into notice_cursor select id, version from practice on conflict (practice_id) do update set through = excluded.through`.execute(
      this.database.db,
    );
    await sql`insert into automatic_cursor select id, version from practice on conflict (practice_id) do update set through = excluded.through`.execute(
      this.database.db,
    );
    await sql`delete from row where type = 'away'`.execute(this.database.db);
    await rm(outboxFolder(this.dataDir), { recursive: true, force: true });
    this.clock = NOON;
  }

  /** What a person of Harbor Care does, through everything that judges it. */
  async act(key: string, name: string, args: JsonObject): Promise<void> {
    const at = this.parts.now().toISOString();
    const mutation = {
      n: 1,
      mid: newId(),
      name,
      v: 1,
      base: 0,
      at,
      args: { by: member(key), at, zone: 'America/New_York', ...args },
    };
    const refresh = () => this.parts.viewers.find(demoId(`user ${key}`), 'harbor-care');
    const done = await pushRows(
      {
        ...this.parts,
        onFault: ({ error }) => {
          throw error;
        },
      },
      refresh,
      { device: newId(), incoming: [mutation] },
    );
    if (done.kind !== 'answered' || done.results[0]?.result !== 'applied')
      throw new Error(`${name}: ${JSON.stringify(done)}`);
  }

  /** An entry of Ana's or Ben's; gives its id. */
  async write(key: 'ana' | 'ben', content: JsonObject = { text: 'Soup at noon' }): Promise<string> {
    const id = newId();
    await this.act(key, 'journal.addEntry', { id, client: client(key), kind: 'reflection', content });
    return id;
  }

  async comment(by: string, of: 'ana' | 'ben', entry: string, body = 'Sounds good'): Promise<void> {
    await this.act(by, 'journal.addComment', { id: newId(), client: client(of), entry, body });
  }

  /** Notes who is to be told of what has come in. */
  async look(): Promise<void> {
    while (await lookAtNews(this.parts, HARBOR));
  }

  /** Puts a provider on a client's care team, or takes him off, as the office's own commit does. */
  async office(provider: string, of: string, isMember: boolean): Promise<void> {
    const fields = { client: client(of), member: member(provider), primary: false };
    const id = demoId(`team ${of} ${provider}`);
    await this.commitRow(careTeamRecord.name, { id, space: officeOf(client(of)) }, isMember ? fields : null);
  }

  /** A row of the office's, by its own commit. */
  async commitRow(
    type: string,
    { id, space }: { id: string; space: string },
    fields: JsonObject | null,
  ): Promise<void> {
    const practice = must(await this.parts.store.practice('harbor-care'), 'the practice');
    const record = must(declared.recordTypes[type], 'a record type');
    const { schemaVersion } = record;
    const kept = fields && record.parse(fields);
    const relations = kept ? (record.relations?.({ id, fields: kept }) ?? null) : [];
    const done = await this.parts.store.commit(HARBOR, {
      ledger: null,
      expect: { relationsVersion: practice.relationsVersion, lastN: 0, rows: new Map() },
      applied: 1,
      images: [{ type, id, space, by: member('owner'), schemaVersion, fields: kept, order: 0, relations }],
      entries: [],
      receivedAt: this.parts.now(),
    });
    if (done === 'stale') throw new Error('somebody else wrote meanwhile');
  }

  /** So many more active clients of Dr. Lee, with whom nobody has spoken yet. */
  async admit(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    const list = `unnest('{${ids.join(',')}}'::uuid[]) as c (id)`;
    await this
      .rows(`insert into row (practice_id, type, id, space, version, schema_version, by, received_at, changed_at, fields)
      select '${HARBOR}', 'client', id, 'office:' || id, 0, 1, '${member('owner')}', now(), now(),
        '{"legalName": "Many", "birthDate": "1990-01-01", "status": "active"}'::jsonb from ${list}`);
    await this.rows(`insert into relation select '${HARBOR}', 'client:' || id, r.relation, r.subject, 'client', id
      from ${list}, (values ('in', 'practice'), ('care_team', 'member:${member('lee')}')) as r (relation, subject)`);
    return ids;
  }

  /** What somebody says in a client's conversation, or in one that was begun (`id`), through the relay and its guard. */
  async say(
    key: string,
    of: string,
    { body, kind = 'care-team', id = conversationIdOf(client(of), kind), mentions }: Saying,
  ): Promise<void> {
    const viewer = must((await this.parts.viewers.find(demoId(`user ${key}`), 'harbor-care')) ?? undefined, 'a member');
    const at = this.parts.now().toISOString();
    const doc = new Y.Doc();
    doc
      .getArray(MESSAGES)
      .push([{ id: newId(), by: viewer.principal.userId, at, body, ...(mentions && { mentions }) }]);
    const document = docName({ kind: CHAT, id, segment: 1 });
    const [outcome] = await this.relay.submit(viewer, [{ document, update: Y.encodeStateAsUpdate(doc) }], newId());
    if (outcome?.kind !== 'kept') throw new Error(JSON.stringify(outcome));
  }

  /** Everything that was said in a conversation, as the log has it. */
  async said(clientId: string, kind: StandingKind = 'care-team'): Promise<ChatItem[]> {
    const found: ChatItem[] = [];
    for (let segment = 1; ; segment += 1) {
      const name = docName({ kind: CHAT, id: conversationIdOf(clientId, kind), segment });
      const { end, snapshot, updates, isBroken } = await createPgDocLog(this.database).load(HARBOR, name);
      if (isBroken) throw new Error('a broken log');
      if (end.seq === 0) return found;
      const doc = new Y.Doc();
      for (const { update } of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(doc, update);
      found.push(...messagesOf(doc));
    }
  }

  choose(key: string, settings: JsonObject): Promise<void> {
    return this.act(key, 'notification.choose', settings);
  }

  /** One more node. */
  node(more: Partial<EffectParts> = {}) {
    return createEffects({ ...this.parts, ...more });
  }

  /** One of the member's devices has fetched everything. */
  async fetched(key: string): Promise<void> {
    const { version } = must(await this.parts.store.practice('harbor-care'), 'the practice');
    await this.parts.store.moveDevice(HARBOR, { memberId: member(key), device: newId() }, version);
  }

  /** Letters in the outbox, as they lie there. */
  async letters(): Promise<string[]> {
    const names = await readdir(outboxFolder(this.dataDir)).catch(() => []);
    return Promise.all(names.sort().map((name) => readFile(join(outboxFolder(this.dataDir), name), 'utf8')));
  }

  async rows<T>(query: string): Promise<T[]> {
    return (await this.database.pool.query(query)).rows as T[];
  }

  remove(): Promise<void> {
    return this.#remove();
  }
}

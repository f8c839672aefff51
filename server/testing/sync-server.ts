// The server's side of sync in this process: the real routes over a store, with the session said by a header.

import { Hono } from 'hono';
import { newId } from '../../src/base/ids.ts';
import { declared as real } from '../../src/features/shared.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import { generateSealingKeyPair } from '../../src/sync/core/sealing-key.ts';
import type { SealingKeyPair } from '../../src/sync/core/sealing-key.ts';
import { syncRoutes } from '../accept/routes.ts';
import type { AcceptParts } from '../accept/routes.ts';
import { shapesOf } from '../accept/shapes.ts';
import { createViewers } from '../accept/viewer.ts';
import { HttpRefusal, refusalResponse } from '../http/errors.ts';
import { acrossNodes, hearNodes } from '../relay/nodes.ts';
import { NO_OTHER_NODES } from '../store/node-wire.ts';
import type { NodeWire } from '../store/node-wire.ts';
import { HeaderNews } from '../relay/header-news.ts';
import { createHub } from '../relay/hub.ts';
import type { Hub } from '../relay/hub.ts';
import { judge } from '../relay/guard/judge.ts';
import { createRelay } from '../relay/relay.ts';
import { Presence } from '../relay/presence.ts';
import type { Refused } from '../relay/refusals.ts';
import type { Relay } from '../relay/relay.ts';
import type { DocLog } from '../store/doc-log.ts';
import { createPgDocLog } from '../store/pg-doc-log.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import { createPgStore } from '../store/pg-store.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { openClinic } from './clinic.ts';
import type { Clinic, EmptyStore, RecordedClinic } from './clinic.ts';

/** Names the signed-in user of a request. */
export const USER_HEADER = 'x-test-user';

export interface SyncServer {
  readonly clinic: Clinic;
  readonly store: Store;
  readonly hub: Hub;
  readonly relay: Relay;
  readonly presence: Presence;
  readonly declared: Declarations;
  /** Hears no other node any more. */
  endNode(): Promise<void>;
  /** The private half of the practice's key. */
  readonly sealing: SealingKeyPair;
  fetch(request: Request): Promise<Response>;
  /** What was refused to whom in documents. */
  readonly refused: Refused[];
  /** Errors that were bugs: a test looks at them at its end. */
  readonly bugs: unknown[];
  /** Another release of the server over the same data, people and keys; shares `bugs`. */
  release(options: SyncServerOptions): SyncServer;
}

export interface SyncServerOptions extends Partial<Pick<AcceptParts, 'onFault' | 'protocols'>> {
  /** What the server's release declares. */
  readonly declared?: Declarations;
  readonly now?: () => Date;
  /** How it hears of other servers over the same database. */
  readonly wire?: NodeWire;
  /** Rows in one page of a pull: few, where pages themselves are to be tried. */
  readonly pageRows?: number;
  /** What a recording was made with. */
  readonly recorded?: { readonly clinic: RecordedClinic; readonly sealing: SealingKeyPair };
}

/** What outlives a release. */
interface Kept {
  readonly clinic: Clinic;
  readonly sealing: SealingKeyPair;
  readonly bugs: unknown[];
  storeOf(declared: Declarations): Store;
  docsOf(declared: Declarations): DocLog;
}

/** A server over a store in memory. */
export async function startMemoryServer(
  options: SyncServerOptions = {},
): Promise<SyncServer & { readonly store: MemoryStore }> {
  const store = createMemoryStore(newId());
  const empty = { store, addPractice: async (practice: { id: string; slug: string }) => store.addPractice(practice) };
  const first = options.declared ?? real;
  // A test may look at, or step into, the store that its server was started with.
  const storeOf = (declared: Declarations) => (declared === first ? store : store.readAs(shapesOf(declared)));
  const server = await start(empty, { storeOf, docsOf: () => store.docs }, options);
  return { ...server, store };
}

/** A server over a migrated, empty database. */
export function startPgServer(database: Database, options: SyncServerOptions = {}): Promise<SyncServer> {
  const addPractice = async ({ id, slug }: { id: string; slug: string }) => {
    await database.pool.query('insert into practice (id, slug) values ($1, $2)', [id, slug]);
  };
  const storeOf = (declared: Declarations) => createPgStore(database, shapesOf(declared));
  const docsOf = (declared: Declarations) => createPgDocLog(database, shapesOf(declared));
  return start({ store: createPgStore(database), addPractice }, { storeOf, docsOf }, options);
}

/** Another server over the data of a clinic that is there already. */
export function servePgClinic(
  database: Database,
  clinic: Clinic,
  { sealing, ...options }: SyncServerOptions & { sealing: SealingKeyPair },
): SyncServer {
  const storeOf = (declared: Declarations) => createPgStore(database, shapesOf(declared));
  const docsOf = (declared: Declarations) => createPgDocLog(database, shapesOf(declared));
  return serve({ clinic, sealing, bugs: [], storeOf, docsOf }, options);
}

async function start(
  empty: EmptyStore,
  kept: Pick<Kept, 'storeOf' | 'docsOf'>,
  options: SyncServerOptions,
): Promise<SyncServer> {
  const { recorded, declared = real } = options;
  const clinic = await openClinic(empty, declared, recorded?.clinic);
  const sealing = recorded?.sealing ?? (await generateSealingKeyPair());
  return serve({ clinic, sealing, bugs: [], ...kept }, options);
}

function serve(
  kept: Kept,
  { declared = real, now = () => new Date(), wire = NO_OTHER_NODES, recorded: _, ...rest }: SyncServerOptions,
): SyncServer {
  const { clinic, sealing, bugs } = kept;
  const store = kept.storeOf(declared);
  const ownHub = createHub();
  const hub = acrossNodes(ownHub, wire);
  const refused: Refused[] = [];
  const relay = createRelay({
    ...{ log: kept.docsOf(declared), store, declared, judge, now },
    onTrouble: (code, error) => void bugs.push(error ?? code),
    onAppended: ({ id }, news) => {
      for (const { name, seq } of news) wire.tell({ t: 'doc', practice: id, name, seq });
    },
    onHeaders: (practice, spaces) => headers.add(practice, spaces),
    onRefused: (one) => void refused.push(one),
  });
  // A store that is away pokes nobody: the readers learn of it at the next.
  const headers = new HeaderNews(({ slug }, spaces) => void tellHeaders(slug, spaces).catch(() => undefined));
  async function tellHeaders(slug: string, spaces: ReadonlySet<string>): Promise<void> {
    const practice = await store.practice(slug);
    if (practice !== null) await hub.pokeHeaders(practice, spaces);
  }
  const app = new Hono();
  app.onError((error) => {
    if (error instanceof HttpRefusal) return refusalResponse(error.code, error.detail);
    bugs.push(error);
    return refusalResponse('try-again', {}, 500);
  });
  syncRoutes(app, {
    store,
    declared,
    hub,
    relay,
    viewers: createViewers(store, declared),
    sessionOf: async (headers) => sessionOf(headers),
    sealingKey: async () => ({ keyId: sealing.keyId, publicKey: sealing.publicKey }),
    privateKeyFor: () => (keyId) => (keyId === sealing.keyId ? sealing : undefined),
    now,
    onFault: ({ error }) => void bugs.push(error),
    ...rest,
  });
  const presence = new Presence((news) => wire.tell(news));
  const endNode = hearNodes({ hub: ownHub, rooms: relay.rooms, wire, store, presence });
  const release = (options: SyncServerOptions) => serve(kept, options);
  return {
    clinic,
    store,
    hub,
    relay,
    presence,
    endNode,
    declared,
    sealing,
    refused,
    bugs,
    release,
    fetch: async (request) => app.fetch(request),
  };
}

function sessionOf(headers: Headers) {
  const userId = headers.get(USER_HEADER);
  return userId === null ? null : { userId };
}

// The whole server: the house, furnished with identity, sync and relay. Used alike by `npm start`, the demo, development
// and the tests.

import type { Hono } from 'hono';
import { noticeRules } from '../src/features/notices.ts';
import { declared } from '../src/features/shared.ts';
import { clientsRoute } from './accept/clients-api.ts';
import { conversationsRoute } from './accept/conversations-api.ts';
import { openApiRoute } from './accept/openapi.ts';
import { syncRoutes } from './accept/routes.ts';
import type { AcceptParts } from './accept/routes.ts';
import { createViewers } from './accept/viewer.ts';
import type { Config } from './config.ts';
import { createEffects } from './effects/effects.ts';
import { mailRoutes, OFF_PATH } from './effects/mail-routes.ts';
import { createInvitationSecrets } from './effects/invitations.ts';
import { createMailer } from './effects/mailer.ts';
import { beginNotices } from './effects/news.ts';
import { createOffTokens } from './effects/off-token.ts';
import { pushRoutes } from './effects/push/push-routes.ts';
import { loadVapid } from './effects/push/vapid.ts';
import type { Vapid } from './effects/push/vapid.ts';
import { createExaminer } from './files/examine/examiner.ts';
import type { FileStore } from './files/file-store.ts';
import { createFileTable } from './files/file-table.ts';
import { forgetUploads } from './files/forget-uploads.ts';
import { lookAtFiles, practicesToLookAt } from './files/look-at-files.ts';
import { openFileStore } from './files/open-file-store.ts';
import { fileRoutes } from './files/routes.ts';
import type { FileParts } from './files/routes.ts';
import { startHouse } from './house.ts';
import type { Ground, Rooms, RunningHouse } from './house.ts';
import { createIdentity } from './identity/identity.ts';
import type { Identity } from './identity/identity.ts';
import { createPracticeKeys } from './identity/practice-keys.ts';
import { invitationRoutes } from './invitation/routes.ts';
import type { Log } from './log.ts';
import { judge } from './relay/guard/judge.ts';
import { HeaderNews } from './relay/header-news.ts';
import { createHub } from './relay/hub.ts';
import { Refusals } from './relay/refusals.ts';
import { createRelay } from './relay/relay.ts';
import { acrossNodes, hearNodes } from './relay/nodes.ts';
import { Presence } from './relay/presence.ts';
import { createRelayTokens } from './relay/relay-token.ts';
import { relayTokenRoute } from './relay/token-route.ts';
import { createSocketUpgrade } from './relay/upgrade.ts';
import { everyOnClock, purgeDaily } from './purge-daily.ts';
import { checkChains, practicesToCheck } from './store/check-chains.ts';
import { addRefusals, forgetRefusals } from './store/doc-refusals.ts';
import { practiceIds } from './store/purge-tombstones.ts';
import { createPgNodeWire } from './store/node-wire.ts';
import type { PracticeState } from './store/store.ts';
import { createPgDocLog } from './store/pg-doc-log.ts';
import { createPgStore } from './store/pg-store.ts';
import { shapesOf } from './accept/shapes.ts';

export interface Interlude extends Rooms {
  readonly identity: Identity;
}

export interface InterludeOptions {
  readonly config: Config;
  readonly log: Log;
  /** Where the built app lies; null serves none. */
  readonly clientFolder: string | null;
  readonly abort?: AbortSignal;
  /** Fills an empty database; runs before the first request is let in. */
  readonly seed?: (ground: Ground & { readonly identity: Identity }) => Promise<void>;
}

const COME_BACK = 1012;
const API_VERSION = '1';

/** Starts everything. Throws StartError or EmbeddedPostgresError for what an operator can mend; leaves nothing then. */
export function startInterlude({ seed, ...options }: InterludeOptions): Promise<RunningHouse<Interlude>> {
  return startHouse({
    ...options,
    furnish: async (ground) => {
      const [fileStore, vapid] = [await openFileStore(ground.config), await loadVapid(ground.database.db, ground)];
      const interlude = furnish(ground, { fileStore, vapid });
      await seed?.({ ...ground, identity: interlude.identity });
      await beginNotices(ground.database);
      return interlude;
    },
  });
}

interface Fetched {
  readonly fileStore: FileStore;
  readonly vapid: Vapid;
}

function furnish(
  { config, publicUrl, origin, database, secret, log }: Ground,
  { fileStore, vapid }: Fetched,
): Interlude {
  const identity = createIdentity({ database, publicUrl, secret, log });
  const shapes = shapesOf(declared);
  const store = createPgStore(database, shapes);
  const viewers = createViewers(store, declared);
  const wire = createPgNodeWire(database);
  const ownHub = createHub();
  const hub = acrossNodes(ownHub, wire);
  const sessionOf = (headers: Headers) => identity.sessionOf(headers);
  const keys = createPracticeKeys({ database, secret });
  const stored = { files: createFileTable(database), fileStore };
  const now = () => new Date();
  const onFault = tellFaults(log);
  const from = config.mailFrom ?? `Interlude <no-reply@${new URL(publicUrl).hostname}>`;
  const mailer = createMailer({ smtpUrl: config.smtpUrl, dataDir: config.dataDir, from, publicUrl });
  const tokens = createOffTokens(secret);
  const offUrlFor = (practice: string, member: string) =>
    `${publicUrl}${OFF_PATH}/${tokens.make({ practice, member })}`;
  const relayTokens = createRelayTokens(secret, now);
  const push = { vapid, ownService: config.pushService };
  const told = { database, store, declared, viewers, mailer, now };
  const examiner = createExaminer();
  const looking = { database, fileStore, examiner, log, now };
  const files = {
    practices: () => practicesToLookAt(database),
    lookAt: (practice: string, signal: AbortSignal) => lookAtFiles(looking, practice, signal),
  };
  const chains = {
    practices: () => practicesToCheck(database, now()),
    check: (practice: string, signal: AbortSignal) => checkChains({ database, log, now }, practice, signal),
  };
  const presence = new Presence((news) => wire.tell(news));
  const refusals = new Refusals({ keep: keepRefusals, now });
  async function keepRefusals(practice: string, lines: Parameters<typeof addRefusals>[2]) {
    const left = await addRefusals(database, practice, lines);
    if (left > 0) log.error({ code: 'refusals-not-kept', practice, count: left });
  }
  const relay = createRelay({
    ...{ log: createPgDocLog(database, shapes), store, declared, judge, now },
    onTrouble: (code, error) => log.error({ code }, error),
    onAppended: ({ id }, news) => {
      for (const { name, seq } of news) wire.tell({ t: 'doc', practice: id, name, seq });
    },
    onHeaders: (practice, spaces) => headers.add(practice, spaces),
    onRefused: (refused) => refusals.note(refused),
  });
  const onRows = (practice: PracticeState, spaces: ReadonlySet<string>, isGrant = false) => {
    // Where it has changed who reads what, somebody may have to drop what he had.
    if (isGrant) hub.pokeAll(practice.id, '');
    else void hub.pokeSpaces(practice, spaces, '').catch(() => undefined);
  };
  const saying = { hand: relay.hand, onRows };
  const effects = createEffects({
    ...{ ...told, ...saying, files, chains, shapes, rules: noticeRules, publicUrl, push, offUrlFor, log },
    secretOf: createInvitationSecrets(secret),
  });
  const headers = new HeaderNews((practice, spaces) => void tellHeaders(practice, spaces).catch(() => undefined));
  /** Header rows are rows: their readers pull, and effects may follow. Who misses the poke learns of them at the next. */
  async function tellHeaders({ id, slug }: { id: string; slug: string }, spaces: ReadonlySet<string>) {
    effects.committed(id);
    const practice = await store.practice(slug);
    if (practice !== null) await hub.pokeHeaders(practice, spaces);
  }
  const accept = { store, declared, viewers, hub, relay, sessionOf, ...keys, now, onCommitted: effects.committed };
  // All of that person's sockets: each comes back, and the one whose session has ended is then told so.
  identity.onSessionsEnded(({ userId }) => hub.closeUser(userId, COME_BACK));
  return {
    identity,
    mount: (app: Hono) => {
      identity.routes(app);
      invitationRoutes(app, { database, store, declared, shapes, now, onRows, identity });
      openApiRoute(app, API_VERSION);
      syncRoutes(app, { ...accept, onFault });
      mailRoutes(app, { ...told, dataDir: config.dataDir, tokens, sessionOf, onFault });
      pushRoutes(app, { database, viewers, sessionOf: (headers) => identity.sessionOf(headers), now, ...push });
      // A row may have come before the file that it names: its readers look again.
      const onStored: FileParts['onStored'] = async ({ practice }, space) => {
        effects.stored(practice.id);
        await hub.pokeSpaces(practice, new Set([space]), '');
      };
      relayTokenRoute(app, { tokens: relayTokens, sessionOf: (headers) => identity.sessionOf(headers) });
      fileRoutes(app, { declared, viewers, sessionOf, onStored, ...stored });
      const ofPeople = { ...accept, membershipsOf: (userId: string) => identity.membershipsOf(userId) };
      clientsRoute(app, ofPeople);
      conversationsRoute(app, { ...ofPeople, database });
    },
    upgrade: createSocketUpgrade({
      ...{ viewers, hub, relay, tokens: relayTokens, presence, originAllowed: origin.allows },
      sessionOf: (headers) => identity.sessionOf(headers),
      isSignedIn: (sessionId) => identity.isSignedIn(sessionId),
      membershipsOf: (userId) => identity.membershipsOf(userId),
      onRefused: (reason) => log.warn({ code: 'relay-refused', reason }),
    }),
    closeSockets: () => hub.closeAll(COME_BACK),
    begin: () => {
      const endEffects = effects.begin();
      const endHearing = hearNodes({ hub: ownHub, rooms: relay.rooms, wire, store, presence });
      const endPurge = purgeDaily({
        practices: () => practiceIds(database),
        purge: async (practiceId, olderThan) => {
          await forgetUploads(stored, practiceId, new Date());
          await forgetRefusals(database, practiceId, now());
          return store.purgeTombstones(practiceId, olderThan);
        },
        log,
        now,
        every: everyOnClock,
      });
      return async () => {
        // Jobs write through the rooms.
        const endDocuments = endEffects().finally(() => relay.rooms.close());
        await Promise.all([endDocuments, endPurge(), endHearing()]);
        await refusals.close();
        await examiner.close();
      };
    },
  };
}

/** Tells a fault that one mutation has brought out: which act and where in the code, nothing of what was in it. */
export function tellFaults(log: Log): AcceptParts['onFault'] {
  return ({ mutator, error }) => log.error({ code: 'mutator-failed', mutator }, error);
}

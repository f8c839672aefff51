// `GET /api/conversations`: of each client the two conversations that stand, where the caller takes part in them, in all his practices,
// with who else does and the documents in which they are written. Those that are begun beside them are not in it. For integrations and scripts; the app reads its own store.

import type { Hono } from 'hono';
import { CHAT } from '../../src/features/chat/doc-names.ts';
import { CONVERSATION, STANDING_KINDS, conversationIdOf, HEAD, spaceOfKind } from '../../src/features/chat/schema.ts';
import type { Head } from '../../src/features/chat/schema-head.ts';
import type { StandingKind } from '../../src/features/chat/schema.ts';
import { clientKey, clientOfSpace } from '../../src/features/space-names.ts';
import { docName } from '../../src/sync/core/doc-kind.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Row } from '../../src/sync/core/record.ts';
import { rowKey } from '../../src/sync/core/tx.ts';
import { HttpRefusal } from '../http/errors.ts';
import { inPractice } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { ClientsParts } from './clients-api.ts';
import type { Viewer } from './viewer.ts';

interface ListedConversation {
  readonly id: string;
  readonly kind: StandingKind;
  readonly title: string;
  readonly client: string;
  readonly practice: string;
  /** Sign-ins. */
  readonly participants: readonly string[];
  /** Names of the documents, newest last. */
  readonly documents: readonly string[];
}

export type ConversationsParts = ClientsParts & { readonly database: Database };

const TITLES: Readonly<Record<StandingKind, string>> = { 'care-team': 'Care team', 'front-desk': 'Front desk' };

/** Adds the route. 401 where nobody is signed in; an empty list where he takes part in nothing. */
export function conversationsRoute(app: Hono, parts: ConversationsParts): void {
  app.get('/api/conversations', async (c) => {
    const session = await parts.sessionOf(c.req.raw.headers);
    if (session === null) throw new HttpRefusal('not-signed-in');
    const listed: ListedConversation[] = [];
    for (const { slug } of await parts.membershipsOf(session.userId)) {
      const viewer = await parts.viewers.find(session.userId, slug);
      if (viewer !== null) listed.push(...(await conversationsFor(parts, viewer)));
    }
    return c.json(listed);
  });
}

async function conversationsFor(parts: ConversationsParts, viewer: Viewer): Promise<ListedConversation[]> {
  const { practice, principal, spaces } = viewer;
  const readable = new Set(spaces.map(({ space }) => space));
  const clients = [...new Set([...readable].flatMap((space) => clientOfSpace(space) ?? []))];
  const places = clients.flatMap((client) =>
    STANDING_KINDS.filter((kind) => readable.has(spaceOfKind(client, kind))).map((kind) => ({ client, kind })),
  );
  const ids = places.map(({ client, kind }) => conversationIdOf(client, kind));
  const refs = ids.flatMap((id) => [CONVERSATION, HEAD].map((type) => ({ type, id })));
  const key = { memberId: principal.memberId, device: principal.memberId };
  const { rows } = await parts.store.readBatch(practice.id, { key, refs, ns: [] });
  const rowOf = (type: string, id: string): Row | undefined => {
    const row = rows.get(rowKey({ type, id }));
    return row && !isTombstone(row) ? row : undefined;
  };
  const begun = places.flatMap(({ client, kind }, i) => {
    const id = ids[i] ?? '';
    return rowOf(CONVERSATION, id) === undefined ? [] : [{ id, client, kind }];
  });
  const people = await peopleOf(parts.database, practice.id, [...new Set(begun.map(({ client }) => client))]);
  return begun.map(({ id, client, kind }) => {
    const last = (rowOf(HEAD, id)?.fields as Head | undefined)?.segment ?? 1;
    const documents = Array.from({ length: last }, (_, i) => docName({ kind: CHAT, id, segment: i + 1 }));
    const participants = people(client, kind);
    return { id, kind, title: TITLES[kind], client, practice: practice.slug, participants, documents };
  });
}

const OFFICE = ['owner', 'admin', 'support'];

/** Who takes part: the client and her care team, at the front desk the office too. */
async function peopleOf(database: Database, practiceId: string, clients: readonly string[]) {
  const tuples = await inPractice(database, practiceId, (tx) =>
    tx
      .selectFrom('relation')
      .select(['object', 'relation', 'subject'])
      .distinct()
      .where('practice_id', '=', practiceId)
      .where((where) =>
        where.or([where('object', 'in', ['practice', ...clients.map(clientKey)]), where('relation', '=', 'user')]),
      )
      .execute(),
  );
  const users = new Map(
    tuples.flatMap(({ object, relation, subject }) =>
      relation === 'user' ? [[object, subject.replace(/^user:/, '')] as const] : [],
    ),
  );
  return (client: string, kind: StandingKind): string[] => {
    const members = tuples.filter(({ object, relation }) => {
      if (object === 'practice') return kind === 'front-desk' && OFFICE.includes(relation);
      return object === clientKey(client) && (relation === 'self' || relation === 'care_team');
    });
    return [...new Set(members.flatMap(({ subject }) => users.get(subject) ?? []))].sort();
  };
}

// `GET /api/clients`: the clients that the caller may see, in all his practices, each with its name. For integrations and
// scripts; the app reads its own store.

import type { Hono } from 'hono';
import { clientRecord } from '../../src/features/client/schema.ts';
import type { Client } from '../../src/features/client/schema.ts';
import { clientKey, memberKey } from '../../src/features/space-names.ts';
import { isOffice } from '../../src/features/spaces.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import { HttpRefusal } from '../http/errors.ts';
import type { AcceptParts } from './routes.ts';
import type { Viewer } from './viewer.ts';

export interface ListedClient {
  readonly id: string;
  readonly name: string;
  readonly practice: string;
}

export type ClientsParts = Pick<AcceptParts, 'store' | 'viewers' | 'sessionOf'> & {
  membershipsOf(userId: string): Promise<readonly { readonly slug: string }[]>;
};

/** Adds the route. 401 where nobody is signed in; an empty list where there is nobody to see. */
export function clientsRoute(app: Hono, parts: ClientsParts): void {
  app.get('/api/clients', async (c) => {
    const session = await parts.sessionOf(c.req.raw.headers);
    if (session === null) throw new HttpRefusal('not-signed-in');
    const listed: ListedClient[] = [];
    for (const { slug } of await parts.membershipsOf(session.userId)) {
      const viewer = await parts.viewers.find(session.userId, slug);
      if (viewer !== null) listed.push(...(await clientsOf(parts, viewer)));
    }
    return c.json(listed);
  });
}

async function clientsOf({ store }: ClientsParts, viewer: Viewer): Promise<ListedClient[]> {
  const { practice, principal, relations } = viewer;
  const me = memberKey(principal.memberId);
  const objects = [
    ...(isOffice(principal) ? relations.objectsOf('in', 'practice') : []),
    // As in `spacesOf`: the relation of somebody who is no longer a provider opens nothing.
    ...(principal.roles.includes('provider') ? relations.objectsOf('care_team', me) : []),
    ...relations.objectsOf('self', me),
  ];
  const prefix = clientKey('');
  const ids = new Set(
    objects.filter((object) => object.startsWith(prefix)).map((object) => object.slice(prefix.length)),
  );
  const refs = [...ids].map((id) => ({ type: clientRecord.name, id }));
  const key = { memberId: principal.memberId, device: principal.memberId };
  const { rows } = await store.readBatch(practice.id, { key, refs, ns: [] });
  return [...rows.values()].flatMap((row) => {
    if (row === null || isTombstone(row)) return [];
    const { preferredName, legalName } = clientRecord.parse(row.fields) as Client;
    return [{ id: row.id, name: preferredName ?? legalName, practice: practice.slug }];
  });
}

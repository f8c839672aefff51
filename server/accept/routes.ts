// The calls of sync. Each: who is signed in → is he the member that the body names → judge → answer. The session
// decides who acts; the body can only fail to match it.

import type { Hono } from 'hono';
import * as z from 'zod/mini';
import type { $ZodType, output } from 'zod/v4/core';
import { base64urlToBytes } from '../../src/base/base64url.ts';
import { parcelOpener } from '../../src/sync/core/parcel.ts';
import type { PrivateKeyFor } from '../../src/sync/core/parcel.ts';
import { helloRequest, mutationShape, parcelsRequest, pullRequest, pushRequest } from '../../src/sync/core/protocol.ts';
import type { HelloAnswer, ParcelHeader, ParcelItem } from '../../src/sync/core/protocol.ts';
import { documentsRequest } from '../../src/sync/core/doc-wire.ts';
import { agreeOn, cannotPull, cannotPush, PROTOCOLS } from '../../src/sync/core/versions.ts';
import type { TooOld } from '../../src/sync/core/versions.ts';
import type { Mutation } from '../../src/sync/core/mutation.ts';
import { HttpRefusal } from '../http/errors.ts';
import { fitted, readJson } from '../http/body.ts';
import type { Hub } from '../relay/hub.ts';
import type { Relay } from '../relay/relay.ts';
import { documents } from './documents.ts';
import { pull } from './pull.ts';
import type { PullParts } from './pull.ts';
import { push } from './push.ts';
import type { Done } from './push.ts';
import type { Incoming } from './push-rows.ts';
import type { Viewer, Viewers } from './viewer.ts';

export interface AcceptParts extends PullParts {
  readonly viewers: Viewers;
  readonly hub: Hub;
  readonly relay: Relay;
  sessionOf(headers: Headers): Promise<{ readonly userId: string } | null>;
  /** The practice's sealing key: what devices seal to, and the private halves that open what they sealed. */
  sealingKey(practiceId: string): Promise<HelloAnswer['sealing']>;
  privateKeyFor(practiceId: string): PrivateKeyFor;
  now(): Date;
  /** Hears of each practice in which something was committed, once it is. */
  readonly onCommitted?: (practiceId: string) => void;
  /** The protocols that this server speaks; this program's, where nothing is said. */
  readonly protocols?: readonly number[];
  /** Hears of a fault of this program that one mutation has brought out. */
  onFault(fault: { readonly mutator: string; readonly error: unknown }): void;
}

/** Adds `/sync/<practice>/…`. */
export function syncRoutes(app: Hono, parts: AcceptParts): void {
  app.post('/sync/:practice/hello', async (c) => {
    const body = await readJson(c.req.raw, helloRequest);
    const viewer = await viewerOf(parts, c.req.raw, { practice: c.req.param('practice'), membership: body.membership });
    const protocol = agreeOn(body.protocols, parts.protocols);
    if (typeof protocol === 'string') throw new HttpRefusal(protocol);
    return c.json(await hello(parts, viewer, { protocol, device: body.device }));
  });
  app.post('/sync/:practice/push', async (c) => {
    const { mutations: items, ...sent } = await read(parts, c.req.raw, pushRequest, cannotPush);
    return c.json(await takeIn(parts, c.req.raw, { practice: c.req.param('practice'), ...sent, items }));
  });
  app.post('/sync/:practice/parcels', async (c) => {
    const { parcels: items, ...sent } = await read(parts, c.req.raw, parcelsRequest, cannotPush);
    return c.json(await takeIn(parts, c.req.raw, { practice: c.req.param('practice'), ...sent, items }));
  });
  app.post('/sync/:practice/pull', async (c) => {
    const body = await read(parts, c.req.raw, pullRequest, cannotPull);
    const asked = { practice: c.req.param('practice'), membership: body.membership };
    const { practice } = await viewerOf(parts, c.req.raw, asked);
    const outcome = await pull(parts, () => viewerOf(parts, c.req.raw, asked), body);
    if (outcome.kind !== 'page') throw new HttpRefusal(outcome.kind);
    parts.hub.pokeMembers(practice.id, outcome.confirmedBy);
    return c.json(outcome.answer);
  });
  app.post('/sync/:practice/documents', async (c) => {
    const body = await read(parts, c.req.raw, documentsRequest, cannotPull);
    const asked = { practice: c.req.param('practice'), membership: body.membership };
    const answer = await documents(parts, await viewerOf(parts, c.req.raw, asked), body);
    if (answer === 'epoch-changed') throw new HttpRefusal(answer);
    return c.json(answer);
  });
}

/** What is looked at before the rest of a body has any meaning. */
const saying = z.looseObject({ protocol: pullRequest.shape.protocol });

/** The body, once it is clear that its protocol is one that can be read here: nothing else in it means anything before. */
async function read<Schema extends $ZodType>(
  { protocols = PROTOCOLS }: AcceptParts,
  request: Request,
  ...[schema, judge]: [Schema, (said: number | undefined, spoken: readonly number[]) => TooOld | null]
): Promise<output<Schema>> {
  const body = await readJson(request, saying);
  const fault = judge(body.protocol, protocols);
  if (fault !== null) throw new HttpRefusal(fault);
  return fitted(schema, body);
}

/** The signed-in member. Throws the refusal: a stranger and a practice that is not there get the same one. */
async function viewerOf(
  { sessionOf, viewers }: AcceptParts,
  request: Request,
  asked: { practice: string; membership: string },
): Promise<Viewer> {
  const session = await sessionOf(request.headers);
  if (session === null) throw new HttpRefusal('not-signed-in');
  const viewer = await viewers.find(session.userId, asked.practice);
  if (viewer === null) throw new HttpRefusal('not-found');
  if (viewer.principal.memberId !== asked.membership) throw new HttpRefusal('wrong-person');
  return viewer;
}

async function hello(
  parts: AcceptParts,
  { practice, principal }: Viewer,
  { protocol, device }: Pick<HelloAnswer, 'protocol'> & { device: string },
): Promise<HelloAnswer> {
  const key = { memberId: principal.memberId, device };
  const { lastN } = await parts.store.readBatch(practice.id, { key, refs: [], ns: [] });
  return {
    protocol,
    epoch: practice.epoch,
    practice: { id: practice.id, slug: practice.slug },
    membership: { id: principal.memberId, roles: [...principal.roles], user: principal.userId },
    sealing: await parts.sealingKey(practice.id),
    lastN,
    version: practice.version,
    at: parts.now().toISOString(),
  };
}

async function answerPush(
  parts: AcceptParts,
  request: Request,
  batch: Omit<Sent, 'items'> & { readonly practice: string; readonly incoming: readonly Incoming[] },
) {
  // Judged anew at each attempt, but only for who it was at the door.
  const refresh = () => viewerOf(parts, request, batch);
  const { outcome, done } = await push(parts, refresh, batch);
  await pokeReaders(parts, batch, done);
  switch (outcome.kind) {
    case 'gap':
      throw new HttpRefusal('gap', { expected: outcome.expected });
    case 'device-forked':
    case 'epoch-changed':
    case 'not-found':
    case 'try-again':
      throw new HttpRefusal(outcome.kind);
    case 'answered':
      return { results: outcome.results, version: outcome.version, epoch: outcome.epoch };
  }
}

/** Asks the practice's state anew. Where it has changed who reads what, somebody may have to drop what he had. */
async function pokeReaders(
  { store, hub, onCommitted }: AcceptParts,
  batch: { practice: string; device: string },
  { spaces, isGrant }: Done,
): Promise<void> {
  if (spaces.size === 0 && !isGrant) return;
  const practice = await store.practice(batch.practice);
  if (practice === null) return;
  if (spaces.size > 0) onCommitted?.(practice.id);
  if (isGrant) hub.pokeAll(practice.id, batch.device);
  else await hub.pokeSpaces(practice, spaces, batch.device);
}

type Item = Mutation | ParcelItem;
type Sent = {
  readonly membership: string;
  readonly device: string;
  readonly epoch?: string | null | undefined;
  readonly items: readonly Item[];
};

/** Opens what is sealed among what was sent, and judges all of it in order. */
async function takeIn(parts: AcceptParts, request: Request, sent: Sent & { readonly practice: string }) {
  const viewer = await viewerOf(parts, request, sent);
  const opened = await openAll(parts.privateKeyFor(viewer.practice.id), sent);
  // Of a sender that names no life of this database, what it had seen says nothing of this one's numbers.
  const incoming = sent.epoch === viewer.practice.epoch ? opened : opened.map((one) => ({ ...one, base: 0 }));
  return answerPush(parts, request, { ...sent, incoming });
}

/** Opens parcels. One that is another's, does not open, or is no mutation, takes its number and is refused. */
async function openAll(privateKeyFor: PrivateKeyFor, { membership, device, items }: Sent): Promise<Incoming[]> {
  const open = parcelOpener(privateKeyFor);
  const incoming: Incoming[] = [];
  for (const item of items) {
    if (!('header' in item)) {
      incoming.push(item);
      continue;
    }
    const { header, sealed, n = header.n } = item;
    const bytes = base64urlToBytes(sealed);
    // Carried under a number of its own, it may have been sealed on another device of the same member.
    const isOwn = header.user === membership && (item.n !== undefined || header.device === device);
    const opened = bytes && isOwn ? await open({ header, bytes }) : null;
    const mutation = opened?.status === 'opened' ? mutationIn(opened.plaintext, header) : null;
    const base = Math.min(mutation?.base ?? 0, item.base ?? Infinity);
    incoming.push(mutation === null ? unreadable(n, header) : { ...mutation, n, base });
  }
  return incoming;
}

function unreadable(n: number, { mid }: ParcelHeader): Incoming {
  return { n, mid, unreadable: { code: 'parcel-unreadable' } };
}

function mutationIn(plaintext: Uint8Array, header: ParcelHeader): Mutation | null {
  try {
    const parsed = mutationShape.safeParse(JSON.parse(new TextDecoder().decode(plaintext)));
    return parsed.success && parsed.data.n === header.n && parsed.data.mid === header.mid ? parsed.data : null;
  } catch {
    return null;
  }
}

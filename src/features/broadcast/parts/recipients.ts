// Who gets a text, from whom it is meant for and who was ticked or unticked one by one.

import type { JsonObject } from '../../../base/json.ts';
import { AUDIENCES, BROADCAST_MAX } from '../schema.ts';
import type { Audience, Broadcast } from '../schema.ts';
import type { BroadcastWord } from '../words/catalogue.ts';

/** An active client, and whether the reader is on her care team. */
export interface Reachable {
  readonly id: string;
  readonly name: string;
  readonly birth: string;
  readonly isMine: boolean;
}

export type BroadcastDraft = {
  readonly audience: Audience;
  readonly body: string;
  /** Whose tick is not as the audience has it. */
  readonly turned: readonly string[];
};

interface Who {
  readonly isProvider: boolean;
  readonly isManager: boolean;
}

/** What one may choose from. */
export function audiencesFor({ isProvider, isManager }: Who): Audience[] {
  return AUDIENCES.filter((one) => (one === 'active' ? isManager : one === 'own' ? isProvider : true));
}

/** In which conversation it comes: a front desk writes to nobody in what she has with her care team. */
export function kindFor(audience: Audience, { isProvider }: Who): Broadcast['kind'] {
  return audience === 'active' || !isProvider ? 'front-desk' : 'care-team';
}

/** Those who stand in the list of an audience. */
export function offered(clients: readonly Reachable[], audience: Audience, who: Who): readonly Reachable[] {
  return kindFor(audience, who) === 'care-team' ? clients.filter(({ isMine }) => isMine) : clients;
}

export function isTicked({ audience, turned }: BroadcastDraft, id: string): boolean {
  return (audience !== 'chosen') !== turned.includes(id);
}

export function recipientsOf(clients: readonly Reachable[], draft: BroadcastDraft, who: Who): readonly Reachable[] {
  return offered(clients, draft.audience, who).filter(({ id }) => isTicked(draft, id));
}

export function faultsOf(draft: BroadcastDraft, count: number): { body?: BroadcastWord; who?: BroadcastWord } {
  const body = draft.body.trim();
  const fault = body === '' ? 'broadcast.body.empty' : body.length > BROADCAST_MAX ? 'broadcast.body.long' : undefined;
  return { ...(fault && { body: fault }), ...(count === 0 && { who: 'broadcast.who.empty' as const }) };
}

export function draftIn({ audience, body, turned }: JsonObject): BroadcastDraft | null {
  const known = AUDIENCES.find((one) => one === audience);
  if (known === undefined || typeof body !== 'string' || !Array.isArray(turned)) return null;
  return { audience: known, body, turned: turned.map(String) };
}

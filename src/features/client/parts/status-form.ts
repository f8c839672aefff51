// What is asked before a status is changed, what follows from it, and what stands against it.

import type { JsonObject } from '../../../base/json.ts';
import type { StatusStand } from '../queries-status.ts';
import { asksForAnswers, isEnded } from '../schema-status.ts';
import { CLIENT_STATUSES } from '../schema.ts';
import type { ClientStatus } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';

export type StatusForm = { readonly to: ClientStatus | ''; readonly reason: string; readonly said: string };

export const EMPTY_STATUS: StatusForm = { to: '', reason: '', said: '' };

interface Ground {
  readonly stand: StatusStand;
  /** Conversations that wait for an answer, as far as this device knows. */
  readonly owed: number;
}

interface Line {
  readonly word: ClientWord;
  readonly count?: number;
}

/** In words that say all that the act does, and nothing that it does not. */
export function effectsOf({ from, to, stand, owed }: Ground & { from: ClientStatus; to: ClientStatus }): {
  effects: Line[];
  blocks: Line[];
} {
  const effects: Line[] = [];
  if (isEnded(to)) {
    if (!isEnded(from)) effects.push({ word: 'client.effect.chatOff' }, { word: 'client.effect.automaticOff' });
    if (stand.invitations.length > 0)
      effects.push({ word: 'client.effect.invitations', count: stand.invitations.length });
    if (stand.signsIn) effects.push({ word: 'client.effect.reads' });
    if (to === 'deceased') effects.push({ word: 'client.effect.noNotices' });
    effects.push({ word: 'client.effect.late' }, { word: 'client.effect.back' });
  } else {
    if (isEnded(from)) effects.push({ word: 'client.effect.chatOn' });
    if (to === 'active') effects.push({ word: stand.signsIn ? 'client.effect.portal' : 'client.effect.noPortal' });
    if (to === 'active' && !stand.paused) effects.push({ word: 'client.effect.automaticOn' });
    if (to === 'prospect') effects.push({ word: 'client.effect.prospect' });
  }
  const blocks: Line[] = [];
  if (asksForAnswers(from, to)) {
    if (owed > 0) blocks.push({ word: 'client.block.replies', count: owed });
    if (stand.openTasks > 0) blocks.push({ word: 'client.block.tasks', count: stand.openTasks });
  }
  return { effects, blocks };
}

export type StatusFaults = Partial<Record<keyof StatusForm, ClientWord>>;

export function faultsOf(
  form: StatusForm,
  { stand, owed, next }: Ground & { next: readonly ClientStatus[] },
): StatusFaults {
  const { to, reason } = form;
  const from = stand.status;
  if (to === '' || !next.includes(to)) return { to: 'client.status.choose' };
  const faults: StatusFaults = {};
  if (effectsOf({ from, to, stand, owed }).blocks.length > 0) faults.to = 'client.status.blocked';
  if ((isEnded(to) || isEnded(from)) && reason.trim() === '') faults.reason = 'client.reason.missing';
  return faults;
}

export function statusIn({ to, reason, said }: JsonObject): StatusForm | null {
  const known = to === '' ? '' : CLIENT_STATUSES.find((one) => one === to);
  if (known === undefined || typeof reason !== 'string' || typeof said !== 'string') return null;
  return { to: known, reason, said };
}

// What follows from what is done with many clients, in words that say all of it and nothing else.

import type { ClientStand, StatusOfClient } from '../queries-together.ts';
import type { EffectLine } from './together.tsx';

interface Asked {
  readonly to: string;
  /** How the new primary provider is called. */
  readonly name: string;
  readonly leaves: boolean;
}

const sumOf = <T>(list: readonly T[], of: (one: T) => number) => list.reduce((sum, one) => sum + of(one), 0);

/** Who gains and who loses what, and what becomes of the work that is under way. */
export function primaryEffects(
  stands: readonly ClientStand[],
  { to, name, leaves }: Asked,
  { me, roles }: { me: string; roles: readonly string[] },
): EffectLine[] {
  if (to === '') return [];
  const isOn = ({ places }: ClientStand, who: string) => places.some(({ member }) => member === who);
  const gains = stands.filter((stand) => !isOn(stand, to)).length;
  const before = stands.filter(({ primary }) => primary !== null);
  const [tasks, planned] = [sumOf(before, (one) => one.tasks), sumOf(before, (one) => one.planned)];
  const lines: EffectLine[] = [];
  if (gains > 0) lines.push({ word: 'client.team.gains', count: gains, name });
  if (before.length > 0 && leaves)
    lines.push({ word: 'client.team.loses', count: before.length }, { word: 'client.team.replies' });
  if (before.length > 0 && !leaves) lines.push({ word: 'client.team.keeps', count: before.length });
  if (tasks > 0) lines.push({ word: leaves ? 'client.team.tasksLeft' : 'client.team.tasks', count: tasks });
  if (planned > 0) lines.push({ word: leaves ? 'client.team.plannedLeft' : 'client.team.planned', count: planned });
  if (stands.some((stand) => !isOn(stand, me))) lines.push({ word: 'client.team.uncounted' });
  lines.push({ word: 'client.team.welcome', name });
  const isOffice = roles.some((role) => role !== 'provider');
  const ownLost = leaves && !isOffice && before.some(({ primary }) => primary === me);
  lines.push({ word: ownLost ? 'client.team.noBack' : 'client.effect.back', name });
  return lines;
}

export function archiveEffects(clients: readonly StatusOfClient[]): EffectLine[] {
  const invitations = sumOf(clients, ({ stand }) => stand.invitations.length);
  const reads = clients.some(({ stand }) => stand.signsIn);
  return [
    { word: 'client.effect.chatOff' },
    { word: 'client.effect.automaticOff' },
    ...(invitations > 0 ? [{ word: 'client.effect.invitations', count: invitations } as const] : []),
    ...(reads ? [{ word: 'client.effect.reads' } as const] : []),
    { word: 'client.effect.late' },
    { word: 'client.effect.back' },
  ];
}

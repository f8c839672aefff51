// What is done with many clients at once: for each the act and what takes it back, or why it will not be done. Nothing here is a new kind
// of act: each client's is the one of her chart, judged by the server as any other.

import type { JsonObject } from '../../../base/json.ts';
import type { Act } from '../../do-acts.ts';
import { changeStatus, pauseContact } from '../mutators-status.ts';
import { changePrimary } from '../mutators-team.ts';
import { namedBy } from '../queries-status.ts';
import type { ClientStand, StatusOfClient } from '../queries-together.ts';
import type { ClientView } from '../queries.ts';
import { canBecome, isClinical, isEnded, nextOf } from '../schema-status.ts';
import { placeIdOf } from '../schema-team.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { effectsOf } from './status-form.ts';

/** Who does it, made at the moment of the act. */
export type Who = { readonly id: string; readonly by: string; readonly at: string; readonly zone: string };

export interface Plan {
  readonly client: Pick<ClientView, 'id' | 'legalName' | 'preferredName' | 'birthDate'>;
  /** Why it will not be done with her. */
  readonly why?: ClientWord;
  readonly act: (who: Who) => Act;
  /** What takes back what was done; none where its author could not do it any more. */
  readonly undo?: (who: Who, done: JsonObject) => Act;
}

interface Reader {
  readonly me: string;
  readonly roles: readonly string[];
}

const isOf = ({ roles }: Reader, ...some: readonly string[]) => some.some((role) => roles.includes(role));
/** Who reads no other clients than his own. */
const isOffice = (reader: Reader) => isOf(reader, 'owner', 'admin', 'support');

/** A provider has whom he took on without a network once she is sent. */
const unsentOf = ({ isSent }: { isSent: boolean }, reader: Reader): ClientWord | undefined =>
  isSent || isOffice(reader) ? undefined : 'client.why.unsent';

/** `leaves`: who was her primary provider until now is not on her care team afterwards. */
export function primaryPlan(stand: ClientStand, { to, leaves }: { to: string; leaves: boolean }, reader: Reader): Plan {
  const { id: client, places, seen } = stand;
  const [from, there] = [places.find(({ primary }) => primary), places.find(({ member }) => member === to)];
  const mine = places.find(({ member }) => member === reader.me);
  const isHis = isOf(reader, 'owner', 'admin') || (mine !== undefined && isOf(reader, 'provider'));
  const mayBack = !(leaves && from?.member === reader.me) || isOffice(reader);
  const why =
    from?.member === to
      ? 'client.why.same'
      : !stand.isWhole
        ? 'client.why.filling'
        : !isHis && !(stand.isFree && isOf(reader, 'support'))
          ? 'client.why.team'
          : unsentOf(stand, reader);
  const base = ({ id, by, at, zone }: Who) => ({ id, by, at, zone, client });
  const named = mine && { mine: mine.id };
  return {
    client: stand,
    ...(why && { why }),
    act: (who) => ({
      name: changePrimary.name,
      args: {
        ...{ ...base(who), to, ...named },
        ...(there && { place: there.id }),
        ...(from && { from: from.id }),
        ...(from && leaves && { leaves: true }),
        ...(seen && { seen }),
      },
    }),
    ...(mayBack && {
      undo: (who, done) => ({
        name: changePrimary.name,
        args: {
          ...{ ...base(who), from: there?.id ?? placeIdOf(client, to), seen: done['id'] ?? null, ...named },
          ...(from && { to: from.member }),
          ...(from && !leaves && { place: from.id }),
          ...(there === undefined && { leaves: true }),
        },
      }),
    }),
  };
}

/** Stops what goes to her by itself, for a reason, or lets it go again where none is given. */
export function pausePlan(stand: ClientStand, reason: string | null, reader: Reader): Plan {
  const { id: client, paused, pause } = stand;
  const isSame = (reason === null) === (paused === null);
  const why = isSame ? 'client.why.same' : isEnded(stand.status) ? 'client.why.ended' : unsentOf(stand, reader);
  const put = ({ id, by, at, zone }: Who, because: string | null, seen: string | null): Act => ({
    name: pauseContact.name,
    args: { id, by, at, zone, client, seen, ...(because !== null && { reason: because }) },
  });
  return {
    client: stand,
    ...(why && { why }),
    act: (who) => put(who, reason, pause),
    // What the act has written: another's pause since then is not taken back with it.
    undo: (who, { id }) => put(who, paused, reason === null ? null : String(id)),
  };
}

export interface ArchiveAsked {
  readonly reason: string;
  /** What she reads in place of the message box, in her language where it is known. */
  readonly saidTo: (language: string | null) => string;
  /** How many conversations of each wait for an answer, as far as this device knows. */
  readonly owed: ReadonlyMap<string, number>;
}

/** Ends her care: not over what is owed, and where it is clinical not by the office. */
export function archivePlan(one: StatusOfClient, { reason, saidTo, owed }: ArchiveAsked, reader: Reader): Plan {
  const { stand, id: client } = one;
  const [from, to] = [stand.status, 'archived'] as const;
  const { blocks } = effectsOf({ from, to, stand, owed: owed.get(client) ?? 0 });
  const isHis = isOf(reader, 'provider') || !isClinical(from, to, stand);
  const why =
    from === to
      ? 'client.why.same'
      : !nextOf(from).includes(to) || !canBecome(to, stand) || isEnded(from)
        ? 'client.why.ended'
        : !isHis
          ? 'client.why.clinical'
          : blocks[0]?.word === 'client.block.replies'
            ? 'client.why.owed'
            : blocks.length > 0
              ? 'client.why.tasks'
              : unsentOf(one, reader);
  // To `invited` an invitation brings her, and that was taken back for good: she is no client in care by it.
  const before = from !== 'invited' ? from : stand.signsIn ? 'active' : 'prospect';
  return {
    client: one,
    ...(why && { why }),
    act: ({ id, by, at, zone }) => ({
      name: changeStatus.name,
      args: { id, by, at, zone, client, from, to, reason, said: saidTo(stand.language), ...namedBy(stand) },
    }),
    ...(isOf(reader, 'provider') || !isClinical(to, before, stand)
      ? {
          undo: ({ id, by, at, zone }) => ({
            name: changeStatus.name,
            args: { id, by, at, zone, client, from: to, to: before, reason },
          }),
        }
      : {}),
  };
}

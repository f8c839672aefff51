// Who is asking, in one practice: the member, the tuples that concern him, and the spaces that follow from them. Kept in
// memory for as long as no relation of the practice has changed, so that an idle pull costs one look at the practice.

import type { Principal } from '../../src/sync/core/policy.ts';
import { digestOfSpaces } from '../../src/sync/core/digest.ts';
import type { Space } from '../../src/sync/core/record.ts';
import type { Declarations, SpaceGrant, TupleSource } from '../../src/sync/core/run.ts';
import { TupleIndex } from '../../src/sync/core/tuples.ts';
import { gathered } from '../relay/gathered.ts';
import type { PracticeState, Store } from '../store/store.ts';

export interface Viewer {
  readonly practice: PracticeState;
  readonly principal: Principal;
  readonly relations: TupleSource;
  readonly spaces: readonly SpaceGrant[];
  /** Spaces of which nothing sensitive is for him. */
  readonly strict: ReadonlySet<Space>;
  readonly digest: string;
}

const KEPT = 5000;

/** Finds viewers; `null` is the one answer for "no such practice" and "not a member of it". */
export function createViewers(store: Store, declared: Declarations) {
  const kept = new Map<string, Viewer>();
  // Each update of a document asks anew: all that ask at once share a look that begins after they have asked.
  const looks = new Map<string, ReturnType<typeof gathered<PracticeState>>>();

  function lookAt(slug: string): ReturnType<typeof gathered<PracticeState>> {
    return gathered(async () => {
      const practice = await store.practice(slug);
      return new Map(practice === null ? [] : [[slug, practice]]);
    });
  }

  async function find(userId: string, slug: string): Promise<Viewer | null> {
    const look = looks.get(slug) ?? lookAt(slug);
    looks.set(slug, look);
    const practice = (await look([slug])).get(slug);
    // What is no practice may be any word that a stranger says.
    if (practice === undefined) looks.delete(slug);
    return practice === undefined ? null : within(practice, userId);
  }

  /** The same, where the practice's state is already known. */
  async function within(practice: PracticeState, userId: string): Promise<Viewer | null> {
    const key = `${practice.id} ${userId}`;
    const old = kept.get(key);
    if (old && isOfSameRelations(old.practice, practice)) return { ...old, practice };
    const viewer = await load(practice, userId);
    if (viewer === null) return null;
    kept.delete(key);
    kept.set(key, viewer);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return viewer;
  }

  async function load(practice: PracticeState, userId: string): Promise<Viewer | null> {
    const found = await store.viewer(practice.id, userId);
    if (found === null) return null;
    const relations = new TupleIndex(found.tuples);
    const roles = found.tuples
      .filter((tuple) => tuple.object === 'practice' && tuple.subject === `member:${found.memberId}`)
      .map((tuple) => tuple.relation);
    const principal = { userId, practiceId: practice.id, memberId: found.memberId, roles };
    const spaces = declared.spacesOf(principal, relations);
    const strict = new Set(spaces.filter((grant) => grant.strict === true).map((grant) => grant.space));
    return { practice, principal, relations, spaces, strict, digest: digestOfSpaces(spaces) };
  }

  return { find, within };
}

export type Viewers = ReturnType<typeof createViewers>;

/** Whether nothing has changed between two looks that decides who may what. A restored database counts its changes anew. */
export function isOfSameRelations(one: PracticeState, other: PracticeState): boolean {
  return one.epoch === other.epoch && one.relationsVersion === other.relationsVersion;
}

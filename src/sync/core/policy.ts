// One pure decision for every door: who may do what. Deny by default; a role alone never opens a space that belongs to a
// person, because a policy asks relations. The client uses the same function, for display only.

import type { Space } from './record.ts';

export type Verb = 'read' | 'create' | 'update' | 'delete';

/** Who acts: a membership of a practice, its roles in it, and the person's sign-in. */
export interface Principal {
  readonly userId: string;
  readonly practiceId: string;
  readonly memberId: string;
  readonly roles: readonly string[];
}

/** The relations that hold now. */
export interface Relations {
  has(object: string, relation: string, subject: string): boolean;
  /** Objects to which the subject has the relation. */
  objectsOf(relation: string, subject: string): readonly string[];
}

/** What is acted on. `author` is the membership that made it, where there is one. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly space: Space;
  readonly author?: string;
}

export type Rule = (principal: Principal, relations: Relations, resource: Resource) => boolean;
export type Policy = Partial<Record<Verb, Rule>>;
export type Decision = 'allow' | 'deny';

/** Judges one act. Promises `deny` for every type or verb without a rule. */
export function decide(
  policies: Readonly<Record<string, Policy>>,
  act: { principal: Principal; relations: Relations; resource: Resource; verb: Verb },
): Decision {
  const policy = Object.hasOwn(policies, act.resource.type) ? policies[act.resource.type] : undefined;
  const rule = policy?.[act.verb];
  return rule?.(act.principal, act.relations, act.resource) === true ? 'allow' : 'deny';
}

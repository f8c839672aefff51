import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import { authored, id } from '../fields.ts';
import { PUBLIC } from '../space-names.ts';
import { isBuiltIn, kindSetting, ownQuestionsOf } from './schema.ts';
import type { KindSetting } from './schema.ts';

const TYPE = 'entryKind';

const decided = kindSetting.check(
  z.refine(({ kind, name }) => isBuiltIn(kind) === (name === undefined), { error: 'name', path: ['name'] }),
);

/**
 * Decides what a kind of entry asks, after `basis`, the decision that its author had in view. A question of the practice's own may
 * be switched off but not dropped, and stays what it is: answers to it are in people's journals, and where they lie says who
 * may read them.
 */
export const decideKind = defineMutator({
  name: 'entryKind.decideKind',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, id, basis: z.optional(id), setting: decided }),
  reads: (a) => [a.id, ...(a.basis === undefined ? [] : [a.basis])].map((row) => ({ type: TYPE, id: row })),
  resource: (a) => ({ type: TYPE, id: a.id, space: PUBLIC }),
  run(tx, { id: decision, basis, setting }): Refusal | undefined {
    if (tx.get(TYPE, decision) !== undefined) return { code: 'already-there', where: 'id' };
    const before = basis === undefined ? undefined : tx.get(TYPE, basis)?.fields;
    if (basis !== undefined && before?.['kind'] !== setting.kind) return { code: 'not-there', where: 'basis' };
    if (before !== undefined && !keepsOwn(before as KindSetting, setting))
      return { code: 'changed', where: 'questions' };
    tx.insert(TYPE, { id: decision, space: PUBLIC, fields: setting });
    return undefined;
  },
});

function keepsOwn(before: KindSetting, after: KindSetting): boolean {
  const kept = new Map(ownQuestionsOf(after).map((own) => [own.id, own]));
  return ownQuestionsOf(before).every((own) => {
    const now = kept.get(own.id);
    return now !== undefined && now.is === own.is && now.sensitive === own.sensitive;
  });
}

// How features declare record types and mutators: a schema in, the engine's shape out. The whole of zod that the engine
// needs is `parse`, so any schema with it will do.

import type { JsonObject } from '../../base/json.ts';
import type { Authored, Mutator } from './mutation.ts';
import type { RecordType } from './record.ts';

interface Schema<T> {
  parse(value: unknown): T;
}

/** A record type whose fields are held to a schema. */
export function defineRecord<F extends JsonObject>(
  definition: Omit<RecordType, 'parse' | 'relations' | 'project'> & {
    readonly fields: Schema<F>;
    readonly relations?: (row: { id: string; fields: F }) => ReturnType<NonNullable<RecordType['relations']>>;
    readonly project?: (fields: F, viewer: { memberId: string; roles: readonly string[] }) => JsonObject | null;
  },
): RecordType & { readonly fields: Schema<F> } {
  const { fields: schema, relations, project, ...rest } = definition;
  return {
    ...rest,
    fields: schema,
    parse: (fields) => schema.parse(fields),
    ...(relations && { relations: ({ id, fields }) => relations({ id, fields: schema.parse(fields) }) }),
    ...(project && { project: (fields, viewer) => project(schema.parse(fields), viewer) }),
  };
}

/** A mutator whose arguments are held to a schema. */
export function defineMutator<A extends Authored & JsonObject>(
  definition: Omit<Mutator<A>, 'parse'> & { readonly args: Schema<A> },
): Mutator<A> & { readonly args: Schema<A> } {
  return { ...definition, parse: (args) => definition.args.parse(args) };
}

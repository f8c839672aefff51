// Which tables a database has and how each is copied. Found in PostgreSQL's catalogue and not in a list, so that no table of
// a later migration is ever left out. The migrator's own two are not among them: a backup says by name what has run.

import pg from 'pg';

export interface StoredTable {
  readonly schema: string;
  readonly name: string;
  /** In the order in which their values are written. */
  readonly columns: readonly string[];
}

type Found = StoredTable & { readonly needs: readonly string[] };

/** Jobs under way are no data: what they are about is in the tables. A restore clears them away, the next start makes them anew. */
export const JOBS_SCHEMA = 'jobs';

const OWN = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** Every table, each after those that it refers to. */
export async function listTables(client: pg.ClientBase): Promise<StoredTable[]> {
  const { rows } = await client.query<Found>(`
    select n.nspname::text as schema, c.relname::text as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct fn.nspname || '.' || fc.relname from pg_constraint k
        join pg_class fc on fc.oid = k.confrelid join pg_namespace fn on fn.oid = fc.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${OWN} and n.nspname <> '${JOBS_SCHEMA}' and c.relname not in ('kysely_migration', 'kysely_migration_lock')
    order by 1, 2`);
  return inOrder(rows).map(({ schema, name, columns }) => ({ schema, name, columns }));
}

/** Schemas that migrations made. */
export async function listSchemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname::text as name from pg_namespace n where ${OWN} and n.nspname <> 'public' order by 1`,
  );
  return rows.map(({ name }) => name);
}

export function nameOf({ schema, name }: Pick<StoredTable, 'schema' | 'name'>): string {
  return `${schema}.${name}`;
}

/** As it stands in a statement. */
export function quoted({ schema, name }: Pick<StoredTable, 'schema' | 'name'>): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
}

export function quotedWithColumns(table: StoredTable): string {
  return `${quoted(table)} (${table.columns.map(pg.escapeIdentifier).join(', ')})`;
}

function inOrder(tables: readonly Found[]): Found[] {
  const ordered: Found[] = [];
  let waiting = [...tables];
  while (waiting.length > 0) {
    const done = new Set(ordered.map(nameOf));
    const ready = waiting.filter(({ needs }) => needs.every((need) => done.has(need)));
    if (ready.length === 0) throw new Error('tables refer to each other in a circle: no order to fill them in');
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

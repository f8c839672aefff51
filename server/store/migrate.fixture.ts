// A process that migrates, for the test that kills one: it says when it is in the middle of its second migration, and
// sleeps there for as long as it is told. Arguments: folder of the socket, seconds.

import { sql } from 'kysely';
import type { Migration } from 'kysely';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

/** Three migrations, of which the second takes `seconds` once its table is made. */
export function slowMigrations(seconds: number, middle: () => void): Record<string, Migration> {
  const making = (table: string) => async (db: Parameters<Migration['up']>[0]) => {
    await sql`create table ${sql.ref(table)} (id int)`.execute(db);
  };
  const second = async (db: Parameters<Migration['up']>[0]) => {
    await making('second')(db);
    middle();
    await sql`select pg_sleep(${seconds})`.execute(db);
    await sql`insert into second values (1)`.execute(db);
  };
  return {
    '0001-first': { up: making('first') },
    '0002-second': { up: second },
    '0003-third': { up: making('third') },
  };
}

const [host, seconds] = process.argv.slice(2);
if (host !== undefined && process.argv[1] === import.meta.filename) {
  const database = openDatabase({ host, port: 5432, user: 'interlude', database: 'interlude', ssl: false });
  await migrate(
    database.db,
    slowMigrations(Number(seconds), () => process.stdout.write('middle\n')),
  );
  await database.close();
}

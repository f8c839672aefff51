// How features read: rows of a type, by id, by the row they refer to, by time. Live when used inside `useLive`.

import type { JsonObject } from '../../base/json.ts';
import type { Row, Space } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import type { FileRecord, LocalRow } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { newsOf } from './ground.ts';
import { localKey, rowOf } from './local-rows.ts';
import type { RowGround } from './local-rows.ts';
import type { SpaceReader } from './space-reader.ts';

export interface Reader {
  readonly memberId: string;
  /** The person's sign-in, by which documents know their authors; undefined until a server has said it. */
  userId(): Promise<string | undefined>;
  get(type: string, id: string): Promise<Row | undefined>;
  /** The rows of these ids, in their order; those that are not there are left out. In one request, which many `get` are not. */
  many(type: string, ids: readonly string[]): Promise<Row[]>;
  /** All rows of a type; for short lists only. */
  all(type: string): Promise<Row[]>;
  /** The ids of all rows of a type, without opening any, in no order; some may be of rows that were deleted. */
  ids(type: string): Promise<string[]>;
  /** Rows of a type that refer to any of these rows. */
  byRef(type: string, refs: readonly string[]): Promise<Row[]>;
  /** The newest rows of a type, of one space or of all; to the hour, so sort what comes. At most `limit`, after `skip`. */
  newest(type: string, page: { space?: Space; limit: number; skip?: number }): Promise<Row[]>;
  /** Rows of a type in a space that were committed after this cursor. */
  since(type: string, space: Space, cursor: number): Promise<Row[]>;
  /** Whether everything that this device may read has come once, also what is old. */
  isWhole(): Promise<boolean>;
  /** The words of a draft, and when they were last changed. */
  draft(id: string): Promise<{ content: JsonObject; at: string } | undefined>;
  /** The highest cursor of the receiving side of a space. */
  deliveredThrough(space: Space): Promise<number>;
  /** The spaces this device may read. */
  spaces(): Promise<Space[]>;
  /** Whether what is declared as sensitive must not be shown or asked for here; true until the server has said otherwise. */
  isStrict(space: Space): Promise<boolean>;
  /** How far these files have come, in the order of the ids; undefined where nothing of one is here. */
  files(ids: readonly string[]): Promise<(FileRecord['state'] | undefined)[]>;
  /** How far this device has news: what a form that changes a row keeps from its opening. */
  cursor(): Promise<number>;
  /** The same rows for what goes through a whole space. */
  inDepth(): Promise<SpaceReader>;
}

export function createReader(tables: DeviceTables, ground: RowGround, memberId: string): Reader {
  const { rows } = tables;
  const token = (type: string) => ground.cipher.token(type);
  const shown = (found: readonly LocalRow[]) => rowsOf(ground, found);
  const grantOf = async (space: Space) => (await tables.state()).spaces.find((one) => one.space === space);
  const many: Reader['many'] = async (type, ids) => {
    const found = await rows.get(ids.map((id) => localKey(ground.cipher, { type, id })));
    return shown(found.flatMap((local) => local ?? []));
  };
  return {
    memberId,
    userId: async () => (await tables.state()).user,
    get: async (type, id) => {
      const [found] = await rows.get([localKey(ground.cipher, { type, id })]);
      return found && shown([found])[0];
    },
    many,
    all: (type) => rows.ofType(token(type)).then(shown),
    ids: async (type) => (await rows.keysOf(token(type))).map((key) => key.slice(key.indexOf('/') + 1)),
    byRef: (type, refs) => rows.byRef(token(type), refs).then(shown),
    newest: (type, page) => rows.newest(token(type), page).then(shown),
    since: (type, space, cursor) => rows.since(token(type), space, cursor).then(shown),
    isWhole: async () => (await tables.state()).fills.length === 0,
    draft: (id) => tables.drafts.get(id),
    deliveredThrough: async (space) => (await tables.state()).delivered[space] ?? 0,
    spaces: async () => (await tables.state()).spaces.map((grant) => grant.space),
    isStrict: async (space) => {
      const grant = await grantOf(space);
      return grant === undefined || grant.strict === true;
    },
    files: async (ids) => (await tables.files.get(ids)).map((file) => file?.state),
    cursor: async () => newsOf(await tables.state()),
    inDepth: async () => ({ ...(await import('./space-reader.ts')).createSpaceReader(tables, ground), many }),
  };
}

function rowsOf({ declared }: RowGround, found: readonly LocalRow[]): Row[] {
  return found.flatMap((local) => {
    const row = rowOf(declared, local);
    return isTombstone(row) ? [] : [row];
  });
}

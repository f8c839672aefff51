// How features read: rows of a type, by id, by the row they refer to, by time. Live when used inside `useLive`.

import type { JsonObject } from '../../base/json.ts';
import type { Row, Space } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import type { LocalRow, MembershipDatabase } from './database.ts';
import { localKey } from './local-rows.ts';
import type { Cipher } from './sealed.ts';

export interface Reader {
  readonly memberId: string;
  get(type: string, id: string): Promise<Row | undefined>;
  /** All rows of a type; for short lists only. */
  all(type: string): Promise<Row[]>;
  /** Rows of a type that refer to any of these rows. */
  byRef(type: string, refs: readonly string[]): Promise<Row[]>;
  /** The newest rows of a type, of one space or of all; to the hour, so sort what comes. At most `limit`. */
  newest(type: string, page: { space?: Space; limit: number }): Promise<Row[]>;
  /** The words of a draft, and when they were last changed. */
  draft(id: string): Promise<{ content: JsonObject; at: string } | undefined>;
  /** The highest cursor of the receiving side of a space. */
  deliveredThrough(space: Space): Promise<number>;
  /** The spaces this device may read. */
  spaces(): Promise<Space[]>;
  /** Whether what is declared as sensitive must not be shown or asked for here; true until the server has said otherwise. */
  isStrict(space: Space): Promise<boolean>;
  /** How far this device has news: what a form that changes a row keeps from its opening. */
  cursor(): Promise<number>;
}

const LAST = '\uffff';

export function createReader(db: MembershipDatabase, cipher: Cipher, memberId: string): Reader {
  return {
    memberId,
    get: async (type, id) =>
      (await db.row.get(localKey(cipher, { type, id })).then((row) => rowsOf(row ? [row] : [])))[0],
    all: (type) =>
      db.row
        .where('[type+hour]')
        .between([cipher.token(type), ''], [cipher.token(type), LAST])
        .toArray()
        .then(rowsOf),
    byRef: (type, refs) =>
      db.row
        .where('[type+ref]')
        .anyOf(refs.map((ref) => [cipher.token(type), ref]))
        .toArray()
        .then(rowsOf),
    newest: (type, { space, limit }) => newest(db, cipher.token(type), { space, limit }),
    draft: (id) => db.draft.get(id),
    deliveredThrough: async (space) => (await db.state.get('state'))?.delivered[space] ?? 0,
    spaces: async () => (await db.state.get('state'))?.spaces.map((grant) => grant.space) ?? [],
    isStrict: async (space) => {
      const grant = (await db.state.get('state'))?.spaces.find((one) => one.space === space);
      return grant === undefined || grant.strict === true;
    },
    cursor: async () => (await db.state.get('state'))?.cursor ?? 0,
  };
}

function newest(
  db: MembershipDatabase,
  type: string,
  { space, limit }: { space: Space | undefined; limit: number },
): Promise<Row[]> {
  const range =
    space === undefined
      ? db.row.where('[type+hour]').between([type, ''], [type, LAST])
      : db.row.where('[type+space+hour]').between([type, space, ''], [type, space, LAST]);
  return range.reverse().limit(limit).toArray().then(rowsOf);
}

function rowsOf(found: readonly LocalRow[]): Row[] {
  return found.flatMap(({ row }) => (isTombstone(row) ? [] : [row]));
}

// What one viewer may see of a row: decided here for every door, the pull's and that of notices.

import type { JsonObject } from '../../src/base/json.ts';
import { headsFor } from '../../src/sync/core/heads.ts';
import { decide } from '../../src/sync/core/policy.ts';
import type { RecordType, Row, StoredRow } from '../../src/sync/core/record.ts';
import { isTombstone } from '../../src/sync/core/record.ts';
import type { Declarations } from '../../src/sync/core/run.ts';
import type { Viewer } from './viewer.ts';

/** What this viewer may see of a row. Judged even inside a readable space: two walls, not one. */
export function visible(declared: Declarations, viewer: Viewer, row: StoredRow): StoredRow[] {
  if (isTombstone(row)) return [row];
  const { principal } = viewer;
  const type = declared.recordTypes[row.type];
  if (type === undefined || !mayRead(declared, viewer, row)) return [];
  const open = viewer.strict.has(row.space) ? withoutSensitive(type, row) : row;
  if (open === null) return [];
  const fields = type.project ? type.project(open.fields, principal) : open.fields;
  const by = type.hidesAuthor && open.by !== principal.memberId ? open.id : open.by;
  return fields === null ? [] : [{ ...open, by, fields, ...headsShown(open, fields, principal.memberId) }];
}

/** Whether the policies let this viewer read the row, whatever is hidden in it. */
export function mayRead({ policies }: Declarations, { principal, relations }: Viewer, row: Row): boolean {
  const resource = { type: row.type, id: row.id, space: row.space, author: row.by };
  return decide(policies, { principal, relations, resource, verb: 'read' }) === 'allow';
}

/** What a strict grant leaves of a row; null where the whole row is sensitive. */
function withoutSensitive({ sensitive }: RecordType, row: Row): Row | null {
  if (sensitive === undefined) return row;
  if (sensitive.row?.(row.fields) === true) return null;
  const paths = (sensitive.fields ?? []).map((path) => path.split('.'));
  const fields = paths.reduce(without, row.fields);
  // Heads hold values of their own.
  const heads = Object.entries(row.heads ?? {}).filter(([field]) => !paths.some(([first]) => first === field));
  return { ...row, fields, ...(row.heads && { heads: Object.fromEntries(heads) }) };
}

/** The fields without the member at this path. */
function without(fields: JsonObject, [first = '', ...rest]: readonly string[]): JsonObject {
  const { [first]: member, ...others } = fields;
  if (member === undefined) return fields;
  if (rest.length === 0) return others;
  const isObject = member !== null && typeof member === 'object' && !Array.isArray(member);
  return isObject ? { ...others, [first]: without(member as JsonObject, rest) } : fields;
}

/** Heads of what is shown as it is stored, and of nothing else. */
function headsShown({ heads, fields: stored }: Row, fields: JsonObject, viewerId: string): Pick<Row, 'heads'> {
  if (heads === undefined) return {};
  const open = Object.entries(heads).filter(([field]) => fields[field] === stored[field]);
  return { heads: headsFor(Object.fromEntries(open), viewerId) };
}

// Rows between releases: which shapes a device knows, and a row in one of them. Pure, the same on both sides.

import type { JsonObject } from '../../base/json.ts';
import type { RecordType, Row } from './record.ts';

type Types = Readonly<Record<string, RecordType>>;

/** By type, the shape a program knows; types that have had one only, or that it does not know, are left out. */
export type KnownShapes = Readonly<Record<string, number>>;

const FIRST = 1;

export function knownShapes(types: Types): KnownShapes {
  const beyond = Object.values(types).filter(({ schemaVersion }) => schemaVersion > FIRST);
  return Object.fromEntries(beyond.map(({ name, schemaVersion }) => [name, schemaVersion]));
}

/** Fields of an older shape in the present one; others, and those of a type without older ones, as they are. */
export function inPresentShape(type: RecordType | undefined, fields: JsonObject, from: number): JsonObject {
  return type?.upcast === undefined || from >= type.schemaVersion ? fields : type.upcast(fields, from);
}

/** A row of the present shape for who knows `known`; null where it cannot be said in what he knows. */
export function rowForShapes(types: Types, row: Row, known: KnownShapes): Row | null {
  const type = types[row.type];
  if (type === undefined) return row;
  const shape = Math.min(type.schemaVersion, known[row.type] ?? FIRST);
  if (shape === type.schemaVersion) return shape === FIRST ? row : { ...row, shape };
  const fields = type.downcast?.(row.fields, shape) ?? null;
  if (fields === null) return null;
  // Heads are of the values that stand in the fields.
  const heads = Object.entries(row.heads ?? {}).filter(([field]) => fields[field] === row.fields[field]);
  return { ...row, fields, ...(row.heads && { heads: Object.fromEntries(heads) }), ...(shape > FIRST && { shape }) };
}

/** A row as it came, in the present shape; of a type that is not known as it is. */
export function rowFromWire(types: Types, row: Row): Row {
  const type = types[row.type];
  if (type === undefined) return row;
  const { shape = FIRST, ...rest } = row;
  return { ...rest, fields: inPresentShape(type, row.fields, shape) };
}

// Updates as nobody's Yjs would write them, for tests: every field by hand.

import * as encoding from 'lib0/encoding';

export interface CraftedId {
  readonly client: number;
  readonly clock: number;
}

export interface CraftedStruct {
  /** Of `KIND`; by default plain JSON. */
  readonly kind?: number;
  readonly origin?: CraftedId | undefined;
  readonly right?: CraftedId | undefined;
  readonly root?: string | undefined;
  readonly parent?: CraftedId | undefined;
  readonly key?: string | undefined;
  /** Of what has only a length. */
  readonly length?: number;
  /** Of plain JSON. */
  readonly values?: readonly unknown[];
  /** The content's bytes, for all else. */
  readonly write?: (encoder: encoding.Encoder) => void;
}

export interface CraftedSection {
  readonly client: number;
  readonly clock?: number;
  /** What it claims to hold. */
  readonly count?: number;
  readonly structs: readonly CraftedStruct[];
}

export type CraftedRange = readonly [client: number, clock: number, length: number];

export function craft(sections: readonly CraftedSection[], deletes: readonly CraftedRange[] = []): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, sections.length);
  for (const { client, clock = 0, structs, count = structs.length } of sections) {
    for (const number of [count, client, clock]) encoding.writeVarUint(encoder, number);
    for (const struct of structs) writeStruct(encoder, struct);
  }
  encoding.writeVarUint(encoder, deletes.length);
  for (const [client, clock, length] of deletes)
    for (const number of [client, 1, clock, length]) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

function writeStruct(encoder: encoding.Encoder, struct: CraftedStruct): void {
  const { kind = 8, origin, right, root, parent, key } = struct;
  const flags = (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20);
  encoding.writeUint8(encoder, kind | (kind === 0 || kind === 10 ? 0 : flags));
  if (kind !== 0 && kind !== 10) {
    for (const id of [origin, right]) if (id) writeId(encoder, id);
    if (!origin && !right) {
      encoding.writeVarUint(encoder, root === undefined ? 0 : 1);
      if (root !== undefined) encoding.writeVarString(encoder, root);
      else writeId(encoder, parent ?? { client: 0, clock: 0 });
      if (key !== undefined) encoding.writeVarString(encoder, key);
    }
  }
  if (struct.write) struct.write(encoder);
  else if (struct.length !== undefined) encoding.writeVarUint(encoder, struct.length);
  else {
    const values = struct.values ?? [];
    encoding.writeVarUint(encoder, values.length);
    for (const value of values) encoding.writeAny(encoder, value as encoding.AnyEncodable);
  }
}

function writeId(encoder: encoding.Encoder, { client, clock }: CraftedId): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

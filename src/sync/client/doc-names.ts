// Documents by name on this device. A name holds the kind, which is a word of a short list: on disk it stands as a token, as the
// types of rows do.

import { must } from '../../base/must.ts';
import { docName, parseDocName } from '../core/doc-kind.ts';
import type { DocKind, DocName } from '../core/doc-kind.ts';
import { UPDATE_MUTATION } from '../core/mutation.ts';
import type { Space } from '../core/record.ts';
import { isTombstone } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import type { OutboxEntry } from './database.ts';
import type { DeviceTables } from './device-store.ts';
import { readVisible } from './local-rows.ts';
import type { RowGround } from './local-rows.ts';
import type { Cipher } from './sealed.ts';

/** What all segments of a document begin with, and a document without segments is. */
export function docStem(cipher: Pick<Cipher, 'token'>, { kind, id }: Pick<DocName, 'kind' | 'id'>): string {
  return `${cipher.token(`document ${kind}`)}/${id}`;
}

/** The device's key of a document. */
export function docKey(cipher: Pick<Cipher, 'token'>, document: string): string {
  const name = must(parseDocName(document) ?? undefined, 'a document');
  return name.segment === null ? docStem(cipher, name) : `${docStem(cipher, name)}/${name.segment}`;
}

/** The kind of a document; undefined where this program declares none such. */
export function kindOf({ documents = {} }: Declarations, document: string): DocKind | undefined {
  const name = parseDocName(document);
  if (name === null || docName(name) !== document || !Object.hasOwn(documents, name.kind)) return undefined;
  const kind = documents[name.kind];
  return (kind?.segments === undefined) === (name.segment === null) ? kind : undefined;
}

/** Whether an entry is an update of a document that this program knows. */
export function isOfDocument(declared: Declarations, { mutation }: Pick<OutboxEntry, 'mutation'>): boolean {
  return mutation?.name === UPDATE_MUTATION && kindOf(declared, String(mutation.args['document'])) !== undefined;
}

/** What it takes to find the row that a document belongs to. */
export interface DocGround extends RowGround {
  readonly declared: Declarations;
}

/** The space of a document, by the row that it belongs to; undefined where that is not on this device. */
export async function spaceOfDoc(tx: DeviceTables, ground: DocGround, document: string): Promise<Space | undefined> {
  const [name, kind] = [parseDocName(document), kindOf(ground.declared, document)];
  if (name === null || kind === undefined) return undefined;
  const [row] = (await readVisible(tx, ground, [{ type: kind.row, id: name.id }])).values();
  return row && !isTombstone(row) ? row.space : undefined;
}

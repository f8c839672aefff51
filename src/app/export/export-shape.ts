// What a saved file is made of, as it is written for whoever reads it later: a person, or a program. It only ever widens; what
// changes gets another `version`. Times are ISO 8601 in UTC with their `zone` beside them, all text is UTF-8.
//
//   README.txt             what this is, in the person's language
//   export.json            `ExportHead`: whose it is, when it was saved, what is in it
//   records/<type>.json    `ExportRecords`: every row of one type, in the order in which the practice took them in
//   files/<id>.<ending>    media that rows name by their `id`

import type { JsonObject } from '../../base/json.ts';

export const EXPORT_FORMAT = 'interlude-export';
export const EXPORT_VERSION = 1;

export interface ExportHead {
  readonly format: typeof EXPORT_FORMAT;
  readonly version: typeof EXPORT_VERSION;
  readonly savedAt: string;
  /** The zone of the device on which it was saved. */
  readonly zone: string;
  readonly practice: string;
  /** The id of the client whose record it is. */
  readonly client: string;
  /** Some things are kept from who saved it, and are not in it. */
  readonly isPartial: boolean;
  /** Names of the members who are named in it by id. */
  readonly people: Readonly<Record<string, string>>;
  readonly records: readonly { readonly type: string; readonly path: string; readonly count: number }[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Ids of files that were neither on the device nor to be had when it was saved. */
  readonly missing: readonly string[];
  /** How many rows were left out because they did not open on the device that it was saved on: private entries that are locked there. */
  readonly closed: number;
}

export interface ExportRecords {
  readonly type: string;
  readonly schemaVersion: number;
  readonly rows: readonly ExportedRow[];
}

export interface ExportedRow {
  readonly id: string;
  readonly space: string;
  /** The member who wrote it. */
  readonly by: string;
  /** When the practice had it; the device's own time where `sent` is false. */
  readonly at: string;
  readonly sent: boolean;
  /** Of a private entry what was sealed in it, with `private: true`. */
  readonly fields: JsonObject;
}

/** What a row says of a file. */
export interface NamedFile {
  readonly id: string;
  readonly key: string;
  readonly size: number;
  /** Its media type. */
  readonly type: string;
  /** Of a photo, its small form for lists: shown on screens, and not saved. */
  readonly thumb?: Omit<NamedFile, 'type' | 'thumb'>;
}

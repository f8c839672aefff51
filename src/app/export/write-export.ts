// Everything of a client that this device has, as one file. It is read and written in pieces: what was written is the browser's to
// keep, and no more than a piece lies in memory at a time.

import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { JsonObject } from '../../base/json.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { sensitiveNames, without } from '../../sync/client/sensitive.ts';
import type { RowMark, SpaceReader } from '../../sync/client/space-reader.ts';
import type { Row, Space } from '../../sync/core/record.ts';
import type { Declarations } from '../../sync/core/run.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from './export-shape.ts';
import type { ExportedRow, ExportHead, NamedFile } from './export-shape.ts';

/** So many rows are opened at once. */
const PIECE = 100;

export interface ExportOptions {
  readonly reader: Reader;
  readonly declared: Declarations;
  readonly client: string;
  readonly practice: string;
  readonly spaces: readonly Space[];
  /** What it takes to read them: some types of another space. */
  readonly besides: {
    readonly space: Space;
    readonly types: readonly string[];
    /** As who may not see everything may have it. */
    shown(fields: JsonObject): JsonObject;
  };
  /** What its reader alone can open: the types of another space, and what a row of them says; null where it does not open here. */
  readonly own?: OwnRows;
  readonly readme: string;
  readonly savedAt: string;
  readonly zone: string;
  /** Files that rows name: how they are found in one, and opened. */
  readonly media: Media;
  readonly signal: AbortSignal;
  onProgress(progress: { done: number; total: number }): void;
  /** Lets the page answer a touch between two pieces. */
  breathe(): Promise<void>;
}

export interface OwnRows {
  readonly space: Space;
  readonly types: readonly string[];
  open(row: Row): Promise<JsonObject | null>;
}

export interface Media {
  namedIn(fields: JsonObject): readonly NamedFile[];
  /** Null where it is neither here nor to be had now. */
  open(space: Space, file: NamedFile): Promise<Uint8Array | null>;
}

interface Counted {
  readonly type: string;
  readonly path: string;
  count: number;
}

/** Rejects with the signal's reason where it was called off. */
export async function writeExport(options: ExportOptions): Promise<Blob> {
  const { readme } = options;
  const zip = openZip();
  zip.text('README.txt', readme);
  const { records, people, isPartial, named, closed } = await writeRecords(zip, options);
  const { files, missing } = await writeFiles(zip, named, options);
  const head: ExportHead = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    savedAt: options.savedAt,
    zone: options.zone,
    practice: options.practice,
    client: options.client,
    isPartial,
    people,
    records,
    files,
    missing,
    closed,
  };
  zip.text('export.json', `${JSON.stringify(head, null, 2)}\n`);
  return zip.end();
}

async function writeRecords(zip: ZipWriter, options: ExportOptions) {
  const { reader, declared, besides, own, media, signal, onProgress, breathe } = options;
  const spaces = [...options.spaces, ...(own ? [own.space] : []), besides.space];
  const rows = await reader.inDepth();
  // What only a later release knows cannot be told here.
  const known = async (space: Space) =>
    (await rows.marks(space)).filter(({ type }) => {
      const only = [besides, own].find((one) => one?.space === space)?.types;
      return only ? only.includes(type) : type !== '';
    });
  const marks = await Promise.all(spaces.map(known));
  const strict = await Promise.all(spaces.map((space) => reader.isStrict(space)));
  const isPartial = strict.slice(0, -1).some((one) => one);
  const total = marks.reduce((sum, ofSpace) => sum + ofSpace.length, 0);
  const hidden = sensitiveNames(declared);
  const records: Counted[] = [];
  const members = new Set<string>();
  const named: Named = new Map();
  let done = 0;
  let closed = 0;
  async function fieldsOf(row: Row, isStrict: boolean): Promise<JsonObject | null> {
    if (row.space === own?.space) {
      const opened = await own.open(row);
      return opened && (isPartial ? without(opened, hidden) : opened);
    }
    const plain = row.space === besides.space && isPartial ? besides.shown(row.fields) : row.fields;
    return isStrict ? without(plain, hidden) : plain;
  }
  for (const { name: type, schemaVersion, sensitive } of Object.values(declared.recordTypes)) {
    const file = { type, path: `records/${type}.json`, count: 0 };
    const write = zip.begin(file.path);
    write(`{"type":${JSON.stringify(type)},"schemaVersion":${schemaVersion},"rows":[`);
    for (const i of spaces.keys()) {
      // As a reader of the whole record would: the unsent last.
      for (const ids of piecesOf(inOrder(marks[i] ?? []), type)) {
        signal.throwIfAborted();
        for (const row of await rows.many(type, ids)) {
          if (strict[i] !== false && sensitive?.row?.(row.fields) === true) continue;
          const fields = await fieldsOf(row, strict[i] !== false);
          if (fields === null) {
            closed += 1;
            continue;
          }
          write(`${file.count > 0 ? ',' : ''}\n${JSON.stringify(exported(row, fields))}`);
          file.count += 1;
          for (const member of [row.by, ...membersIn(fields)]) members.add(member);
          for (const file of media.namedIn(fields)) named.set(file.id, { space: row.space, file });
        }
        done += ids.length;
        onProgress({ done, total });
        await breathe();
      }
    }
    write('\n]}\n', true);
    records.push(file);
  }
  return {
    records,
    people: await namesOf(rows, [...members]),
    isPartial,
    named,
    closed,
  };
}

type Named = Map<string, { readonly space: Space; readonly file: NamedFile }>;

/** Each once, under its id; what is not to be had is named as missing. */
async function writeFiles(zip: ZipWriter, named: Named, { media, signal, breathe }: ExportOptions) {
  const files: { path: string; bytes: number }[] = [];
  const missing: string[] = [];
  for (const { space, file } of named.values()) {
    signal.throwIfAborted();
    const bytes = await media.open(space, file);
    const path = `files/${file.id}.${ENDINGS[file.type] ?? 'bin'}`;
    if (bytes === null) missing.push(file.id);
    else files.push({ path, bytes: zip.bytes(path, bytes) });
    await breathe();
  }
  return { files, missing };
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'audio/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
};

const exported = ({ id, space, by, at, version }: Row, fields: JsonObject): ExportedRow => {
  return { id, space, by, at, sent: version > 0, fields };
};

const inOrder = (marks: readonly RowMark[]) => [
  ...marks.filter(({ version }) => version > 0),
  ...marks.filter(({ version }) => version === 0),
];

function* piecesOf(marks: readonly RowMark[], type: string): Iterable<string[]> {
  const ids = marks.filter((mark) => mark.type === type).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += PIECE) yield ids.slice(from, from + PIECE);
}

/** Members that a row names besides its author, as the care team's rows do. */
function membersIn({ member }: JsonObject): string[] {
  return typeof member === 'string' ? [member] : [];
}

async function namesOf(rows: SpaceReader, ids: readonly string[]): Promise<Record<string, string>> {
  const members = await rows.many('member', ids);
  return Object.fromEntries(members.map(({ id, fields }) => [id, String(fields['name'])]));
}

interface ZipWriter {
  text(path: string, text: string): void;
  /** Begins a file; the last part ends it. */
  begin(path: string): (part: string, isLast?: boolean) => void;
  /** A file that is small already; how many bytes it has. */
  bytes(path: string, bytes: Uint8Array): number;
  end(): Blob;
}

const GATHER_BYTES = 1 << 20;

function openZip(): ZipWriter {
  let written: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  let failure: Error | null = null;
  // A blob is the browser's, which may put it on its disk.
  const gather = () => {
    written.push(new Blob(parts));
    parts = [];
    waiting = 0;
  };
  const zip = new Zip((error, data) => {
    failure ??= error;
    parts.push(data.slice());
    waiting += data.length;
    if (waiting > GATHER_BYTES) gather();
  });
  const begin = (path: string) => {
    const file = new ZipDeflate(path, { level: 6 });
    zip.add(file);
    return (part: string, isLast = false) => file.push(strToU8(part), isLast);
  };
  return {
    begin,
    text: (path, text) => begin(path)(text, true),
    bytes(path, bytes) {
      const file = new ZipPassThrough(path);
      zip.add(file);
      file.push(bytes, true);
      return bytes.length;
    },
    end() {
      zip.end();
      if (failure !== null) throw failure;
      gather();
      const blob = new Blob(written, { type: 'application/zip' });
      written = [];
      return blob;
    },
  };
}

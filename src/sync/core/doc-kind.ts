// What a noun declares about documents that several people write at once (Yjs): which row a document belongs to, who may, and
// for each root the rule by which every update is judged before it is applied (sync.md, Documents). A kind is a table; the
// relay and the device know no other thing of it. Pure, and without Yjs: both sides import it.

import type { Json, JsonObject } from '../../base/json.ts';
import type { Policy, Principal, Relations, Resource } from './policy.ts';
import type { TupleSource } from './run.ts';

/** Whether this member may write here, beyond the kind's own `update` rule. */
export type RootRule = (principal: Principal, relations: Relations, resource: Resource) => boolean;

/** Who writes one item, and where. */
export interface ItemAsk {
  readonly principal: Principal;
  readonly relations: TupleSource;
  readonly resource: Resource;
}

/** An array of plain JSON, append only: each item signed by who sends it, never changed or taken away. */
export interface LogRoot {
  readonly rule: 'log';
  /** Checks one item; throws with the path where it does not fit. */
  parse(value: unknown): JsonObject;
  /** The member of an item that has to be the writer's user id. */
  readonly author: string;
  /** The most bytes of one item, as JSON. */
  readonly itemBytes: number;
  readonly may?: RootRule;
  /** Whether one item is taken where `may` says no: as it was written before that. `item` is as `parse` gave it. */
  mayItem?(ask: ItemAsk, item: JsonObject): boolean;
}

/** A map that one person alone writes: the root is named `<prefix>:<user id>`. Values are plain JSON. */
export interface OwnRoot {
  readonly rule: 'own';
  /** Checks one entry; throws where it does not fit. */
  parse(key: string, value: unknown): void;
  readonly valueBytes: number;
  readonly mostKeys: number;
  readonly may?: RootRule;
}

/** Written by the relay alone. */
export interface ServerRoot {
  readonly rule: 'server';
}

/** Rich text as an XML fragment, edited freely within an allow-list. */
export interface TextRoot {
  readonly rule: 'text';
  /** Names of elements, each with the attributes it may have. */
  readonly nodes: Readonly<Record<string, readonly string[]>>;
  /** Names of marks on text. */
  readonly marks: readonly string[];
  readonly depth: number;
  readonly may?: RootRule;
}

export type DocRoot = LogRoot | OwnRoot | ServerRoot | TextRoot;

/** One item that was appended to a log root, as it stands in the log of the server. */
export interface Appended {
  readonly root: string;
  readonly value: JsonObject;
}

/** The same with the roles that its author had in the practice then. */
export interface AppendedBy extends Appended {
  readonly roles: readonly string[];
}

/** What one commit of a document has brought, for its header row. */
export interface DocNews {
  readonly document: string;
  /** The document's sequence after it. */
  readonly seq: number;
  readonly appended: readonly AppendedBy[];
  readonly at: string;
}

/** As much of a document as an intent looks at and changes: what of Yjs a kind may use without naming it. */
export interface DocRoots {
  getArray(root: string): { push(items: JsonObject[]): void; toArray(): unknown[] };
  getMap(root: string): {
    get(key: string): unknown;
    set(key: string, value: Json): unknown;
    delete(key: string): void;
  };
}

export interface DocKind {
  /** First part of the document's name: `<name>:<id>` or, of a kind with segments, `<name>:<id>:<segment>`. */
  readonly name: string;
  /** A document is there while a row of this type with its id is; its space is the row's. */
  readonly row: string;
  /** `read` who may join, `update` who may write at all; the resource is the document's row with the kind's name as its type. */
  readonly policy: Policy;
  /** By root name; a key `by:*` stands for every root `by:<user id>`. What is not here may not exist. */
  readonly roots: Readonly<Record<string, DocRoot>>;
  /** Segments go on in a next document when this log root holds so many items. */
  readonly segments?: { readonly root: string; readonly items: number };
  /** Whether the document's row says that its log roots take no more (`closed`); what each writes for himself goes on. Pure. */
  isClosed?(row: JsonObject): boolean;
  /** The version of the shape; an editor of an older one only reads. */
  readonly schemaVersion: number;
  /**
   * A row that follows the document, written in the transaction of each append: `<type>` with the id and the space of the document's
   * row. `fields` is pure; `before` is null the first time. By its fields `seq` and, of a kind with segments, `segment` a device
   * sees that there is something to fetch.
   */
  readonly header?: {
    readonly type: string;
    fields(before: JsonObject | null, news: DocNews): JsonObject;
    /** Whether the document holds words of who signs so, who waits to hear how far they have come; without this it may. Pure. */
    holdsWordsOf?(fields: JsonObject, user: string): boolean;
  };
  /** Who fetches an update is not told by which membership it was sent, but of his own: what is in it says who signs. */
  readonly hidesAuthors?: true;
  /**
   * What this member is told of what somebody else who has the document open says of himself; null for nothing. Without this,
   * whatever he says. Who he is stands beside it, said by the server.
   */
  sees?(principal: Principal, state: JsonObject): JsonObject | null;
  /**
   * Does an intent again, over the document as it is now, under the same ids; what is there already it leaves. False: it cannot be
   * done any more. Without this a refused update waits for its author's decision. `was` is the segment in which it was shown, where
   * it comes to another: what its author said of it there goes with it.
   */
  redo?(doc: DocRoots, intent: JsonObject, was?: DocRoots): boolean;
}

/** Why an update was not taken. `again` is weather: nothing was judged, ask once more. */
export const DOC_REFUSALS = [
  'unreadable', // not an update, or bytes left over
  'too-large', // bytes, structs, ranges or depth beyond the limit
  'gap', // comes before what it stands on
  'client-taken', // the client id is another's, or of another session or device
  'not-allowed', // a root, kind of content or deletion that the writer has no right to
  'invalid', // an item that does not fit its shape
  'not-author', // an item signed with another's id
  'segment-closed', // the document is full: the next segment takes it
  'closed', // its row says that nothing more is said in it
  'not-there', // no such document for this person
] as const;
export type DocRefusal = (typeof DOC_REFUSALS)[number];

/** A document's name in its parts; `segment` is null for kinds without segments. */
export interface DocName {
  readonly kind: string;
  readonly id: string;
  readonly segment: number | null;
}

const NAME =
  /^([a-z]+(?:-[a-z]+)*):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?::([1-9]\d{0,5}))?$/;

/** Takes a name apart; null where it is none. Whether the kind has segments is for the caller to compare. */
export function parseDocName(name: string): DocName | null {
  const [, kind, id, segment] = NAME.exec(name) ?? [];
  if (kind === undefined || id === undefined) return null;
  return { kind, id, segment: segment === undefined ? null : Number(segment) };
}

/** The other way. */
export function docName({ kind, id, segment }: DocName): string {
  return segment === null ? `${kind}:${id}` : `${kind}:${id}:${segment}`;
}

/** The rule of a root: its own, or that of its prefix with whose it is. */
export function rootRule(
  kind: DocKind,
  root: string,
): { readonly rule: DocRoot; readonly owner: string | null } | null {
  if (Object.hasOwn(kind.roots, root) && !root.endsWith('*')) {
    const rule = kind.roots[root];
    return rule === undefined ? null : { rule, owner: null };
  }
  const colon = root.indexOf(':');
  const prefix = `${root.slice(0, colon)}:*`;
  const rule = colon > 0 && Object.hasOwn(kind.roots, prefix) ? kind.roots[prefix] : undefined;
  return rule === undefined ? null : { rule, owner: root.slice(colon + 1) };
}

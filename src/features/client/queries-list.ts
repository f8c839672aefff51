// All clients that this device knows, for a list of ten thousand. Read a hundred at a time, so that the page is never held up, and once:
// afterwards only the hundred of which one has changed. Kept in order by name as they come, not sorted anew.

import { readyText } from '../../base/fold.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import { CONTACT_FIELDS } from '../contact/schema.ts';
import type { Contact } from '../contact/schema.ts';
import { INVITATION } from '../invitation/schema.ts';
import type { Invitation } from '../invitation/schema.ts';
import { asReached } from './queries-duplicates.ts';
import { placesOf, viewOf } from './queries.ts';
import type { ClientView } from './queries.ts';
import { CARE_TEAM_MEMBER, CLIENT } from './schema.ts';
import type { CareTeamMember, Client } from './schema.ts';

const PIECE = 100;
/** How far the first reading has come is told each time so many pieces are read. */
const TOLD = 5;

export interface ListedClient extends ClientView {
  /** Nothing goes to her by itself for now. */
  readonly isPaused: boolean;
  readonly addedAt: string;
  /** Names and birth date, as a search looks through them. */
  readonly ready: string;
}

export interface Listing {
  /** By name; none before all are read: a row that moves under a finger is another client's. */
  readonly clients: readonly ListedClient[];
  readonly done: number;
  readonly total: number;
}

/** How somebody is reached, and what stands open about that: looked for after the names are there. */
export interface Reach {
  readonly client: string;
  /** Numbers as `asReached` has them. */
  readonly phones: readonly string[];
  /** Addresses, as a search looks through them. */
  readonly mails: string;
  /** How many questions stand about her contacts. */
  readonly questions: number;
  /** Until when an invitation is good of which she has made no use. */
  readonly invitedUntil: string | null;
}

export interface Reached {
  readonly byClient: ReadonlyMap<string, Reach>;
  readonly isWhole: boolean;
}

type Tell<T> = (value: T) => void;

/** The list by name, as the reader's language has it. To be asked again whenever a row has changed. */
export function createListing(tags: readonly string[]) {
  const { compare } = new Intl.Collator([...tags]);
  const byName = (a: ListedClient, b: ListedClient) =>
    compare(a.legalName, b.legalName) || (a.id < b.id ? -1 : Number(a.id > b.id));
  const round = inPieces<ListedClient>({
    ask: (reader, ids) => Promise.all([reader.many(CLIENT, ids), reader.byRef(CARE_TEAM_MEMBER, ids)]),
    make: (reader, [rows = [], team = []]) => {
      const places = placesOf(team as Row<CareTeamMember>[], reader.memberId);
      return (rows as Row<Client>[]).map((row) => listedOf(row, viewOf(row, places)));
    },
    keyOf: ({ id }) => id,
  });
  let clients: readonly ListedClient[] = [];
  let isWhole = false;
  return async (reader: Reader, tell: Tell<Listing>): Promise<Listing> => {
    await round(reader, ({ gone, come, done, total }) => {
      clients = merged(gone.size === 0 ? clients : clients.filter((one) => !gone.has(one)), come, byName);
      if (!isWhole && done % (PIECE * TOLD) === 0) tell({ clients: [], done, total });
    });
    isWhole = true;
    return { clients, done: clients.length, total: clients.length };
  };
}

/** How each of them is reached. */
export function createReached() {
  const round = inPieces<Reach>({
    ask: (reader, ids) => Promise.all([reader.byRef('contact', ids), reader.byRef(INVITATION, ids)]),
    make: (_, [contacts = [], invitations = []]) =>
      reachesOf(contacts as Row<Contact>[], invitations as Row<Invitation>[]),
    keyOf: ({ client }) => client,
  });
  let byClient = new Map<string, Reach>();
  let isWhole = false;
  return async (reader: Reader, tell: Tell<Reached>): Promise<Reached> => {
    if (!isWhole) tell({ byClient, isWhole });
    let isNew = false;
    await round(reader, ({ gone, come }) => {
      if (gone.size + come.length === 0) return;
      if (isWhole && !isNew) byClient = new Map(byClient);
      isNew = true;
      for (const { client } of gone) byClient.delete(client);
      for (const one of come) byClient.set(one.client, one);
    });
    isWhole = true;
    return { byClient, isWhole };
  };
}

/** A date is typed in whatever order, with or without its zeros, or as one number. */
function birthWords(birthDate: string): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const short = [year.slice(2), String(Number(month)), String(Number(day))];
  return [year, month, day, ...short, year + month + day, day + month + year, month + day + year].join(' ');
}

/** What the list has of a client. */
export function listedOf({ at, fields }: Pick<Row<Client>, 'at' | 'fields'>, view: ClientView): ListedClient {
  const names = `${view.legalName} ${view.preferredName ?? ''}`;
  // O'Brien and Anne-Marie are also typed as one word.
  const joined = /[-'’.]/.test(names) ? ` ${names.replace(/[-'’.]/g, '')}` : '';
  const ready = readyText(`${names}${joined} ${birthWords(view.birthDate)}`);
  return { ...view, isPaused: Boolean(fields.contactPaused), addedAt: at, ready };
}

function reachesOf(contacts: readonly Row<Contact>[], invitations: readonly Row<Invitation>[]): Reach[] {
  const found = new Map<string, { phones: string[]; mails: string[]; questions: number; until: string | null }>();
  const of = (client: string) => {
    const one = found.get(client) ?? { phones: [], mails: [], questions: 0, until: null };
    found.set(client, one);
    return one;
  };
  for (const { fields, heads } of contacts) {
    const one = of(fields.client);
    if (fields.kind === 'phone') one.phones.push(asReached(fields.value));
    if (fields.kind === 'email') one.mails.push(fields.value);
    one.questions += CONTACT_FIELDS.filter((field) => (heads?.[field]?.length ?? 0) > 1).length;
  }
  for (const { fields } of invitations) {
    const one = of(fields.client);
    const isOpen = fields.status === 'open' || fields.status === 'requested';
    if (isOpen && (one.until ?? '') < fields.expiresAt) one.until = fields.expiresAt;
  }
  return [...found].map(([client, { phones, mails, questions, until }]) => ({
    ...{ client, phones, questions, invitedUntil: until },
    mails: readyText(mails.join(' ')),
  }));
}

interface Piece<V> {
  readonly ids: readonly string[];
  /** What was answered, by which it is known that nothing has changed. */
  answers: readonly (readonly Row[])[];
  values: readonly V[];
}

interface Change<V> {
  readonly gone: ReadonlySet<V>;
  readonly come: readonly V[];
  readonly done: number;
  readonly total: number;
}

interface Plan<V> {
  readonly ask: (reader: Reader, ids: readonly string[]) => Promise<Row[][]>;
  readonly make: (reader: Reader, answers: readonly Row[][]) => readonly V[];
  readonly keyOf: (value: V) => string;
}

/** Goes through the clients piece by piece. What says the same stays the same object. */
function inPieces<V>({ ask, make, keyOf }: Plan<V>) {
  let pieces: Piece<V>[] = [];
  return async (reader: Reader, onPiece: (change: Change<V>) => void): Promise<void> => {
    const ids = await reader.ids(CLIENT);
    pieces = arranged(pieces, ids);
    let done = 0;
    for (const piece of pieces) {
      const answers = piece.ids.length === 0 ? [] : await ask(reader, piece.ids);
      done += piece.ids.length;
      const isSame = answers.length === piece.answers.length && answers.every((one, i) => one === piece.answers[i]);
      if (isSame) continue;
      const before = new Map(piece.values.map((value) => [keyOf(value), value]));
      const values = make(reader, answers).map((value) => asBefore(before.get(keyOf(value)), value));
      const stays = new Set(values);
      onPiece({
        ...{ done, total: ids.length },
        gone: new Set(piece.values.filter((value) => !stays.has(value))),
        come: values.filter((value) => before.get(keyOf(value)) !== value),
      });
      piece.answers = answers;
      piece.values = values;
    }
    pieces = pieces.filter((piece) => piece.ids.length > 0);
  };
}

const asBefore = <V>(before: V | undefined, now: V): V =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;

/** Whoever is in a piece stays in it, so that one who comes or goes makes one piece be read again, and no other. */
function arranged<V>(before: readonly Piece<V>[], ids: readonly string[]): Piece<V>[] {
  const wanted = new Set(ids);
  const pieces = before.map((piece) =>
    piece.ids.every((id) => wanted.has(id)) ? piece : { ...piece, ids: piece.ids.filter((id) => wanted.has(id)) },
  );
  const placed = new Set(pieces.flatMap((piece) => piece.ids));
  const fresh = [...wanted].filter((id) => !placed.has(id)).sort();
  const last = pieces.at(-1);
  if (last !== undefined && last.ids.length < PIECE && fresh.length > 0) {
    const more = fresh.splice(0, PIECE - last.ids.length);
    pieces[pieces.length - 1] = { ...last, ids: [...last.ids, ...more].sort() };
  }
  for (let from = 0; from < fresh.length; from += PIECE)
    pieces.push({ ids: fresh.slice(from, from + PIECE), answers: [], values: [] });
  return pieces;
}

/** A few put into a long list that is in order, by halving: as few comparisons as there can be. */
function merged<V>(list: readonly V[], few: readonly V[], compare: (a: V, b: V) => number): readonly V[] {
  if (few.length === 0) return list;
  const result: V[] = [];
  let from = 0;
  for (const one of [...few].sort(compare)) {
    let [low, high] = [from, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(list[middle] as V, one) < 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from += 1) result.push(list[from] as V);
    result.push(one);
  }
  return [...result, ...list.slice(from)];
}

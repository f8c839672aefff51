// The one row type of the inbox, which every noun feeds: where a row stands follows from what is said here and from nothing else
// of the noun it is of. How it is drawn and what is done about it is the noun's to say.

export const INBOX_FILTERS = ['waiting', 'unread', 'mine', 'cover', 'overdue', 'client', 'all'] as const;
export type InboxFilter = (typeof INBOX_FILTERS)[number];

export interface InboxRow {
  /** Of all rows of all nouns. */
  readonly id: string;
  readonly client: string;
  /** By which who waits longest comes first. */
  readonly at: string;
  /** Somebody is to do something about it now. */
  readonly isWaiting: boolean;
  /** It holds crisis words. */
  readonly isRisk: boolean;
  readonly isOverdue: boolean;
  /** It came long after it was written. */
  readonly isLate: boolean;
  readonly isUnread: boolean;
  /** It was given to the reader, or he has taken it. */
  readonly isMine: boolean;
  /** The reader stands in for the client's provider. */
  readonly isCover?: boolean;
  /** The staff have said the last word: what comes next is the client's. */
  readonly isOnClient?: boolean;
  /** The client's primary provider, by his membership. */
  readonly provider?: string | undefined;
}

/** What is done about a row by a key or a button; a noun passes by what it does not know. */
export type InboxVerb = 'seen' | 'reply' | 'noReply' | 'flag' | 'snooze' | 'delegate' | (string & {});

/** What the inbox remembers of who works in it. */
export interface InboxStand {
  /** The row whose composer is open: it stays whatever happens around it. */
  readonly replying: string | null;
  /** What something was done about since the filter was chosen: it stays in sight. */
  readonly handled: ReadonlySet<string>;
  /** To the minute. */
  readonly nowMs: number;
  reply(row: string | null): void;
  keep(rows: readonly string[]): void;
}

/** What a noun brings to the inbox. */
export interface InboxFeed<Drawn> {
  /** Whose rows these are. */
  readonly noun: string;
  /** Undefined until they are read. */
  readonly rows: readonly InboxRow[] | undefined;
  /** Draws a row of this feed. */
  draw(row: InboxRow): Drawn;
  /** Stands over the rows of one client; of this feed's rows alone. */
  drawHead?(rows: readonly InboxRow[]): Drawn;
  /** Stands over the list; of all that is shown of this feed. */
  drawTop?(rows: readonly InboxRow[]): Drawn;
  act(verb: InboxVerb, row: InboxRow): void;
  /** Takes back what was done last through this feed. */
  undoLast(): void;
  /** Dialogs and notices. */
  readonly beside: Drawn;
  /** A dialog is opening: letters must not become acts. */
  readonly isAsking: boolean;
}

export const matches = (row: InboxRow, filter: InboxFilter): boolean => {
  if (filter === 'all') return true;
  if (filter === 'unread') return row.isUnread;
  if (filter === 'client') return row.isOnClient === true;
  if (!row.isWaiting) return false;
  if (filter === 'cover') return row.isCover === true;
  return filter === 'waiting' || (filter === 'mine' ? row.isMine : row.isOverdue);
};

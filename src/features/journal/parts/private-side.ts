// What a client's journal has beside the entries that her care team reads: those that she alone does. They are another noun's, put beside
// by the app (`app/private`); where nobody did, there are none.

import { createContext } from 'react';
import type { ComponentType } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import type { SpaceReader } from '../../../sync/client/space-reader.ts';
import type { EntryView } from '../queries.ts';
import type { JournalContent } from '../schema.ts';

export interface WhoReads {
  /** The kind that is being written, to come back to. */
  readonly kind: string;
  readonly content: JournalContent;
  readonly isPrivate: boolean;
  readonly onChange: (isPrivate: boolean) => void;
}

export interface NewPrivate {
  /** Of the form, as long as it stands: what is said twice is one entry. */
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly zone: string;
  readonly content: JournalContent;
}

interface Act {
  readonly name: string;
  readonly args: JsonObject;
}

export interface PrivateSide {
  /** The newest, at most `limit`. Inside a live read. */
  newest(reader: Reader, limit: number): Promise<EntryView[]>;
  byId(reader: Reader, ids: readonly string[]): Promise<EntryView[]>;
  all(reader: Reader): Promise<EntryView[]>;
  /** Another text at every change of them. */
  mark(reader: Reader, rows: SpaceReader): Promise<string>;
  /** The act that keeps a new one; null where it cannot be kept so, which `WhoReads` says. */
  addAct(reader: Reader, written: NewPrivate): Promise<Act | null>;
  /** The act that words one anew. */
  reviseAct(reader: Reader, entry: string, content: JournalContent): Promise<Act | null>;
  /** The choice in the form of a new entry. */
  WhoReads: ComponentType<WhoReads>;
  /** What a list says of one, in place of how far it has come. */
  Label: ComponentType<{ entry: EntryView }>;
}

export const PrivateSideContext = createContext<PrivateSide | null>(null);

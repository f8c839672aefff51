// What the practice's automatic messages are made with.

import { sql } from 'kysely';
import { must } from '../../../src/base/must.ts';
import { AUTOMATIC } from '../../../src/features/chat/doc-shape.ts';
import type { Declarations } from '../../../src/sync/core/run.ts';
import type { Space } from '../../../src/sync/core/record.ts';
import type { SendJob } from '../../jobs/jobs.ts';
import type { Log } from '../../log.ts';
import type { Hand } from '../../relay/hand.ts';
import { inPractice } from '../../store/database.ts';
import type { Database } from '../../store/database.ts';
import type { PracticeState, Shapes, Store } from '../../store/store.ts';

export interface AutomaticParts {
  readonly database: Database;
  readonly store: Store;
  readonly declared: Declarations;
  readonly shapes: Shapes;
  readonly hand: Pick<Hand, 'append'>;
  readonly sendJob: SendJob;
  readonly log: Log;
  now(): Date;
  /** Hears of rows that the server has written by itself. */
  onRows(practice: PracticeState, spaces: ReadonlySet<Space>): void;
}

/** The practice as an author: no person's sign-in, and in the place of a membership its own id. */
export const practiceAuthor = ({ id }: Pick<PracticeState, 'id'>) => ({ userId: AUTOMATIC, memberId: id });

export type Cause = 'welcome' | 'away' | 'broadcast';

/** One message that is to be said, once; its id comes from its cause. */
export interface Saying {
  readonly id: string;
  readonly cause: Cause;
  /** What it follows from: a member who welcomes or is away, or a broadcast. */
  readonly source: string;
  readonly client: string;
  readonly kind: 'care-team' | 'front-desk';
  readonly body: string;
  /** The sign-in of the member for whom it is said. */
  readonly onBehalfOf: string | null;
  /** Not before. */
  readonly at: Date;
}

/** Which conversation of whom. */
export type Place = Pick<Saying, 'id' | 'client' | 'kind'>;

/** The practice as it stands now. */
export async function practiceOf({ database, store }: AutomaticParts, practiceId: string): Promise<PracticeState> {
  const found = await inPractice(database, practiceId, (tx) =>
    sql<{ slug: string }>`select slug from practice where id = ${practiceId}`.execute(tx),
  );
  return must((await store.practice(must(found.rows[0], 'the practice').slug)) ?? undefined, 'the practice');
}

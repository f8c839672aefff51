// What a client can do.

import type { Mutator } from '../sync/core/mutation.ts';
import type { Declarations } from '../sync/core/run.ts';
import { chatHere } from './chat/doc-here.ts';
import * as beginMutators from './chat/mutators-begin.ts';
import * as joinMutators from './chat/mutators-join.ts';
import * as chatMutators from './chat/mutators.ts';
import * as journalMutators from './journal/mutators.ts';
import * as notificationMutators from './notification/mutators.ts';
import * as privateMutators from './private-entry/mutators.ts';
import * as safetyPlanMutators from './safety-plan/mutators.ts';
import { byName, CLIENTS_RECORDS } from './shared-client.ts';

export const CLIENTS_MUTATORS = [
  journalMutators,
  notificationMutators,
  privateMutators,
  chatMutators,
  beginMutators,
  joinMutators,
  safetyPlanMutators,
].flatMap((noun) => Object.values(noun)) as readonly Mutator[];

/** A device judges nothing: what it shows of an act is the server's to accept. */
export const clientsDeclared: Declarations = {
  recordTypes: byName(CLIENTS_RECORDS),
  mutators: byName(CLIENTS_MUTATORS),
  documents: { [chatHere.name]: chatHere },
  policies: {},
  spacesOf: () => [],
  receiversOf: () => null,
};

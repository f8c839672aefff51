// A client's device knows less than the staff's: nothing may be missing that reaches it or that a client can do.

import { expect, test } from 'vitest';
import type { Mutator } from '../sync/core/mutation.ts';
import * as replyMutators from './chat/mutators-replies.ts';
import * as communityMutators from './chat/mutators-community.ts';
import * as chatSettingMutators from './chat/mutators-setting.ts';
import * as chatReviewMutators from './chat/mutators-review.ts';
import * as reviewMutators from './journal/mutators-review.ts';
import { FILE_RESOURCE } from '../sync/core/files.ts';
import { MATRIX } from './policy-matrix.ts';
import type { PrincipalKind } from './policy-matrix.ts';
import { declared } from './shared.ts';
import { clientsDeclared } from './shared-client-acts.ts';

const ofStaff = new Set(
  [reviewMutators, chatReviewMutators, chatSettingMutators, communityMutators, replyMutators]
    .flatMap(Object.values<Mutator>)
    .map(({ name }) => name),
);
const CLIENTS: readonly PrincipalKind[] = ['self', 'otherClient', 'prospect'];
const theirs = (isVerb: (verb: string) => boolean) =>
  new Set(
    MATRIX.filter(({ principal, verb, allowed }) => allowed && CLIENTS.includes(principal) && isVerb(verb))
      .map(({ resource }) => resource as string)
      // They lie beside rows: no record type and no act of their own.
      .filter((resource) => resource !== FILE_RESOURCE),
  );

test('every record type that a client may read is known on his device, and no other', () => {
  expect(Object.keys(clientsDeclared.recordTypes).sort()).toEqual([...theirs((verb) => verb === 'read')].sort());
});

test('every noun in which a client may act brings all its acts', () => {
  const nounOf = (name: string) => name.split('.')[0] ?? '';
  const nouns = new Set(Object.keys(clientsDeclared.mutators).map(nounOf));
  const missing = Object.keys(declared.mutators).filter(
    (name) => nouns.has(nounOf(name)) && !clientsDeclared.mutators[name] && !ofStaff.has(name),
  );
  expect(missing).toEqual([]);
  const acting = [...theirs((verb) => verb !== 'read')];
  expect(acting.filter((type) => ![...nouns].some((noun) => type.startsWith(noun)))).toEqual([]);
});

test('what only the care team does about an entry is not carried by a client’s device, and is no client’s to do', () => {
  for (const name of ofStaff) expect(clientsDeclared.mutators[name], name).toBeUndefined();
  for (const kind of CLIENTS) {
    for (const type of [
      'journalReview',
      'journalReaction',
      'journalNoReply',
      'journalSnooze',
      'chatSavedReply',
      'chatSetting',
      'task',
    ]) {
      const allowed = MATRIX.filter((cell) => cell.principal === kind && cell.resource === type && cell.allowed);
      expect(allowed.filter(({ verb }) => verb !== 'read')).toEqual([]);
    }
  }
});

test('what both know is the same', () => {
  for (const [name, type] of Object.entries(clientsDeclared.recordTypes)) expect(declared.recordTypes[name]).toBe(type);
  for (const [name, act] of Object.entries(clientsDeclared.mutators)) expect(declared.mutators[name]).toBe(act);
});

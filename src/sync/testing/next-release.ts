// What a release after this one might declare, over the board: a card weighs grams instead of kilograms, and there are stickers,
// of which a device of this release has never heard. And two later ways to speak: one that still speaks the first protocol, and
// one that does not any more.

import * as z from 'zod/mini';
import { authored, id } from '../../features/fields.ts';
import { chartOf } from '../../features/space-names.ts';
import { isCareTeam, isSelf } from '../../features/spaces.ts';
import { must } from '../../base/must.ts';
import type { JsonObject } from '../../base/json.ts';
import { defineMutator, defineRecord } from '../core/declare.ts';
import type { Mutator } from '../core/mutation.ts';
import type { Rule } from '../core/policy.ts';
import type { RecordType } from '../core/record.ts';
import type { Declarations } from '../core/run.ts';
import { declared as present } from './board.ts';

const line = z.string().check(z.maxLength(200));
const fields = {
  title: line,
  note: line,
  grams: z.optional(z.number().check(z.int())),
  secret: z.optional(z.boolean()),
};
const card = must(present.recordTypes['card'], 'the type');
const KILO = 1000;

/** `weight`, in kilograms, has become `grams`: the same in other words, so both ways are there. */
const cardRecord: RecordType = {
  ...card,
  ...defineRecord({ name: 'card', schemaVersion: 2, fields: z.object({ client: id, ...fields }) }),
  merges: true,
  sensitive: { fields: ['grams'], row: (one) => one['secret'] === true },
  upcast: (old) => inGrams(old),
  downcast: (now) => inKilos(now),
};

function inGrams({ weight, ...rest }: JsonObject): JsonObject {
  return typeof weight === 'number' ? { ...rest, grams: Math.round(weight * KILO) } : rest;
}

function inKilos({ grams, ...rest }: JsonObject): JsonObject {
  return typeof grams === 'number' ? { ...rest, weight: grams / KILO } : rest;
}

const changeV1 = must(present.mutators['card.change'], 'the mutator');
const addV1 = must(present.mutators['card.add'], 'the mutator');

const onCard = { ...authored, id, client: id };
const changeArgs = z.strictObject({ ...onCard, changes: z.partial(z.strictObject(fields)) });
const addArgs = z.strictObject({ ...onCard, card: z.strictObject(fields) });

const later: readonly Mutator[] = [
  {
    ...changeV1,
    version: 2,
    parse: (args) => changeArgs.parse(args),
    upcast: ({ changes, ...args }) => ({ ...args, changes: inGrams(changes as JsonObject) }),
  },
  {
    ...addV1,
    version: 2,
    parse: (args) => addArgs.parse(args),
    upcast: ({ card: given, ...args }) => ({ ...args, card: inGrams(given as JsonObject) }),
  },
];

const both: Rule = (p, relations, r) => isSelf(p, relations, r) || isCareTeam(p, relations, r);

/** A noun of the later release alone. A device finds stickers by the card that they stick on. */
const stickerRecord = defineRecord({
  name: 'sticker',
  schemaVersion: 1,
  fields: z.object({ card: id, word: line }),
  index: { ref: 'card' },
});

const addSticker = defineMutator({
  name: 'sticker.add',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...onCard, card: id, word: line }),
  reads: (a) => [{ type: 'sticker', id: a.id }],
  resource: (a) => ({ type: 'sticker', id: a.id, space: chartOf(a.client), author: a.by }),
  run(tx, { id: sticker, client, card: on, word }) {
    tx.insert('sticker', { id: sticker, space: chartOf(client), fields: { card: on, word } });
    return undefined;
  },
});

/** A release that adds a noun and changes nothing else. */
export const withStickers: Declarations = {
  ...present,
  recordTypes: { ...present.recordTypes, sticker: stickerRecord },
  policies: { ...present.policies, sticker: { read: both, create: both } },
  mutators: { ...present.mutators, [addSticker.name]: addSticker },
};

/** What a device of the release after this one knows. */
export const declared: Declarations = {
  ...withStickers,
  recordTypes: { ...withStickers.recordTypes, card: cardRecord },
  mutators: {
    ...withStickers.mutators,
    ...Object.fromEntries(later.map((mutator) => [mutator.name, mutator])),
  },
};

/** The same release without a way back for cards that weigh something: devices of this one do not get those. */
export const withoutWayBack: Declarations = {
  ...declared,
  recordTypes: {
    ...declared.recordTypes,
    card: { ...cardRecord, downcast: (now) => (now['grams'] === undefined ? now : null) },
  },
};

/** The next release speaks both; one of a later year has left the first behind. */
export const NEXT = { declared, protocols: [1, 2] } as const;
export const LATER = { declared, protocols: [2, 3] } as const;

// What a person writes for herself alone. A row holds ciphertext that the app seals before it becomes an act (`app/private`); what is in the
// clear is what a server cannot be without: whose, which key, and the hour by which lists are in order.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant } from '../fields.ts';

/** An entry of the longest words in the widest script, padded and sealed, has 82,000. */
const SEALED_MAX = 200_000;
const text = (longest: number) => z.string().check(z.regex(/^[\w-]+$/), z.maxLength(longest));

/** No more of the time than lists are put in order by; the rest is in what is sealed. */
export const hour = instant.check(z.refine((at) => at.endsWith(':00:00.000Z')));

export const sealedUnder = { key: id, sealed: text(SEALED_MAX) };

const sealed = text(200);
const salt = text(64);
/** A key, sealed under what its person can bring. The bounds keep a changed one from hanging the device that tries it. */
export const wrapShape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('password'),
    salt,
    memoryKib: z.int().check(z.gte(8), z.lte(1 << 20)),
    passes: z.int().check(z.gte(1), z.lte(64)),
    sealed,
  }),
  z.strictObject({ kind: z.literal('code'), salt, sealed }),
  z.strictObject({ kind: z.literal('key'), by: id, sealed }),
]);

/** Never changed; a correction is a revision that points at it. */
export const privateEntryRecord = defineRecord({
  name: 'privateEntry',
  schemaVersion: 1,
  fields: z.object({ at: hour, ...sealedUnder }),
  index: { time: 'at' },
});

/** A later wording; the newest in commit order is the one shown. */
export const privateEntryRevisionRecord = defineRecord({
  name: 'privateEntryRevision',
  schemaVersion: 1,
  fields: z.object({ entry: id, at: hour, ...sealedUnder }),
  index: { ref: 'entry', time: 'at' },
});

/** One way to a key. */
export const privateEntryWrapRecord = defineRecord({
  name: 'privateEntryWrap',
  schemaVersion: 1,
  fields: z.object({ key: id, wrap: wrapShape }),
});

// The eating-disorder preset, kept as two kinds of rows. `protection` is what holds now: one row a client, under the client's
// own id, so that two devices that set it offline set one thing; it grants the relation that makes the client's own space
// strict. `protectionFact` is one act with its reason, only ever added: who set or lifted it, when and why is never lost. It is
// a noun of its own and no field of `client`, because the office reads the client and must not read this.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant, words, zone } from '../fields.ts';
import { clientKey } from '../space-names.ts';
import { ED_SAFE } from '../spaces.ts';

export const REASON_MAX = 2000;

const protectionFields = z.object({ client: id, edSafe: z.boolean() });
export type Protection = z.infer<typeof protectionFields>;

/** Whether it holds [Flag]. It merges, so that a lift knows of what its author had not seen. */
export const protectionRecord = defineRecord({
  name: 'protection',
  schemaVersion: 1,
  merges: true,
  fields: protectionFields,
  relations: ({ fields: { client, edSafe } }) =>
    edSafe ? [{ object: clientKey(client), relation: ED_SAFE, subject: 'practice' }] : [],
});

const factFields = z.object({ client: id, edSafe: z.boolean(), reason: words(REASON_MAX), at: instant, zone });
export type ProtectionFact = z.infer<typeof factFields>;

/** One setting or lifting of it. */
export const protectionFactRecord = defineRecord({
  name: 'protectionFact',
  schemaVersion: 1,
  fields: factFields,
  index: { ref: 'client', time: 'at' },
});
